#include <algorithm>

#include "elic/trust/status_list.h"

namespace elic {

EntryStatus status_at(const StatusListContent& list, std::uint64_t index, Timestamp at) {
    if (index >= list.allotted) return {.known = EntryStatus::Known::beyond_end};
    if (at < list.base) return {.known = EntryStatus::Known::before_base};
    // The last change up to the instant: the one before the first of a later place or time.
    const auto later = std::partition_point(list.changes.begin(), list.changes.end(), [&](const StatusChange& change) {
        return change.index < index || (change.index == index && change.effective <= at);
    });
    if (later != list.changes.begin() && std::prev(later)->index == index) {
        return {.state = std::prev(later)->state, .since = std::prev(later)->effective};
    }
    const auto entry = std::partition_point(list.entries.begin(), list.entries.end(),
                                            [&](const StatusEntry& each) { return each.index < index; });
    if (entry != list.entries.end() && entry->index == index) return {.state = entry->state};
    return {};
}

}  // namespace elic
