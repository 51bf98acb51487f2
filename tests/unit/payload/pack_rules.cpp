#include "payload/pack_rules.h"

#include "payload_fixture.h"

using namespace elic;
using test::pack_with;
using test::sample_license;
using test::sample_pack;

namespace {

Holder holder(const char* type, const std::string& code) {
    return {.name = "样例", .code_type = HolderCodeType::parse(type).value(), .code = code};
}

}  // namespace

TEST_CASE("A license keeps to the number of holders of its type") {
    auto license = sample_license();
    CHECK(check_pack_rules(license, sample_pack()));
    license.holders.push_back(holder("414", "E00000001"));
    CHECK(check_pack_rules(license, sample_pack()));
    license.holders.push_back(holder("414", "E00000002"));
    CHECK(check_pack_rules(license, sample_pack()).error().code == Errc::draft_refused);
    license.holders.clear();
    CHECK(check_pack_rules(license, sample_pack()).error().code == Errc::draft_refused);
}

TEST_CASE("Only code types of the pack may hold, and only right codes") {
    const auto pack = pack_with("\"code_types\": []", "\"code_types\": [\"001\"]");
    auto license = sample_license();
    CHECK(check_pack_rules(license, pack).error().code == Errc::draft_refused);
    license.holders = {holder("001", "91430199MA00EX011J")};
    CHECK(check_pack_rules(license, pack));
    license.holders = {holder("001", "91430199MA00EX011A")};
    CHECK(check_pack_rules(license, pack).error().code == Errc::draft_refused);
}

TEST_CASE("A masked holder code needs a pack that masks") {
    auto license = sample_license();
    license.holders = {holder("111", "430199********0019")};
    CHECK(check_pack_rules(license, sample_pack()).error().code == Errc::draft_refused);
    CHECK(check_pack_rules(license, pack_with("\"carried\": \"value\"}", "\"carried\": \"masked\"}")));
}

TEST_CASE("A validity that the type does not allow is refused") {
    auto license = sample_license();
    license.validity = {.form = ValidityForm::long_term, .valid_from = license.issued_on};
    CHECK(check_pack_rules(license, sample_pack()));
    license.validity.form = ValidityForm::none;
    CHECK(check_pack_rules(license, sample_pack()).error().code == Errc::draft_refused);
    license.validity = {
        .form = ValidityForm::until, .valid_from = license.issued_on, .valid_until = Date::parse("2026-02-28").value()};
    CHECK(check_pack_rules(license, sample_pack()).error().code == Errc::draft_refused);
    license.validity.valid_until = license.issued_on;
    CHECK(check_pack_rules(license, sample_pack()));
    license.validity.valid_until.reset();
    CHECK(check_pack_rules(license, sample_pack()).error().code == Errc::draft_refused);
}

TEST_CASE("A license of another type is refused") {
    CHECK(check_pack_rules(sample_license(), pack_with("W911", "W912")).error().code == Errc::draft_refused);
}
