#include "issue/status_content.h"

#include <algorithm>

#include "elic/base/assert.h"

namespace elic {

namespace {

/// Just before the first license was signed; later when there are too many changes. It never moves back: changes are
/// added, never taken away.
Timestamp base_of(const PublicationBasis& basis, std::size_t most_changes) {
    auto base = basis.as_of;
    if (basis.first_signed) {
        auto before = Timestamp::from_unix(basis.first_signed->unix_seconds() - 1);
        if (before) base = std::min(base, *before);
    }
    if (basis.changes.size() <= most_changes) return base;
    std::vector<Timestamp> instants;
    instants.reserve(basis.changes.size());
    for (const auto& change : basis.changes) instants.push_back(change.effective);
    const auto last_folded = instants.begin() + static_cast<std::ptrdiff_t>(instants.size() - most_changes - 1);
    std::nth_element(instants.begin(), last_folded, instants.end());
    return std::max(base, std::min(*last_folded, basis.as_of));  // what is to come stays told by date
}

StatusChange change_of(const IndexedChange& change) {
    return {.index = change.index, .effective = change.effective, .state = change.state};
}

}  // namespace

StatusListContent status_list_of(const PublicationBasis& basis, const Uscc& issuer, Timestamp next_update,
                                 std::size_t most_changes) {
    StatusListContent list{.issuer = issuer,
                           .list = basis.list,
                           .number = basis.number,
                           .as_of = basis.as_of,
                           .next_update = next_update,
                           .previous = basis.last ? std::optional(basis.last->digest) : std::nullopt,
                           .allotted = basis.allotted,
                           .base = base_of(basis, most_changes),
                           .entries = {},
                           .changes = {}};
    for (const auto& change : basis.changes) {
        if (list.base < change.effective) {
            list.changes.push_back(change_of(change));
            continue;
        }
        // Changes come by index and instant: the last one before the base is the state there.
        if (!list.entries.empty() && list.entries.back().index == change.index) list.entries.pop_back();
        if (change.state == LicenseState::valid) continue;
        list.entries.push_back({.index = change.index, .state = change.state});
    }
    return list;
}

StatusDelta status_delta_of(const PublicationBasis& basis, const Uscc& issuer, Timestamp next_update) {
    ELIC_ASSERT(basis.last.has_value());
    StatusDelta delta{.issuer = issuer,
                      .list = basis.list,
                      .number = basis.number,
                      .as_of = basis.as_of,
                      .next_update = next_update,
                      .previous = basis.last->digest,
                      .allotted = basis.allotted,
                      .changes = {}};
    delta.changes.reserve(basis.changes.size());
    for (const auto& change : basis.changes) delta.changes.push_back(change_of(change));
    return delta;
}

}  // namespace elic
