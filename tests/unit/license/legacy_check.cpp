#include "license/legacy_check.h"

#include <catch2/catch.hpp>

#include "diagnosis_fixture.h"
#include "elic/license/license_id.h"

using namespace elic;

namespace {

// The shape of the one identifier in use that is known to be miscalculated (Shandong: M where D is right), with an
// invented serial that has the same two check characters.
const std::string content =
    "11100000000013661B006"
    "113700000045046442"
    "A158A22D2BB1B0ECFE581A7472E7B625"
    "001";
const std::string identifier =
    "1.2.156.3005.2.11100000000013661B006.113700000045046442.A158A22D2BB1B0ECFE581A7472E7B625.001.";

}  // namespace

TEST_CASE("The faulty program gives another character than the standard") {
    CHECK(legacy_check(content) == 'M');
    CHECK(mod_37_36_check(content) == 'D');
    CHECK(legacy_check("a") == '\0');
}

TEST_CASE("A miscalculated identifier is named as such, refused, and the right character is given") {
    CHECK_FALSE(LicenseId::parse(identifier + "M"));
    CHECK(LicenseId::parse(identifier + "D"));
    const auto diagnosis = diagnose(identifier + "M");
    CHECK_FALSE(diagnosis.well_formed);
    CHECK(rules_of(identifier + "M") == std::vector<std::string>{"check.legacy_miscalculation"});
    CHECK(sentence(diagnosis, "check.legacy_miscalculation").starts_with("The check character is M, D is expected"));
    CHECK(diagnosis.suggestion == identifier + "D");
}

TEST_CASE("Any other wrong character is only wrong") {
    CHECK(rules_of(identifier + "N").front() == "check.wrong");
    CHECK(rules_of(identifier + "X").front() == "check.placeholder");
}
