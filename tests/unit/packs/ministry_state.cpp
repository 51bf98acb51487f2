#include "elic/packs/ministry_state.h"

#include <catch2/catch.hpp>

#include "elic/packs/type_packs.h"

using namespace elic;

namespace {

std::shared_ptr<const TypePack> pack(const char* code) {
    return TypePacks::builtin().load(LicenseTypeCode::parse(code).value(), 1).value();
}

}  // namespace

TEST_CASE("Two ministries number the same states differently, and each is mapped by its own pack") {
    const auto safety = pack("11100000000013338W011");
    const auto permit = pack("11100000000013338W032");
    CHECK(ministry_state(*safety, LicenseState::withdrawn)->code == "03");
    CHECK(ministry_state(*permit, LicenseState::withdrawn)->code == "04");
    CHECK(ministry_state(*permit, LicenseState::withdrawn)->text == "撤销");
    CHECK(state_of_ministry_code(*safety, "03") == LicenseState::withdrawn);
    CHECK(state_of_ministry_code(*permit, "03") == LicenseState::revoked);
    CHECK(state_of_ministry_code(*safety, "06") == LicenseState::transferred_out);
}

TEST_CASE("A state without a code of the ministry has none, and a code without a state has none") {
    const auto permit = pack("11100000000013338W032");
    CHECK(ministry_state(*permit, LicenseState::transferred_out) == nullptr);
    CHECK_FALSE(state_of_ministry_code(*permit, "99"));  // 其他
    CHECK_FALSE(state_of_ministry_code(*permit, "77"));
    CHECK_FALSE(state_of_ministry_code(*permit, ""));
    CHECK(ministry_state(*pack("11100000000013338W001"), LicenseState::valid) == nullptr);
}

TEST_CASE("Of several codes for one state the first is written and all are read") {
    TypePack two = *pack("11100000000013338W032");
    two.states = {{.code = "1", .text = "注销", .state = "cancelled"},
                  {.code = "2", .text = "废止", .state = "cancelled"},
                  {.code = "", .text = "吊销", .state = "revoked"}};
    CHECK(ministry_state(two, LicenseState::cancelled)->code == "1");
    CHECK(state_of_ministry_code(two, "2") == LicenseState::cancelled);
    CHECK(ministry_state(two, LicenseState::revoked)->text == "吊销");
    CHECK_FALSE(state_of_ministry_code(two, ""));
}

TEST_CASE("Every code of every built-in pack comes back to its state") {
    const auto packs = TypePacks::builtin();
    int codes = 0;
    for (const auto& entry : packs.list()) {
        const auto loaded = packs.load(entry.code, entry.version).value();
        for (const auto& rule : loaded->states) {
            INFO(entry.code.text() << " " << rule.code);
            const auto state = state_of_ministry_code(*loaded, rule.code);
            if (rule.state == "other") {
                CHECK_FALSE(state);
                continue;
            }
            REQUIRE(state);
            CHECK(name_of(*state) == rule.state);
            CHECK(ministry_state(*loaded, *state)->code == rule.code);  // no built-in pack has two for one
            ++codes;
        }
    }
    CHECK(codes > 20);
}
