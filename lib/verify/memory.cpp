#include "verify/memory.h"

#include <algorithm>

#include "elic/trust/root_pins.h"

namespace elic {

namespace {

constexpr std::int64_t clock_tolerance_seconds = 300;

std::string root_of(const TrustList& trust) { return format_fingerprint(trust.roots().front()).substr(4); }

}  // namespace

std::string memory_name(const TrustList& trust) { return "trust-list " + root_of(trust); }

std::string memory_name(const TrustList& trust, const Delegation& delegation) {
    return "delegation " + root_of(trust) + " " + delegation.parent.text() + " " + delegation.body.code.text();
}

std::string memory_name(const TrustList& trust, const StatusListContent& list) {
    return "status " + root_of(trust) + " " + list.issuer.text() + " " + std::to_string(list.list);
}

void check_memory(const VerifyContext& context, Report& report) {
    report.record(context.seen != nullptr ? FindingCode::memory_compared : FindingCode::memory_none);
    if (!context.now) return;
    auto newest = report.seen().newest_time;
    if (context.seen != nullptr && context.seen->newest_time) {
        newest = newest ? std::max(*newest, *context.seen->newest_time) : *context.seen->newest_time;
    }
    if (!newest) return;
    if (context.now->unix_seconds() + clock_tolerance_seconds < newest->unix_seconds()) {
        report.record(FindingCode::clock_set_back,
                      "the clock says " + context.now->format() + ", signed was " + newest->format());
    } else {
        report.record(FindingCode::clock_ok);
    }
}

}  // namespace elic
