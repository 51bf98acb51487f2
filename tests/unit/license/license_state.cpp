#include "elic/license/license_state.h"

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

using namespace elic;

namespace {

LicenseState state(int n) { return static_cast<LicenseState>(n); }
LifeCycleMove move(int n) { return static_cast<LifeCycleMove>(n); }

/// The table of moves as the header has it, by name: state -> move -> state after.
const std::map<std::string, std::map<std::string, std::string>> table = {
    {"valid",
     {{"suspend", "suspended"},
      {"lapse", "lapsed"},
      {"cancel", "cancelled"},
      {"withdraw", "withdrawn"},
      {"revoke", "revoked"},
      {"transfer-out", "transferred-out"},
      {"replace", "replaced"}}},
    {"suspended",
     {{"restore", "valid"},
      {"lapse", "lapsed"},
      {"cancel", "cancelled"},
      {"withdraw", "withdrawn"},
      {"revoke", "revoked"}}},
    {"lapsed", {{"cancel", "cancelled"}, {"replace", "replaced"}}},
    {"cancelled", {}},
    {"withdrawn", {{"cancel", "cancelled"}}},
    {"revoked", {{"cancel", "cancelled"}}},
    {"transferred-out", {{"transfer-undo", "valid"}}},
    {"replaced", {}}};

}  // namespace

TEST_CASE("Every move from every state leads where the table says, or nowhere") {
    int allowed = 0;
    for (int s = 0; s < license_states; ++s) {
        const auto& moves = table.at(std::string(name_of(state(s))));
        for (int m = 0; m < life_cycle_moves; ++m) {
            const auto after = state_after(state(s), move(m));
            const auto expected = moves.find(std::string(name_of(move(m))));
            INFO(name_of(state(s)) << " " << name_of(move(m)));
            REQUIRE(after.has_value() == (expected != moves.end()));
            if (!after) continue;
            CHECK(name_of(*after) == expected->second);
            ++allowed;
        }
    }
    CHECK(table.size() == license_states);
    CHECK(allowed == 17);
}

TEST_CASE("Names of states and moves are read back, other names are not") {
    std::set<std::string_view> names;
    for (int s = 0; s < license_states; ++s) {
        CHECK(license_state_named(name_of(state(s))) == state(s));
        names.insert(name_of(state(s)));
    }
    for (int m = 0; m < life_cycle_moves; ++m) {
        CHECK(life_cycle_move_named(name_of(move(m))) == move(m));
        names.insert(name_of(move(m)));
    }
    CHECK(names.size() == license_states + life_cycle_moves);
    for (const char* odd : {"", "Valid", "transferred_out", "suspend", "expired"})
        CHECK_FALSE(license_state_named(odd));
    for (const char* odd : {"", "Suspend", "transfer_out", "suspended", "issue"})
        CHECK_FALSE(life_cycle_move_named(odd));
}

TEST_CASE("The numbers of the states are those of the status list") {
    CHECK(static_cast<int>(LicenseState::valid) == 0);
    CHECK(static_cast<int>(LicenseState::suspended) == 1);
    CHECK(static_cast<int>(LicenseState::lapsed) == 2);
    CHECK(static_cast<int>(LicenseState::cancelled) == 3);
    CHECK(static_cast<int>(LicenseState::withdrawn) == 4);
    CHECK(static_cast<int>(LicenseState::revoked) == 5);
    CHECK(static_cast<int>(LicenseState::transferred_out) == 6);
    CHECK(static_cast<int>(LicenseState::replaced) == 7);
}
