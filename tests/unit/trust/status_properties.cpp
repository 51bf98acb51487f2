#include <catch2/catch.hpp>

#include "elic/trust/status_list.h"
#include "unit/trust/status_world.h"

using namespace elic;

namespace {

/// What an entry is, found by going through everything.
EntryStatus slow_status(const StatusListContent& list, std::uint64_t index, Timestamp at) {
    if (index >= list.allotted) return {.known = EntryStatus::Known::beyond_end};
    if (at < list.base) return {.known = EntryStatus::Known::before_base};
    EntryStatus status;
    for (const auto& entry : list.entries) {
        if (entry.index == index) status.state = entry.state;
    }
    for (const auto& change : list.changes) {
        if (change.index == index && change.effective <= at)
            status = {.state = change.state, .since = change.effective};
    }
    return status;
}

}  // namespace

TEST_CASE("Lists of every size and mix come back from their bytes") {
    for (unsigned seed = 0; seed < 300; ++seed) {
        INFO(seed);
        const auto list = StatusMaker(seed).list();
        const auto bytes = write_status_list(list).value();
        const auto read = read_status_list(bytes);
        REQUIRE(read);
        REQUIRE(*read == list);
        REQUIRE(write_status_list(*read).value() == bytes);
        const auto delta = StatusMaker(seed).delta();
        const auto delta_bytes = write_status_delta(delta).value();
        const auto delta_read = read_status_delta(delta_bytes);
        REQUIRE(delta_read);
        REQUIRE(*delta_read == delta);
    }
}

TEST_CASE("A list with one bit flipped is refused or says something else, in these bytes alone") {
    int refused = 0, other = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        const auto list = seed == 0 ? small_list() : StatusMaker(seed).list();
        const auto bytes = write_status_list(list).value();
        if (bytes.size() > 600) continue;
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            auto flipped = bytes;
            flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << bit % 8));
            const auto read = read_status_list(flipped);
            if (!read) {
                ++refused;
                continue;
            }
            ++other;
            INFO("seed " << seed << " bit " << bit);
            REQUIRE_FALSE(*read == list);
            REQUIRE(write_status_list(*read).value() == flipped);
        }
    }
    CHECK(refused > 1000);
    CHECK(other > 1000);
}

TEST_CASE("A list cut anywhere is refused") {
    const auto bytes = write_status_list(small_list()).value();
    for (std::size_t size = 0; size < bytes.size(); ++size) CHECK_FALSE(read_status_list(BytesView(bytes).first(size)));
}

TEST_CASE("The look-up finds what a search through everything finds") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        StatusMaker maker(seed);
        const auto list = maker.list();
        for (int i = 0; i < 200; ++i) {
            const bool known = !list.changes.empty() && i % 2 == 0;
            const auto& change =
                known ? list.changes[maker.below(list.changes.size())] : StatusChange{0, list.base, {}};
            const auto index = known ? change.index : maker.below(list.allotted + 3);
            const auto at = plus(known ? change.effective : list.base, static_cast<std::int64_t>(maker.below(3)) - 1);
            const auto quick = status_at(list, index, at), slow = slow_status(list, index, at);
            INFO("seed " << seed << " index " << index << " " << at.format());
            REQUIRE(quick.known == slow.known);
            REQUIRE(quick.state == slow.state);
            REQUIRE(quick.since == slow.since);
        }
    }
}

TEST_CASE("A list after a delta answers as the changes of both, in the order of time") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        StatusMaker maker(seed);
        auto list = maker.list();
        list.number = 1;
        auto delta = maker.delta();
        delta.allotted = std::max(delta.allotted, list.allotted);
        const auto after = apply_status_delta(list, delta);
        if (!after) {
            CHECK(after.error().context.find("same instant") != std::string::npos);
            continue;
        }
        REQUIRE(read_status_list(write_status_list(*after).value()).value() == *after);
        for (const auto& change : delta.changes) {
            const auto found = status_at(*after, change.index, std::max(change.effective, list.base));
            INFO("seed " << seed << " index " << change.index);
            if (change.effective > list.base) {
                REQUIRE(found.state == change.state);
            }
        }
    }
}
