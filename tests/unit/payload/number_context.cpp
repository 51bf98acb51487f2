#include "payload/number_context.h"

#include "payload_fixture.h"

using namespace elic;

TEST_CASE("A number is read with the first holder's code where that is known") {
    auto license = test::sample_license();
    const auto code = [&] { return std::string(number_context(license, test::sample_pack()).first_holder_code); };
    CHECK(code() == "430199198502280019");
    license.holders[0].code = "430199********0019";
    CHECK(code().empty());
    license.holders.clear();
    CHECK(code().empty());
    CHECK(number_context(license, test::sample_pack()).serial == "20260001");
}

TEST_CASE("A number is known when there is one form of it with nothing free") {
    const std::vector<NumberPart> one = {{.kind = NumberPart::Kind::literal, .text = "样字一"}};
    const std::vector<NumberPart> ten = {{.kind = NumberPart::Kind::digits, .count = 1}};
    CHECK(number_is_known({.patterns = {one}}));
    CHECK_FALSE(number_is_known({.patterns = {ten}}));
    CHECK_FALSE(number_is_known({.patterns = {one, ten}}));
    CHECK_FALSE(number_is_known({.patterns = {}}));
}
