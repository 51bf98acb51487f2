#include "elic/license/license_type_code.h"

#include <catch2/catch.hpp>

using namespace elic;

TEST_CASE("LicenseTypeCode is a defining authority and three digits") {
    const auto code = LicenseTypeCode::parse("11100000000013338W011");
    REQUIRE(code);
    CHECK(code->defining_authority().text() == "11100000000013338W");
    CHECK_FALSE(code->provisional());
    CHECK(LicenseTypeCode::parse("11100000000013338W901")->provisional());
}

TEST_CASE("LicenseTypeCode refuses a wrong length, a wrong authority and letters in the number") {
    for (const char* text : {"", "11100000000013338W01", "11100000000013338W0111", "11100000000013339W011",
                             "11100000000013338W01A", "11100000000013338w011"}) {
        INFO(text);
        REQUIRE_FALSE(LicenseTypeCode::parse(text));
        CHECK(LicenseTypeCode::parse(text).error().code == Errc::malformed_value);
    }
}
