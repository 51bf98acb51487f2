#include <algorithm>

#include "base/civil_day.h"
#include "trust/status_blocks.h"
#include "trust/status_sets.h"
#include "trust/trust_items.h"

// What changed, to what, and from which instant on.

namespace elic {

using trust_items::malformed;

namespace {

/// The instants that can stand in a block: first .. last, as seconds since 2000.
struct Span {
    std::int64_t first, last;
    std::uint64_t size() const { return last < first ? 0 : static_cast<std::uint64_t>(last - first) + 1; }
};

Span span_after(std::optional<Timestamp> after) {
    constexpr std::int64_t first = first_day * seconds_per_day - china_offset;
    constexpr std::int64_t last = (last_day + 1) * seconds_per_day - china_offset - 1;
    return {after ? after->epoch_2000_seconds() + 1 : first, last};
}

std::uint64_t distance(std::int64_t from, std::int64_t to) { return static_cast<std::uint64_t>(to - from); }

/// The distinct instants: how many, the first, the last, and those between as a set.
void write_instants(BitWriter& out, const std::vector<std::int64_t>& instants, Span span, std::uint64_t changes) {
    out.uniform(instants.size() - 1, changes);
    out.uniform(distance(span.first, instants.front()), span.size());
    if (instants.size() == 1) return;
    const auto between = distance(instants.front() + 1, instants.back());
    out.uniform(between, distance(instants.front(), span.last));
    std::vector<std::uint64_t> places;
    for (std::size_t i = 1; i + 1 < instants.size(); ++i) {
        places.push_back(distance(instants.front() + 1, instants[i]));
    }
    write_set(out, between, places);
}

bool read_instants(BitReader& in, std::vector<std::int64_t>& instants, Span span, std::uint64_t changes) {
    if (span.size() == 0) return false;
    const auto count = in.uniform(changes) + 1;
    const auto first = span.first + static_cast<std::int64_t>(in.uniform(span.size()));
    instants.assign(1, first);
    if (count == 1) return in.good();
    if (first == span.last) return false;
    const auto between = in.uniform(distance(first, span.last));
    std::vector<std::uint64_t> places;
    if (!in.good() || !read_set(in, between, count - 2, places)) return false;
    for (const auto place : places) instants.push_back(first + 1 + static_cast<std::int64_t>(place));
    instants.push_back(first + 1 + static_cast<std::int64_t>(between));
    return true;
}

/// The columns of a block.
struct Columns {
    std::vector<std::uint64_t> indexes;    ///< distinct, ascending
    std::vector<std::uint64_t> repeats;    ///< places, counted without the first change, of changes of the same index
    std::vector<std::uint32_t> states;     ///< of each change
    std::vector<std::int64_t> instants;    ///< distinct, ascending
    std::vector<std::uint32_t> effective;  ///< of each change: place in `instants`
};

Columns columns_of(const std::vector<StatusChange>& changes) {
    Columns columns;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (i != 0 && changes[i].index == changes[i - 1].index) {
            columns.repeats.push_back(i - 1);
        } else {
            columns.indexes.push_back(changes[i].index);
        }
        columns.states.push_back(static_cast<std::uint32_t>(changes[i].state));
        columns.instants.push_back(changes[i].effective.epoch_2000_seconds());
    }
    auto& instants = columns.instants;
    std::sort(instants.begin(), instants.end());
    instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
    for (const auto& change : changes) {
        const auto at = std::lower_bound(instants.begin(), instants.end(), change.effective.epoch_2000_seconds());
        columns.effective.push_back(static_cast<std::uint32_t>(at - instants.begin()));
    }
    return columns;
}

/// `columns.indexes` has been read and is not empty.
Status read_columns(BitReader& in, Columns& columns, Span span) {
    const auto indexes = columns.indexes.size();
    const auto repeats = in.gamma() - 1;
    if (!in.good()) return malformed("changes: the number of repeats cannot be read");
    if (indexes + repeats > max_status_changes) {
        return fail(Errc::limit_exceeded, "changes: more than " + std::to_string(max_status_changes));
    }
    const auto count = indexes + repeats;
    if (!read_set(in, count - 1, repeats, columns.repeats)) return malformed("changes: the repeats cannot be read");
    columns.states.resize(count);
    if (!read_row(in, columns.states, license_states, 0)) return malformed("changes: the states cannot be read");
    if (!read_instants(in, columns.instants, span, count)) return malformed("changes: the instants cannot be read");
    columns.effective.resize(count);
    if (!read_row(in, columns.effective, static_cast<std::uint32_t>(columns.instants.size()), 1)) {
        return malformed("changes: when each is effective cannot be read");
    }
    return {};
}

Result<std::vector<StatusChange>> changes_of(const Columns& columns) {
    std::vector<StatusChange> changes;
    changes.reserve(columns.states.size());
    auto repeat = columns.repeats.begin();
    std::size_t index = 0;
    for (std::size_t i = 0; i < columns.states.size(); ++i) {
        const bool repeated = i != 0 && repeat != columns.repeats.end() && *repeat == i - 1;
        if (repeated) {
            ++repeat;
            if (columns.effective[i] <= columns.effective[i - 1]) {
                return malformed("changes: those of one index are not in the order of time");
            }
        } else if (i != 0) {
            ++index;
        }
        changes.push_back({.index = columns.indexes[index],
                           .effective = *Timestamp::from_epoch_2000(columns.instants[columns.effective[i]]),
                           .state = static_cast<LicenseState>(columns.states[i])});
    }
    return changes;
}

}  // namespace

Bytes write_changes(std::uint64_t allotted, std::optional<Timestamp> after, const std::vector<StatusChange>& changes) {
    const auto columns = columns_of(changes);
    BitWriter out;
    out.uniform(columns.indexes.size(), allotted + 1);
    if (changes.empty()) return out.finish();
    write_set(out, allotted, columns.indexes);
    out.gamma(columns.repeats.size() + 1);
    write_set(out, changes.size() - 1, columns.repeats);
    write_row(out, columns.states, license_states, 0);
    write_instants(out, columns.instants, span_after(after), changes.size());
    write_row(out, columns.effective, static_cast<std::uint32_t>(columns.instants.size()), 1);
    return out.finish();
}

Result<std::vector<StatusChange>> read_changes(std::uint64_t allotted, std::optional<Timestamp> after,
                                               BytesView block) {
    BitReader in(block);
    const auto count = in.uniform(allotted + 1);
    if (count > max_status_changes) {
        return fail(Errc::limit_exceeded, "changes: more than " + std::to_string(max_status_changes));
    }
    Columns columns;
    if (!read_set(in, allotted, count, columns.indexes)) return malformed("changes: the indexes cannot be read");
    if (count != 0) {
        if (auto read = read_columns(in, columns, span_after(after)); !read) return tl::unexpected(read.error());
    }
    if (!in.finish()) return malformed("changes: not the end that is expected");
    return changes_of(columns);
}

}  // namespace elic
