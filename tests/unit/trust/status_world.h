#pragma once

#include <cstdlib>
#include <random>
#include <set>

#include "elic/trust/status_list.h"

namespace elic {

inline Timestamp instant(const char* text) { return Timestamp::parse(text).value(); }
inline Timestamp plus(Timestamp at, std::int64_t seconds) {
    return Timestamp::from_unix(at.unix_seconds() + seconds).value();
}

/// A credit code whose inner check does not hold (it should be 7).
inline Uscc issuer_that_does_not_pack() {
    for (const char check : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
        if (const auto code = Uscc::parse(std::string("11430199MB00TX018") + check)) return *code;
    }
    std::abort();
}

/// Ten entries, three of which are not valid at the base, and four changes since, one of them to come.
inline StatusListContent small_list() {
    return {.issuer = Uscc::parse("11430199MB00TX017C").value(),
            .list = 3,
            .number = 12,
            .as_of = instant("2026-11-20T18:00:00+08:00"),
            .next_update = instant("2026-11-28"),
            .previous = Digest{1, 2, 3},
            .allotted = 10,
            .base = instant("2026-11-01T00:00:00+08:00"),
            .entries = {{2, LicenseState::suspended}, {5, LicenseState::revoked}, {9, LicenseState::replaced}},
            .changes = {{0, instant("2026-11-05T00:00:00+08:00"), LicenseState::cancelled},
                        {2, instant("2026-11-05T00:00:00+08:00"), LicenseState::valid},
                        {2, instant("2026-11-18T10:30:07+08:00"), LicenseState::withdrawn},
                        {7, instant("2026-12-01T00:00:00+08:00"), LicenseState::lapsed}}};
}

inline StatusDelta small_delta() {
    return {.issuer = Uscc::parse("11430199MB00TX017C").value(),
            .list = 3,
            .number = 13,
            .as_of = instant("2026-11-21T18:00:00+08:00"),
            .next_update = instant("2026-11-29"),
            .previous = Digest{4, 5, 6},
            .allotted = 12,
            .changes = {{1, instant("2026-11-21T00:00:00+08:00"), LicenseState::suspended},
                        {11, instant("2026-11-21T09:00:00+08:00"), LicenseState::cancelled}}};
}

/// An invented list: how many, which states and when differs with the seed, from empty to full.
class StatusMaker {
public:
    explicit StatusMaker(unsigned seed) : random_(seed) {}

    std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : random_() % n; }

    StatusListContent list() {
        auto list = small_list();
        list.allotted = below(3) == 0 ? below(20) : below(5) == 0 ? below(max_status_entries + 1) : below(5000);
        list.number = 1 + below(1000);
        if (below(4) == 0) list.previous.reset();
        list.entries.clear();
        for (const auto index : indexes(list.allotted)) list.entries.push_back({index, state(1)});
        list.changes = changes(list.allotted, list.base);
        return list;
    }

    StatusDelta delta() {
        auto delta = small_delta();
        delta.allotted = below(3) == 0 ? below(20) : below(5000);
        delta.changes = changes(delta.allotted, instant("2026-10-25T00:00:00+08:00"));
        return delta;
    }

    std::vector<StatusChange> changes(std::uint64_t allotted, Timestamp after) {
        std::vector<StatusChange> changes;
        const bool days = below(2) == 0;
        const auto most = 1 + below(4);
        for (const auto index : indexes(allotted)) {
            std::set<std::int64_t> times;
            for (auto n = 1 + below(most); n > 0; --n) {
                times.insert(static_cast<std::int64_t>(days ? 86400 * (1 + below(5)) : 1 + below(3000000)));
            }
            for (const auto time : times) changes.push_back({index, plus(after, time), state(0)});
        }
        return changes;
    }

private:
    std::vector<std::uint64_t> indexes(std::uint64_t allotted) {
        std::set<std::uint64_t> set;
        const auto wanted = below(4) == 0   ? below(3)
                            : below(3) == 0 ? std::min<std::uint64_t>(allotted, 500)
                                            : below(200);
        for (std::uint64_t i = 0; i < wanted && allotted != 0; ++i) {
            set.insert(wanted >= allotted ? i % allotted : below(allotted));
        }
        return {set.begin(), set.end()};
    }

    LicenseState state(std::uint64_t least) {
        if (below(2) == 0) return LicenseState::cancelled;
        return static_cast<LicenseState>(least + below(license_states - least));
    }

    std::mt19937 random_;
};

}  // namespace elic
