#include "report_text.h"

#include "base/text.h"

namespace elic::cli {

namespace {

std::string_view verdict_word(Verdict verdict, const Console& console) {
    switch (verdict) {
        case Verdict::valid:
            return console.choose("有效", "valid");
        case Verdict::indeterminate:
            return console.choose("无法确认", "indeterminate");
        case Verdict::invalid:
            return console.choose("无效", "invalid");
    }
    return "invalid";
}

/// The finding that decides: the worst, the first of its kind; "not run" only when nothing else is as bad.
const Finding* deciding(const Report& report) {
    const Finding* found = nullptr;
    for (const auto& finding : report.findings()) {
        if (finding.verdict() != report.verdict()) continue;
        if (found == nullptr || (found->code == FindingCode::not_run && finding.code != FindingCode::not_run))
            found = &finding;
    }
    return found;
}

std::string validity_text(const Validity& validity, const Console& console) {
    const auto from = validity.valid_from.format();
    if (validity.form == ValidityForm::until)
        return from + std::string(console.choose("至", " to ")) + validity.valid_until->format();
    if (validity.form == ValidityForm::long_term) return from + std::string(console.choose("至长期", " on, long-term"));
    return std::string(console.choose("无有效期限", "no validity period"));
}

std::string license_text(const Metadata& license, const Console& console) {
    std::string holders;
    for (const auto& holder : license.holders) {
        holders += (holders.empty() ? "" : "、") + escape_for_output(holder.name) + " (" +
                   escape_for_output(holder.code) + ")";
    }
    const auto missing = std::string(console.choose("缺少类型定义", "pack missing"));
    return (license.license_name.empty() ? missing : escape_for_output(license.license_name)) + " | " +
           (license.number.empty() ? missing : escape_for_output(license.number)) + " | " + holders + " | " +
           validity_text(license.validity, console) + " | " + escape_for_output(license.issuing_authority_name) +
           " | " + license.id.text();
}

}  // namespace

std::string report_line(const Report& report, const Console& console) {
    std::string line(verdict_word(report.verdict(), console));
    if (report.test()) line += " | TEST";
    if (report.verdict() != Verdict::valid) {
        if (const auto* finding = deciding(report)) {
            const auto& row = row_of(finding->code);
            line += " | " + std::string(row.code) + ": " + std::string(console.choose(row.zh, row.en));
            if (!finding->detail.empty()) line += " (" + finding->detail + ")";
        }
    }
    if (const auto* license = report.license()) {
        line += " | " + license_text(*license, console);
        line += " | " + std::string(console.choose("请与纸面和本人核对", "compare with the paper and the person"));
    }
    return line;
}

void tell_findings(const Report& report, Console& console) {
    const auto* decides = report.verdict() == Verdict::valid ? nullptr : deciding(report);
    for (const auto& finding : report.findings()) {
        const bool noteworthy = finding.verdict() != Verdict::valid ||
                                finding.code == FindingCode::status_missing_allowed ||
                                finding.code == FindingCode::trust_test_root;
        if (!noteworthy || &finding == decides || finding.code == FindingCode::not_run) continue;
        const auto& row = row_of(finding.code);
        console.note("  " + std::string(row.code) + ": " + std::string(console.choose(row.zh, row.en)) +
                     (finding.detail.empty() ? "" : " (" + finding.detail + ")"));
    }
}

int exit_status_of(const Report& report) {
    switch (report.verdict()) {
        case Verdict::valid:
            return exit_done;
        case Verdict::indeterminate:
            return exit_indeterminate;
        case Verdict::invalid:
            return exit_invalid;
    }
    return exit_invalid;
}

}  // namespace elic::cli
