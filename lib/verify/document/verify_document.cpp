#include "elic/verify/verify_document.h"

#include <algorithm>
#include <exception>

#include "base/text.h"
#include "elic/document/ofd_document.h"
#include "elic/document/ofd_signatures.h"
#include "elic/document/write_document.h"
#include "elic/payload/payload.h"
#include "verify/detail.h"
#include "verify/document/agreement.h"
#include "verify/document/signature_checks.h"

namespace elic {

namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : "; ") + text;
    return all;
}

/// The code that the face shows: ours before any other.
const std::string* choose_code(const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
        if (lead_of(normalise_code_text(text)) != PayloadLead::foreign) return &text;
    }
    return texts.empty() ? nullptr : &texts.front();
}

bool is_zip(BytesView file) {
    // Anywhere near its begin: junk may stand before the archive.
    return as_text(file.first(std::min<std::size_t>(file.size(), 65536))).find("PK") != std::string_view::npos;
}

/// One verification of a document. What stops it leaves the checks behind it "not run".
class DocumentJudge {
public:
    DocumentJudge(const FaceReading& face, const VerifyContext& context, Report& report)
        : face_(face), context_(context), report_(report) {}

    void run(BytesView file) {
        if (!read_package(file) || !read_document()) return;
        const auto signatures = read_ofd_signatures(*package_, *document_);
        const auto answer = check_signatures(context_, *package_, signatures, findings_);
        if (!signatures.signatures.empty()) check_coverage(signatures);
        check_code();
        if (answer.test_root) {
            report_.set_test();
            report_.record(FindingCode::trust_test_root, detail_of(answer.test_root->subject()));
        }
        if (const auto* license = report_.license()) {
            check_metadata(*document_, *license, *code_, findings_);
            check_text_layer(*document_, *license, findings_);
            check_seal_issuer(context_, *license, answer, findings_);
        }
        check_face();
    }

    void finish() { findings_.record_in(report_); }

private:
    bool stop(FindingCode code, const std::string& detail = {}) {
        findings_.note(code, detail);
        return false;
    }

    bool read_package(BytesView file) {
        auto package = OfdPackage::open(file);
        if (!package) {
            const auto& error = package.error();
            if (error.code == Errc::limit_exceeded) return stop(FindingCode::package_limit, error.context);
            if (!is_zip(file)) return stop(FindingCode::package_foreign, error.context);
            return stop(FindingCode::package_malformed, error.context);
        }
        package_ = std::move(*package);
        if (package_->find("OFD.xml") == nullptr) return stop(FindingCode::package_foreign, "no OFD.xml in it");
        const auto& warnings = package_->warnings();
        findings_.note(warnings.empty() ? FindingCode::package_ok : FindingCode::package_tolerated,
                       warnings.empty() ? std::to_string(package_->parts().size()) + " parts" : joined(warnings));
        return true;
    }

    bool read_document() {
        auto document = read_ofd_document(*package_);
        if (!document) {
            const bool limit = document.error().code == Errc::limit_exceeded;
            return stop(limit ? FindingCode::document_limit : FindingCode::document_malformed,
                        document.error().context);
        }
        document_ = std::move(*document);
        const auto& warnings = document_->warnings;
        findings_.note(warnings.empty() ? FindingCode::document_ok : FindingCode::document_tolerated,
                       warnings.empty() ? std::to_string(document_->pages.size()) + " pages" : joined(warnings));
        return true;
    }

