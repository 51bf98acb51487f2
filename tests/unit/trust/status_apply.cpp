#include <catch2/catch.hpp>

#include "elic/trust/status_list.h"
#include "unit/trust/status_world.h"

using namespace elic;

TEST_CASE("A delta adds its changes and takes over numbers and times") {
    const auto list = small_list();
    const auto delta = small_delta();
    const auto after = apply_status_delta(list, delta).value();
    CHECK(after.number == 13);
    CHECK(after.as_of == delta.as_of);
    CHECK(after.next_update == delta.next_update);
    CHECK(after.previous == delta.previous);
    CHECK(after.allotted == 12);
    CHECK(after.base == list.base);
    CHECK(after.entries == list.entries);
    CHECK(after.changes == std::vector<StatusChange>{list.changes[0], delta.changes[0], list.changes[1],
                                                     list.changes[2], list.changes[3], delta.changes[1]});
    CHECK(read_status_list(write_status_list(after).value()).value() == after);
}

TEST_CASE("A delta that does not go on from the list is refused") {
    const auto list = small_list();
    auto delta = small_delta();
    SECTION("another issuer") { delta.issuer = Uscc::parse("11430199MB00TX0332").value(); }
    SECTION("another list") { delta.list = 4; }
    SECTION("the same number") { delta.number = list.number; }
    SECTION("an earlier number") { delta.number = 11; }
    SECTION("an earlier instant") { delta.as_of = plus(list.as_of, -1); }
    SECTION("fewer allotted") {
        delta.allotted = 9;
        delta.changes.clear();
    }
    SECTION("another state at the same instant") {
        delta.changes[0] = {2, list.changes[2].effective, LicenseState::revoked};
    }
    SECTION("a delta that breaks a rule") { delta.changes[1].index = 12; }
    const auto after = apply_status_delta(list, delta);
    REQUIRE_FALSE(after);
    CHECK(after.error().code == Errc::malformed_trust);
}

TEST_CASE("The same instant and a number far ahead go on; a change that is there already stays once") {
    const auto list = small_list();
    auto delta = small_delta();
    delta.as_of = list.as_of;
    delta.next_update = list.next_update;
    delta.number = 40;
    delta.allotted = list.allotted;
    delta.changes = {list.changes[0], list.changes[2]};
    const auto after = apply_status_delta(list, delta).value();
    CHECK(after.changes == list.changes);
    CHECK(after.number == 40);
}

TEST_CASE("What is effective before the base counts from the base") {
    const auto list = small_list();
    auto delta = small_delta();
    const auto early = plus(list.base, -5), at_base = list.base;
    delta.changes = {{0, early, LicenseState::suspended},
                     {2, early, LicenseState::valid},
                     {3, early, LicenseState::suspended},
                     {3, at_base, LicenseState::valid},
                     {4, early, LicenseState::revoked},
                     {4, at_base, LicenseState::cancelled},
                     {4, plus(at_base, 1), LicenseState::withdrawn},
                     {9, at_base, LicenseState::cancelled},
                     {11, early, LicenseState::lapsed}};
    const auto after = apply_status_delta(list, delta).value();
    CHECK(after.entries == std::vector<StatusEntry>{{0, LicenseState::suspended},
                                                    {4, LicenseState::cancelled},
                                                    {5, LicenseState::revoked},
                                                    {9, LicenseState::cancelled},
                                                    {11, LicenseState::lapsed}});
    CHECK(after.changes.size() == list.changes.size() + 1);
    CHECK(status_at(after, 2, list.base).state == LicenseState::valid);
    CHECK(status_at(after, 4, list.base).state == LicenseState::cancelled);
    CHECK(status_at(after, 4, plus(list.base, 1)).state == LicenseState::withdrawn);
}

TEST_CASE("A delta with fewer entries is refused, whether or not one that is gone was marked") {
    auto list = small_list();
    list.entries.pop_back();
    auto delta = small_delta();
    delta.allotted = list.allotted - 1;
    delta.changes.clear();
    CHECK(apply_status_delta(list, delta).error().context == "allotted: the delta has fewer");
    delta.allotted = list.allotted;
    CHECK(apply_status_delta(list, delta).value().entries == list.entries);
}

TEST_CASE("The entries that a delta does not name stay as they are, before and behind those it names") {
    auto list = small_list();
    list.changes.clear();
    list.entries.clear();
    for (std::uint64_t index = 0; index < list.allotted; ++index) {
        list.entries.push_back({index, LicenseState::revoked});
    }
    for (std::uint64_t first = 0; first < list.allotted; ++first) {
        for (std::uint64_t last = first; last < list.allotted; ++last) {
            auto delta = small_delta();
            auto expected = list.entries;
            delta.changes.clear();
            for (auto index = first; index <= last; ++index) {
                delta.changes.push_back({index, list.base, LicenseState::lapsed});
                expected[index].state = LicenseState::lapsed;
            }
            CHECK(apply_status_delta(list, delta).value().entries == expected);
        }
    }
}
