#include <catch2/catch.hpp>
#include <limits>

#include "trust/status_blocks.h"
#include "trust/status_rules.h"
#include "unit/trust/status_world.h"

using namespace elic;

namespace {

constexpr std::uint64_t largest_number = std::numeric_limits<std::int64_t>::max();

StatusListContent published_and_read(const StatusListContent& list) {
    return read_status_list(write_status_list(list).value()).value();
}

StatusDelta published_and_read(const StatusDelta& delta) {
    return read_status_delta(write_status_delta(delta).value()).value();
}

}  // namespace

TEST_CASE("The least and the largest numbers of lists, publications and deltas are carried") {
    auto list = small_list();
    auto delta = small_delta();
    for (const std::uint64_t number : {std::uint64_t{1}, largest_number}) {
        list.list = list.number = number;
        CHECK(published_and_read(list) == list);
        delta.list = number;
        delta.number = std::max<std::uint64_t>(number, 2);
        CHECK(published_and_read(delta) == delta);
    }
}

TEST_CASE("A delta may go stale at the instant it tells of, not before") {
    auto delta = small_delta();
    delta.next_update = delta.as_of;
    CHECK(published_and_read(delta) == delta);
    delta.next_update = plus(delta.as_of, -1);
    CHECK(write_status_delta(delta).error().context == "next_update lies before as_of");
}

TEST_CASE("A list whose base is the instant it tells of is good, one second later it is not, with or without changes") {
    auto list = small_list();
    list.changes.clear();
    list.base = list.as_of;
    CHECK(published_and_read(list) == list);
    list.base = plus(list.as_of, 1);
    CHECK(write_status_list(list).error().context == "base lies after as_of");
}

TEST_CASE("Entries and changes are counted before they are looked at, and as many as may be are looked at") {
    auto list = small_list();
    list.changes.clear();
    list.entries.assign(max_status_marked + 1, {0, LicenseState::revoked});
    CHECK(check_status_list(list).error().code == Errc::limit_exceeded);
    list.entries.pop_back();
    CHECK(check_status_list(list).error().context == "entries: not in ascending order");
    auto delta = small_delta();
    delta.changes.assign(max_status_changes + 1, {0, delta.as_of, LicenseState::revoked});
    CHECK(check_status_delta(delta).error().code == Errc::limit_exceeded);
    delta.changes.pop_back();
    CHECK(check_status_delta(delta).error().context == "changes: not in the order of index and time");
}
