#include <iterator>
#include <map>

#include "trust/status_rules.h"
#include "trust/trust_items.h"

// A delta put upon the list that it goes on from (docs/format/status.md, 6).

namespace elic {

using trust_items::malformed;

namespace {

Status check_goes_on(const StatusListContent& list, const StatusDelta& delta) {
    if (delta.issuer != list.issuer) return malformed("the delta is of another issuer");
    if (delta.list != list.list) return malformed("the delta is of another list");
    if (delta.number <= list.number) return malformed("number: the delta's does not count up");
    if (delta.as_of < list.as_of) return malformed("as_of: the delta's lies before the list's");
    if (delta.allotted < list.allotted) return malformed("allotted: the delta has fewer");
    return {};
}

/// What counts from the base: the last of each index.
std::map<std::uint64_t, LicenseState> states_at_base(const StatusDelta& delta, Timestamp base) {
    std::map<std::uint64_t, LicenseState> states;
    for (const auto& change : delta.changes) {
        if (change.effective <= base) states[change.index] = change.state;
    }
    return states;
}

std::vector<StatusEntry> merged_entries(std::vector<StatusEntry> entries,
                                        const std::map<std::uint64_t, LicenseState>& states) {
    if (states.empty()) return entries;
    std::vector<StatusEntry> merged;
    merged.reserve(entries.size() + states.size());
    auto state = states.begin();
    const auto add = [&merged](const std::pair<const std::uint64_t, LicenseState>& each) {
        if (each.second != LicenseState::valid) merged.push_back({.index = each.first, .state = each.second});
    };
    for (const auto& entry : entries) {
        while (state != states.end() && state->first < entry.index) add(*state++);
        if (state != states.end() && state->first == entry.index) continue;  // the delta's comes next
        merged.push_back(entry);
    }
    while (state != states.end()) add(*state++);
    return merged;
}

bool before(const StatusChange& a, const StatusChange& b) {
    return a.index != b.index ? a.index < b.index : a.effective < b.effective;
}

Result<std::vector<StatusChange>> merged_changes(const StatusListContent& list, const StatusDelta& delta) {
    std::vector<StatusChange> merged;
    merged.reserve(list.changes.size() + delta.changes.size());
    auto old = list.changes.begin();
    for (const auto& change : delta.changes) {
        if (change.effective <= list.base) continue;
        while (old != list.changes.end() && before(*old, change)) merged.push_back(*old++);
        if (old != list.changes.end() && !before(change, *old)) {
            if (old->state != change.state) {
                return malformed("changes: index " + std::to_string(change.index) +
                                 " changes to another state at the same instant already");
            }
            ++old;
        }
        merged.push_back(change);
    }
    merged.insert(merged.end(), old, list.changes.end());
    return merged;
}

}  // namespace

Result<StatusListContent> apply_status_delta(StatusListContent list, const StatusDelta& delta) {
    if (auto goes_on = check_goes_on(list, delta); !goes_on) return tl::unexpected(goes_on.error());
    auto changes = merged_changes(list, delta);
    if (!changes) return tl::unexpected(changes.error());
    list.entries = merged_entries(std::move(list.entries), states_at_base(delta, list.base));
    list.changes = std::move(*changes);
    list.number = delta.number;
    list.as_of = delta.as_of;
    list.next_update = delta.next_update;
    list.previous = delta.previous;
    list.allotted = delta.allotted;
    if (auto fine = check_status_list(list); !fine) return tl::unexpected(fine.error());
    return list;
}

}  // namespace elic
