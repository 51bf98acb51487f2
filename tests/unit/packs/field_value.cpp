#include "packs/field_value.h"

#include <catch2/catch.hpp>

#include "unit/packs/small_pack.h"

using namespace elic;

namespace {

FieldRule field_of(FieldKind kind) {
    FieldRule rule;
    rule.label = "L";
    rule.kind = kind;
    rule.separator = kind == FieldKind::codes ? "、" : "；";
    return rule;
}

std::string normal(const FieldRule& rule, const std::string& text) {
    const auto given = normalise_field(rule, text);
    if (!given) CHECK(given.error().code == Errc::draft_refused);
    return given.value_or("refused");
}

}  // namespace

TEST_CASE("Amounts take the unit and the places of the face") {
    auto area = field_of(FieldKind::decimal);
    area.scale = 2;
    area.unit = "（㎡）";
    CHECK(normal(area, "12.5") == "12.50（㎡）");
    CHECK(normal(area, "12.50（㎡）") == "12.50（㎡）");
    CHECK(normal(area, "１２.5 (㎡)") == "12.50（㎡）");
    for (const char* text :
         {"", "（㎡）", ".5", "12.", "1,200", "012.5", "12.505", "1e3", "+1", "1.2.3", "1234567890123456789"})
        CHECK(normal(area, text) == "refused");
    const auto whole = field_of(FieldKind::whole);
    CHECK(normal(whole, "0") == "0");
    CHECK(normal(whole, "999999999999999999") == "999999999999999999");
    for (const char* text : {"", "00", "1.0", "-1", "9999999999999999999"}) CHECK(normal(whole, text) == "refused");
}

TEST_CASE("Entries are given by text, by code, or in another width") {
    auto one = field_of(FieldKind::code);
    one.codes = {{.code = "B", .text = "项目负责人（B）"}, {.code = "", .text = "其他"}};
    CHECK(normal(one, "B") == "项目负责人（B）");
    CHECK(normal(one, "项目负责人(B)") == "项目负责人（B）");
    CHECK(normal(one, "") == "refused");
    CHECK(normal(one, "C") == "refused");
    one.open = true;
    CHECK(normal(one, "C") == "C");
    CHECK(code_of(one, "项目负责人（B）") == "B");
    CHECK(code_of(one, "其他").empty());
    CHECK(code_of(one, "C").empty());
}

TEST_CASE("Several entries come in the order of the list, each once") {
    auto several = field_of(FieldKind::codes);
    several.codes = {{.code = "1", .text = "甲"}, {.code = "2", .text = "乙"}, {.code = "3", .text = "丙"}};
    CHECK(normal(several, "丙；甲;3") == "甲、丙");
    CHECK(normal(several, "2、1") == "甲、乙");
    CHECK(normal(several, "甲、丁") == "refused");
}

TEST_CASE("A list takes the separator of the pack") {
    auto list = field_of(FieldKind::list);
    CHECK(normal(list, "a;b；c") == "a；b；c");
    CHECK(normal(list, "；a；；b；") == "a；b");
    list.separator = "";  // no pack has one such; it must not hang
    CHECK(normal(list, "a;b") == "ab");
}

TEST_CASE("Codes and dates are checked, texts brought to NFC") {
    CHECK(normal(field_of(FieldKind::text), "e\u0301") == "\u00e9");
    CHECK(normal(field_of(FieldKind::date), "2026.03.01") == "2026-03-01");
    CHECK(normal(field_of(FieldKind::date), "2026-02-30") == "refused");
    auto until = field_of(FieldKind::date);
    until.derive.kind = DerivationKind::valid_until;
    CHECK(normal(until, "长期") == "长期");
    // USCCs made up for the tests: the second has a wrong check character
    CHECK(normal(field_of(FieldKind::uscc), "91430199MA00EX070M") == "91430199MA00EX070M");
    CHECK(normal(field_of(FieldKind::uscc), "91430199MA00EX070A") == "refused");
    CHECK(normal(field_of(FieldKind::citizen_id), "11010519491231002X") == "11010519491231002X");  // GB 11643's example
    CHECK(normal(field_of(FieldKind::citizen_id), "110105194912310021") == "refused");
    CHECK(normal(field_of(FieldKind::text), std::string((64 << 10) + 1, 'x')) == "refused");
}

TEST_CASE("A field derives its text from the rest of the license") {
    const auto pack =
        pack_with_field(R"({"n": 2, "label": "简称", "kind": "text", "required": "O", "derive": "field:名称"})")
            .value();
    Metadata license{.id = LicenseId::make(pack.code, Uscc::parse("91430199MA00EX070M").value(), "20260001", 1).value(),
                     .license_name = "示例证",
                     .number = "示0001",
                     .issuing_authority_name = "示例局",
                     .holders = {{"甲", HolderCodeType::parse("111").value(), "11010519491231002X"},
                                 {"乙", HolderCodeType::parse("001").value(), "91430199MA00EX070M"}},
                     .issued_on = Date::parse("2026-03-01").value(),
                     .validity = {.form = ValidityForm::until,
                                  .valid_from = Date::parse("2026-03-01").value(),
                                  .valid_until = Date::parse("2029-02-28").value()},
                     .face = {},
                     .signed_at = Timestamp::first_second_of(Date::parse("2026-03-01").value()),
                     .status = {}};
    const auto derived = [&](DerivationKind kind) {
        auto rule = field_of(FieldKind::text);
        rule.derive = {.kind = kind, .field = 0, .constant = "常"};
        return derive_field(rule, {.license = license, .pack = pack});
    };
    using Kind = DerivationKind;
    CHECK(derived(Kind::none).empty());
    CHECK(derived(Kind::holder_names) == "甲、乙");
    CHECK(derived(Kind::holder_codes) == "11010519491231002X、91430199MA00EX070M");
    CHECK(derived(Kind::citizen_sex) == "女");
    CHECK(derived(Kind::citizen_birth_date) == "1949-12-31");
    CHECK(derived(Kind::issued_on) == "2026-03-01");
    CHECK(derived(Kind::valid_from) == "2026-03-01");
    CHECK(derived(Kind::valid_until) == "2029-02-28");
    CHECK(derived(Kind::validity) == "2026-03-01至2029-02-28");
    CHECK(derived(Kind::issuer_name) == "示例局");
    CHECK(derived(Kind::issuer_code) == "91430199MA00EX070M");
    CHECK(derived(Kind::license_number) == "示0001");
    CHECK(derived(Kind::license_name) == "示例证");
    CHECK(derived(Kind::constant) == "常");
    CHECK(derived(Kind::same_as_field).empty());  // the field is not there yet
    license.face.push_back({.label = "名称", .key = "MC", .text = "示例公司"});
    CHECK(derived(Kind::same_as_field) == "示例公司");
    license.face.front().carried = Carried::digest;
    CHECK(derived(Kind::same_as_field).empty());
    license.holders.front().code = mask_code(license.holders.front().code_type, license.holders.front().code);
    CHECK(derived(Kind::citizen_sex).empty());  // a masked number does not tell
    license.validity = {.form = ValidityForm::long_term, .valid_from = license.issued_on};
    CHECK(derived(Kind::valid_until) == "长期");
    license.validity = {.form = ValidityForm::none, .valid_from = license.issued_on};
    CHECK(derived(Kind::valid_until).empty());
    CHECK(derived(Kind::valid_from).empty());
}
