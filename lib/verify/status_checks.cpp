#include "verify/status_checks.h"

#include <algorithm>

#include "verify/detail.h"
#include "verify/list_checks.h"
#include "verify/memory.h"

namespace elic {

namespace {

FindingCode code_of(LicenseState state) {
    switch (state) {
        case LicenseState::valid:
            return FindingCode::status_valid;
        case LicenseState::suspended:
            return FindingCode::status_suspended;
        case LicenseState::lapsed:
            return FindingCode::status_lapsed;
        case LicenseState::cancelled:
            return FindingCode::status_cancelled;
        case LicenseState::withdrawn:
            return FindingCode::status_withdrawn;
        case LicenseState::revoked:
            return FindingCode::status_revoked;
        case LicenseState::transferred_out:
            return FindingCode::status_transferred_out;
        case LicenseState::replaced:
            return FindingCode::status_replaced;
    }
    return FindingCode::status_malformed;
}

/// One look-up, step by step; each step records its finding and says whether to go on.
class StatusCheck {
public:
    StatusCheck(const VerifyContext& context, const Standing& standing, const StatusQuestion& question, Report& report)
        : context_(context), standing_(standing), question_(question), report_(report) {}

    void run() {
        auto published = context_.trust->status(standing_.body().code, question_.entry.list);
        if (!published) return refuse(published.error());
        const auto& list = published->list;
        if (list.issuer != standing_.body().code || list.list != question_.entry.list) {
            return stop(FindingCode::status_malformed, "a list of another authority or office");
        }
        for (const auto& file : published->files) {
            if (!signed_rightly(file)) return;
        }
        report_.set_status(freshness_of(list.as_of, context_.at));
        const auto memory = memory_name(*standing_.list, list);
        if (context_.seen != nullptr && context_.seen->is_older(memory, list.number)) {
            return stop(FindingCode::status_rolled_back, "list " + std::to_string(list.number) + ", seen before: " +
                                                             std::to_string(context_.seen->newest.at(memory).number));
        }
        report_.see(memory, list.number, list.as_of);
        judge(list);
    }

private:
    void stop(FindingCode code, const std::string& detail) { report_.record(code, detail_of(detail)); }

    std::string entry() const {
        return "list " + std::to_string(question_.entry.list) + ", entry " + std::to_string(question_.entry.index);
    }

    /// There is no list that can be read.
    void refuse(const Error& error) {
        switch (error.code) {
            case Errc::not_found:
                return stop(context_.policy.allow_missing_status ? FindingCode::status_missing_allowed
                                                                 : FindingCode::status_missing,
                            entry());
            case Errc::newer_format:
                return stop(FindingCode::status_newer_format, error.context);
            case Errc::io:
                return stop(FindingCode::internal_failure, error.context);
            default:
                return stop(FindingCode::status_malformed, error.context);
        }
    }

    /// Who may publish: the body itself, those above it, and its successor. False: nobody of them signed.
    bool signed_rightly(const PublishedFile& file) {
        for (std::size_t level = 0; level < standing_.path.size(); ++level) {
            if (standing_.path[level].body.certificate(file.object.signer) == nullptr &&
                !find_key(*context_.trust, standing_.path[level], file.object.signer).key) {
                continue;
            }
            return signed_by(standing_from(standing_, level), file);
        }
        for (const auto& successor : successors(file.as_of)) {
            if (find_key(*context_.trust, successor.path.front(), file.object.signer).key) {
                return signed_by(successor, file);
            }
        }
        stop(FindingCode::status_signer, "key " + format_fingerprint(file.object.signer));
        return false;
    }

    bool signed_by(const Standing& publisher, const PublishedFile& file) {
        const auto found = find_key(*context_.trust, publisher.path.front(), file.object.signer);
        if (!found.key) {
            stop(FindingCode::status_signer, std::string(row_of(found.fault->code).code) + ": " + found.fault->detail);
            return false;
        }
        if (!file.object.holds(found.key->certificate.public_key())) {
            stop(FindingCode::status_signature, publisher.body().name);
            return false;
        }
        const auto fault =
            strict_key_fault(context_, *publisher.list, publisher.anchors, *found.key, file.object.kind, file.as_of);
        if (!fault) return true;
        stop(FindingCode::status_signer,
             publisher.body().name + ": " + std::string(row_of(fault->code).code) + ": " + fault->detail);
        return false;
    }

    /// Of a body that is gone: where its successor stands, as far as that can be relied on by itself.
    std::vector<Standing> successors(Timestamp as_of) const {
        const auto& successor = standing_.body().successor;
        if (!successor || as_of.day() < successor->from) return {};
        const auto bodies = context_.trust->bodies(successor->code);
        if (!bodies) return {};
        std::vector<Standing> good;
        for (const auto& body : *bodies) {
            for (auto& standing : standings_of(context_, body).found) {
                Report scratch(context_.at);
                if (check_standing(context_, standing, scratch)) good.push_back(std::move(standing));
            }
        }
        return good;
    }

    bool stale(const StatusListContent& list) const {
        if (list.next_update < context_.at) return true;
        const auto& most = context_.policy.max_status_age;
        if (!most) return false;
        const auto age = context_.at.unix_seconds() - list.as_of.unix_seconds();
        return age > std::chrono::duration_cast<std::chrono::seconds>(*most).count();
    }

    /// What is known against a license counts even from a stale list; that nothing was known does not.
    void judge(const StatusListContent& list) {
        // A license has no history before it was signed.
        const auto status = status_at(list, question_.entry.index, std::max(context_.at, question_.signed_at));
        const bool is_stale = stale(list);
        const auto of = "list of " + list.as_of.format() + ", next update due " + list.next_update.format();
        if (status.known == EntryStatus::Known::beyond_end && !(list.as_of < question_.signed_at)) {
            return stop(FindingCode::status_never_issued, entry() + ", " + of);
        }
        // A suspension may have ended since; everything else that is told against a license stays.
        const bool stays = status.known == EntryStatus::Known::yes && status.state != LicenseState::valid &&
                           status.state != LicenseState::suspended;
        if (is_stale && !stays) {
            const bool allowed = context_.policy.allow_missing_status && status.state == LicenseState::valid;
            return stop(allowed ? FindingCode::status_stale_allowed : FindingCode::status_stale, of);
        }
        if (status.known == EntryStatus::Known::beyond_end) return stop(FindingCode::status_newer, of);
        if (status.known == EntryStatus::Known::before_base) {
            return stop(FindingCode::status_history, "history since " + list.base.format());
        }
        std::string detail = of;
        if (status.state == LicenseState::replaced) {
            detail = "by revision " + std::to_string(question_.revision + 1) + " or another license, " + of;
        }
        if (status.since) detail = "since " + status.since->format() + ", " + detail;
        stop(code_of(status.state), detail);
    }

    const VerifyContext& context_;
    const Standing& standing_;
    const StatusQuestion& question_;
    Report& report_;
};

}  // namespace

void check_status(const VerifyContext& context, const Standing& standing, const StatusQuestion& question,
                  Report& report) {
    StatusCheck(context, standing, question, report).run();
}

}  // namespace elic
