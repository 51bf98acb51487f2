#include "trust/status_blocks.h"
#include "trust/status_sets.h"
#include "trust/trust_items.h"

// Which entries are not valid at the base, and in which state each of them is.

namespace elic {

using trust_items::malformed;

namespace {

constexpr std::uint32_t states_but_valid = license_states - 1;

}  // namespace

Bytes write_entries(std::uint64_t allotted, const std::vector<StatusEntry>& entries) {
    std::vector<std::uint64_t> indexes;
    std::vector<std::uint32_t> states;
    indexes.reserve(entries.size());
    states.reserve(entries.size());
    for (const auto& entry : entries) {
        indexes.push_back(entry.index);
        states.push_back(static_cast<std::uint32_t>(entry.state) - 1);
    }
    BitWriter out;
    out.uniform(indexes.size(), allotted + 1);
    write_set(out, allotted, indexes);
    write_row(out, std::move(states), states_but_valid, 0);
    return out.finish();
}

Result<std::vector<StatusEntry>> read_entries(std::uint64_t allotted, BytesView block) {
    BitReader in(block);
    const auto count = in.uniform(allotted + 1);
    if (count > max_status_marked) {
        return fail(Errc::limit_exceeded, "entries: more than " + std::to_string(max_status_marked));
    }
    std::vector<std::uint64_t> indexes;
    if (!read_set(in, allotted, count, indexes)) return malformed("entries: the indexes cannot be read");
    std::vector<std::uint32_t> states(indexes.size());
    if (!read_row(in, states, states_but_valid, 0)) return malformed("entries: the states cannot be read");
    if (!in.finish()) return malformed("entries: not the end that is expected");
    std::vector<StatusEntry> entries;
    entries.reserve(indexes.size());
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        entries.push_back({.index = indexes[i], .state = static_cast<LicenseState>(states[i] + 1)});
    }
    return entries;
}

}  // namespace elic
