#include "elic/verify/verify_payload.h"

#include <exception>

#include "elic/payload/payload.h"
#include "verify/detail.h"
#include "verify/judgement.h"
#include "verify/list_checks.h"
#include "verify/memory.h"

namespace elic {

namespace {

constexpr std::size_t max_code_text =
    64 << 10;  ///< a code has at most 6,000 digits; full width and line breaks add to it

void stop(Report& report, FindingCode code, const std::string& detail) { report.record(code, detail_of(detail)); }

/// The envelope of a code of ours; records why it is none.
std::optional<Payload> read_form(std::string_view given, Report& report) {
    if (given.size() > max_code_text) {
        stop(report, FindingCode::limit_exceeded, "the text of a code is at most 64 KiB");
        return {};
    }
    const auto text = normalise_code_text(given);
    switch (lead_of(text)) {
        case PayloadLead::foreign: {
            const auto foreign = name_foreign_code(text);
            stop(report, FindingCode::code_foreign, foreign.family + ": " + foreign.zh + " / " + foreign.en);
            return {};
        }
        case PayloadLead::newer:
            stop(report, FindingCode::payload_newer, "the code begins with " + text.substr(0, 4));
            return {};
        case PayloadLead::ours:
            break;
    }
    auto payload = read_payload(text);
    if (!payload) {
        const bool limit = payload.error().code == Errc::limit_exceeded;
        stop(report, limit ? FindingCode::limit_exceeded : FindingCode::payload_malformed, payload.error().context);
        return {};
    }
    report.record(FindingCode::code_read);
    return std::move(*payload);
}

/// Nobody who signed is known: says what the lists are worth, the best of them, and then who is missing. What the
/// signer's standing lacks does not count while no list can be relied on.
void report_no_signatory(const VerifyContext& context, const Signatories& signatories, Report& report) {
    std::optional<Report> best;
    for (const auto& list : context.trust->lists()) {
        Report each = report;
        const bool good = check_trust(context, list, anchors_of(context, list), each);
        if (good || !best) best = std::move(each);
        if (good) break;
    }
    if (best) report = std::move(*best);
    const auto& fault = *signatories.fault;
    const bool relied_on = report.finding(Check::trust).code == FindingCode::trust_ok;
    if (!relied_on) return;
    if (signatories.signature_holds) report.record(FindingCode::signature_ok);
    stop(report, fault.code, fault.detail);
}

void check(std::string_view text, const VerifyContext& context, Report& report) {
    const auto payload = read_form(text, report);
    if (!payload) return;
    if (context.trust == nullptr) return record_no_trust(context, report);
    const auto signatories = find_signatories(context, *payload);
    if (signatories.found.empty()) return report_no_signatory(context, signatories, report);
    // A body may stand in several lists: the best answer is the answer.
    std::optional<Report> best;
    for (const auto& signatory : signatories.found) {
        Report each = report;
        judge(context, *payload, signatory, each);
        if (!best || each.verdict() < best->verdict()) best = std::move(each);
    }
    report = std::move(*best);
}

}  // namespace

Report verify_payload(std::string_view text, const VerifyContext& context) {
    Report report(context.at);
    if (context.policy.allow_missing_status) report.set_allowed({"allow-missing-status"});
    try {
        check(text, context, report);
        if (report.finding(Check::trust).code != FindingCode::not_run) check_memory(context, report);
    } catch (const std::exception& exception) {
        report.record(FindingCode::internal_failure, detail_of(exception.what()));
    }
    return report;
}

Report report_without_code(FindingCode reason, std::string detail, Timestamp at) {
    Report report(at);
    report.record(reason, std::move(detail));
    return report;
}

}  // namespace elic
