#include "elic/license/validity.h"

#include <catch2/catch.hpp>

using namespace elic;

namespace {

Date day(const char* text) { return Date::parse(text).value(); }
Timestamp at(const char* text) { return Timestamp::parse(text).value(); }

}  // namespace

TEST_CASE("A validity is written in the words of licenses") {
    CHECK(format({ValidityForm::until, day("2026-01-01"), day("2028-12-31")}) == "2026-01-01至2028-12-31");
    CHECK(format({ValidityForm::long_term, day("2026-01-01")}) == "2026-01-01至长期");
    CHECK(format({ValidityForm::none, day("2026-01-01")}).empty());
}

TEST_CASE("A validity begins with its first second in +08:00 and ends after its last") {
    const Validity validity{ValidityForm::until, day("2026-01-01"), day("2028-12-31")};
    CHECK_FALSE(validity.started(at("2025-12-31T23:59:59+08:00")));
    CHECK(validity.started(at("2025-12-31T16:00:00Z")));
    CHECK_FALSE(validity.ended(at("2028-12-31T23:59:59+08:00")));
    CHECK(validity.ended(at("2028-12-31T16:00:00Z")));
    CHECK_FALSE(Validity{ValidityForm::long_term, day("2026-01-01")}.ended(at("2199-12-31T00:00:00Z")));
}
