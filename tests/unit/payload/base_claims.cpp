#include "payload/base_claims.h"

#include "payload_fixture.h"

using namespace elic;

namespace {

Claims sample_claims() {
    return read_claims(write_claims(test::sample_license(), test::sample_pack()).value()).value();
}

cbor::Value item(const Claims& claims, std::int64_t key) {
    const cbor::Value map(write_base_claims(claims).value());
    const auto* found = map.find(key);
    REQUIRE(found != nullptr);
    return *found;
}

bool has(const Claims& claims, std::int64_t key) {
    return cbor::Value(write_base_claims(claims).value()).find(key) != nullptr;
}

}  // namespace

TEST_CASE("A serial is an integer, 16 bytes or a text by its characters") {
    auto claims = sample_claims();
    const auto serial = [&](const std::string& text) {
        claims.serial = text;
        return item(claims, 3);
    };
    CHECK(*serial("0").integer() == 0);
    CHECK(*serial("20260001").integer() == 20260001);
    CHECK(*serial("99").integer() == 99);
    CHECK(serial("").text()->empty());
    CHECK(*serial("9223372036854775807").integer() == INT64_MAX);
    CHECK(*serial("9223372036854775808").text() == "9223372036854775808");
    CHECK(*serial("00").text() == "00");
    CHECK(*serial("007").text() == "007");
    CHECK(*serial("AB12").text() == "AB12");
    CHECK(serial("0A1B2C3D4E5F60718293A4B5C6D7E8F9").bytes()->size() == 16);
    CHECK(serial("00000000000000000000000000000001").bytes()->size() == 16);
    CHECK(*serial("0A1B2C3D4E5F60718293A4B5C6D7E8FG").text() == "0A1B2C3D4E5F60718293A4B5C6D7E8FG");
}

TEST_CASE("An issuer is 9 bytes, or a text where its code does not pack") {
    auto claims = sample_claims();
    CHECK(item(claims, 2).bytes()->size() == 9);
    claims.issuer = Uscc::parse("91430199MA00EX020G").value();
    CHECK(*item(claims, 2).text() == "91430199MA00EX020G");
}

TEST_CASE("Defaults are not written") {
    auto claims = sample_claims();
    CHECK_FALSE(has(claims, 5));
    CHECK_FALSE(has(claims, 8));
    claims.revision = 2;
    claims.validity.valid_from = Date::parse("2026-03-02").value();
    CHECK(*item(claims, 5).integer() == 2);
    CHECK(*item(claims, 8).integer() == claims.issued_on.days_since_2000() + 1);
}

TEST_CASE("The end of validity is a day, null or nothing") {
    auto claims = sample_claims();
    CHECK(item(claims, 9).integer() != nullptr);
    claims.validity = {.form = ValidityForm::long_term, .valid_from = claims.issued_on};
    CHECK(item(claims, 9).is_null());
    claims.validity.form = ValidityForm::none;
    CHECK_FALSE(has(claims, 9));
}

TEST_CASE("A holder code is 6 bytes, 9 bytes, or its kind and text") {
    auto claims = sample_claims();
    const auto code = [&](const char* type, const std::string& text) {
        claims.holders = {{.name = "样例", .code_type = HolderCodeType::parse(type).value(), .code = text}};
        return (*item(claims, 6).array())[1];
    };
    CHECK(code("111", "430199198502280019").bytes()->size() == 6);
    CHECK(code("001", "91430199MA00EX011J").bytes()->size() == 9);
    CHECK(*(*code("001", "91430199MA00EX020G").array())[0].integer() == 1);
    CHECK(*(*code("111", "430199********0019").array())[0].integer() == 111);
    // What looks like a packed code of another kind, is not right, or lies beyond what packs.
    CHECK(*(*code("414", "430199198502280019").array())[0].integer() == 414);
    CHECK(*(*code("414", "91430199MA00EX011J").array())[0].integer() == 414);
    CHECK(*(*code("111", "430199198502280018").array())[1].text() == "430199198502280018");
    CHECK(*(*code("001", "91430199MA00EX011A").array())[1].text() == "91430199MA00EX011A");
    CHECK((*code("111", "430199208001010017").array()).size() == 2);
    const auto passport = code("414", "E00000001");
    CHECK(*(*passport.array())[0].integer() == 414);
    CHECK(*(*passport.array())[1].text() == "E00000001");
}

TEST_CASE("An unclean holder name, holder code, number or label text is refused by its place") {
    const auto refusal = [](const Claims& claims) {
        const auto map = write_base_claims(claims);
        REQUIRE_FALSE(map.has_value());
        return map.error().context;
    };
    auto claims = sample_claims();
    claims.holders[0].name = "a\nb";
    CHECK(refusal(claims).starts_with("holders: "));
    claims.holders[0] = {.name = "样例", .code_type = HolderCodeType::parse("414").value(), .code = "a\nb"};
    CHECK(refusal(claims).starts_with("holders: "));
    claims = sample_claims();
    claims.packed_number.reset();
    claims.number = "a\nb";
    CHECK(refusal(claims).starts_with("number: "));
    claims = sample_claims();
    claims.extra_face.emplace_back("标签", "");
    CHECK(refusal(claims).starts_with("face.标签: "));
}
