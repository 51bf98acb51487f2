#include "trust/status_rules.h"

#include <limits>

#include "trust/status_blocks.h"
#include "trust/trust_items.h"

namespace elic {

using trust_items::malformed;

namespace {

constexpr std::uint64_t largest_number = std::numeric_limits<std::int64_t>::max();  // what CBOR carries here

/// What a list and a delta have in common.
Status check_head(std::uint64_t list, std::uint64_t number, std::uint64_t least_number, std::uint64_t allotted) {
    if (list < 1 || list > largest_number) return malformed("list: counts from 1");
    if (number < least_number || number > largest_number) {
        return malformed("number: counts from " + std::to_string(least_number));
    }
    if (allotted > max_status_entries) {
        return fail(Errc::limit_exceeded, "allotted: more than " + std::to_string(max_status_entries));
    }
    return {};
}

Status check_entries(const StatusListContent& list) {
    if (list.entries.size() > max_status_marked) {
        return fail(Errc::limit_exceeded, "entries: more than " + std::to_string(max_status_marked));
    }
    const StatusEntry* before = nullptr;
    for (const auto& entry : list.entries) {
        if (entry.index >= list.allotted) return malformed("entries: an index that is not allotted");
        if (before != nullptr && entry.index <= before->index) return malformed("entries: not in ascending order");
        const auto state = static_cast<int>(entry.state);
        if (state == 0 || state >= license_states) return malformed("entries: a state that cannot stand there");
        before = &entry;
    }
    return {};
}

Status check_changes(const std::vector<StatusChange>& changes, std::uint64_t allotted) {
    if (changes.size() > max_status_changes) {
        return fail(Errc::limit_exceeded, "changes: more than " + std::to_string(max_status_changes));
    }
    const StatusChange* before = nullptr;
    for (const auto& change : changes) {
        if (change.index >= allotted) return malformed("changes: an index that is not allotted");
        if (static_cast<int>(change.state) >= license_states) return malformed("changes: a state that is unknown");
        if (before != nullptr && (change.index < before->index ||
                                  (change.index == before->index && change.effective <= before->effective))) {
            return malformed("changes: not in the order of index and time");
        }
        before = &change;
    }
    return {};
}

}  // namespace

Status check_status_list(const StatusListContent& list) {
    if (auto head = check_head(list.list, list.number, 1, list.allotted); !head) return head;
    if (list.next_update < list.as_of) return malformed("next_update lies before as_of");
    if (list.as_of < list.base) return malformed("base lies after as_of");
    if (auto entries = check_entries(list); !entries) return entries;
    for (const auto& change : list.changes) {
        if (change.effective <= list.base) return malformed("changes: one is not effective after base");
    }
    return check_changes(list.changes, list.allotted);
}

Status check_status_delta(const StatusDelta& delta) {
    if (auto head = check_head(delta.list, delta.number, 2, delta.allotted); !head) return head;
    if (delta.next_update < delta.as_of) return malformed("next_update lies before as_of");
    return check_changes(delta.changes, delta.allotted);
}

}  // namespace elic
