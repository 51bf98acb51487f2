#include <catch2/catch.hpp>
#include <functional>

#include "trust/status_blocks.h"
#include "trust/status_sets.h"
#include "unit/trust/status_world.h"

using namespace elic;

namespace {

constexpr std::uint64_t ten_entries = 10;

/// So many seconds before the last one that a time can lie in; what is effective after 2 has two to choose from.
Timestamp before_the_end(std::int64_t seconds) { return plus(instant("2199-12-31"), -seconds); }

/// A block of changes of the entries 0, 1 and 2 up to how many are repeated.
BitWriter three_indexes() {
    BitWriter out;
    out.uniform(3, ten_entries + 1);
    write_set(out, ten_entries, std::vector<std::uint64_t>{0, 1, 2});
    return out;
}

/// One change of each of the three, all of them cancelled, up to when.
BitWriter three_changes() {
    auto out = three_indexes();
    out.gamma(1);
    write_row(out, {3, 3, 3}, license_states, 0);
    return out;
}

Result<std::vector<StatusChange>> read_block(BitWriter out, Timestamp after) {
    return read_changes(ten_entries, after, out.finish());
}

std::vector<StatusChange> cancelled_at(const std::vector<Timestamp>& instants) {
    std::vector<StatusChange> changes;
    for (const auto at : instants) changes.push_back({changes.size(), at, LicenseState::cancelled});
    return changes;
}

}  // namespace

TEST_CASE("Changes of two instants stand as the first of them and what lies between") {
    auto out = three_changes();
    out.uniform(1, 3);                // two instants
    out.uniform(0, 2);                // the first is the next to last second; only one can follow
    write_row(out, {0, 1, 1}, 2, 1);  // which of them each has
    CHECK(read_block(out, before_the_end(2)).value() ==
          cancelled_at({before_the_end(1), before_the_end(0), before_the_end(0)}));
}

TEST_CASE("Instants that find no room after the first are refused as instants") {
    auto out = three_changes();
    Timestamp after = before_the_end(2);
    SECTION("a second one, when the first is the last that can be") {
        out.uniform(1, 3);
        out.uniform(1, 2);
    }
    SECTION("a third one between two that are neighbours") {
        out.uniform(2, 3);
        out.uniform(0, 2);
        write_row(out, {0, 1, 1}, 2, 1);
    }
    SECTION("any, when the base is the last instant of all") { after = before_the_end(0); }
    SECTION("one between the first and the last, in a block that ends there") {
        after = before_the_end(10000);
        out.uniform(2, 3);
        out.uniform(0, 10000);
        out.uniform(9000, 9999);
    }
    CHECK(read_block(out, after).error().context == "changes: the instants cannot be read");
}

TEST_CASE("A change at the last second of all is carried by a list whose base lies one second before it") {
    auto list = small_list();
    list.base = before_the_end(1);
    list.as_of = list.next_update = before_the_end(0);
    list.changes = {{7, before_the_end(0), LicenseState::lapsed}};
    CHECK(read_status_list(write_status_list(list).value()).value() == list);
}

TEST_CASE("How many changes are repeats is held against what a list may have before their places are read") {
    auto out = three_indexes();
    SECTION("none is said") {
        const auto read_so = read_block(out, before_the_end(2));
        CHECK(read_so.error().context == "changes: the number of repeats cannot be read");
    }
    SECTION("as many as can be") {
        out.gamma(max_status_changes - 3 + 1);
        CHECK(read_block(out, before_the_end(2)).error().context == "changes: the repeats cannot be read");
    }
    SECTION("one more") {
        out.gamma(max_status_changes - 3 + 2);
        CHECK(read_block(out, before_the_end(2)).error().code == Errc::limit_exceeded);
    }
}

TEST_CASE("Two changes of one entry are refused when the later one does not stand behind the earlier") {
    const auto base = instant("2026-11-01"), at = plus(base, 10);
    const auto read_two = [&](Timestamp second_one) {
        return read_changes(
            ten_entries, base,
            write_changes(ten_entries, base,
                          {{4, at, LicenseState::suspended}, {4, second_one, LicenseState::cancelled}}));
    };
    CHECK(read_two(plus(at, 1)).value().size() == 2);
    for (const std::int64_t later : {0, -1}) {
        CAPTURE(later);
        CHECK(read_two(plus(at, later)).error().context == "changes: those of one index are not in the order of time");
    }
}