    /// Every signature must hold for the document to be valid, so every one counts here.
    void check_coverage(const OfdSignatures& signatures) {
        std::vector<std::size_t> counted;
        for (std::size_t n = 0; n < signatures.signatures.size(); ++n) {
            if (signatures.signatures[n].fault.empty()) counted.push_back(n);
        }
        // An altered part is named by its digest, not by its being uncovered too.
        std::vector<std::string> altered;
        for (const auto& signature : signatures.signatures) {
            for (const auto& reference : signature.references) {
                if (reference.state != ReferenceState::matches) altered.push_back(reference.part);
            }
        }
        auto coverage = coverage_of(*package_, *document_, signatures, counted);
        for (auto* paths : {&coverage.shown_uncovered, &coverage.uncovered, &coverage.smuggled}) {
            std::erase_if(*paths, [&](const std::string& path) {
                return std::find(altered.begin(), altered.end(), path) != altered.end();
            });
        }
        if (!coverage.shown_uncovered.empty()) {
            findings_.note(FindingCode::coverage_face, joined(coverage.shown_uncovered));
        } else if (!coverage.smuggled.empty()) {
            findings_.note(FindingCode::coverage_smuggled, joined(coverage.smuggled));
        } else if (!coverage.uncovered.empty()) {
            findings_.note(FindingCode::coverage_part, joined(coverage.uncovered));
        } else {
            findings_.note(FindingCode::coverage_whole,
                           std::to_string(coverage.covered.size()) + " parts, " +
                               (coverage.open ? "open to further signatures" : "closed to further signatures"));
        }
    }

    void check_code() {
        code_ = choose_code(face_.scanned_texts);
        if (code_ == nullptr && !face_.not_scanned.empty()) {
            report_.record(FindingCode::input_unreadable, detail_of(face_.not_scanned));
            return;
        }
        if (code_ == nullptr) {
            report_.record(FindingCode::code_absent, "no code on the pages of the document");
            return;
        }
        auto verified = verify_payload(*code_, context_);
        for (int n = static_cast<int>(first_document_check); n < checks; ++n) verified.expect(static_cast<Check>(n));
        report_ = std::move(verified);
    }

    /// What is seen against what is said: glyphs and characters of a text are named apart in the file.
    void check_face() {
        if (document_->custom(custom_layout) == nullptr) return findings_.note(FindingCode::face_text_only);
        if (!face_.redrawn) {
            if (face_.other_layout) return findings_.note(FindingCode::face_other_layout, face_.not_redrawn);
            if (!face_.not_redrawn.empty()) findings_.note(FindingCode::face_not_redrawn, face_.not_redrawn);
            return;
        }
        const OfdPackage redrawn(*face_.redrawn);
        auto again = read_ofd_document(redrawn);
        if (!again) return findings_.note(FindingCode::face_not_redrawn, again.error().context);
        for (const auto& part : redrawn.parts()) {
            if (part.path == "OFD.xml") continue;  // sealing adds the list of signatures to it
            const auto* found = package_->find(part.path);
            if (found == nullptr || found->content != part.content) {
                return findings_.note(FindingCode::face_differs, part.path);
            }
        }
        if (again->info != document_->info || again->customs != document_->customs ||
            again->roots != document_->roots) {
            return findings_.note(FindingCode::face_differs, "OFD.xml");
        }
        for (const auto& path : document_->shown) {
            if (redrawn.find(path) == nullptr) return findings_.note(FindingCode::face_differs, path);
        }
        findings_.note(FindingCode::face_redrawn, std::to_string(redrawn.parts().size()) + " parts");
    }

    const FaceReading& face_;
    const VerifyContext& context_;
    Report& report_;
    DocumentFindings findings_;
    std::optional<OfdPackage> package_;
    std::optional<OfdDocument> document_;
    const std::string* code_ = nullptr;
};

}  // namespace

Report verify_document(BytesView ofd, const FaceReading& face, const VerifyContext& context) {
    Report report(context.at);
    for (int n = static_cast<int>(first_document_check); n < checks; ++n) report.expect(static_cast<Check>(n));
    if (context.policy.allow_missing_status) report.set_allowed({"allow-missing-status"});
    try {
        DocumentJudge judge(face, context, report);
        judge.run(ofd);
        judge.finish();
    } catch (const std::exception& exception) {
        report.record(FindingCode::internal_failure, detail_of(exception.what()));
    }
    return report;
}

}  // namespace elic
