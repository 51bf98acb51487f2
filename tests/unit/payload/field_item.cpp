#include "payload/field_item.h"

#include "base/text.h"
#include "elic/crypto/sm3.h"
#include "payload/text_item.h"
#include "payload_fixture.h"

using namespace elic;
using test::sample_pack;

namespace {

const FieldRule& rule_of(const std::string& label) { return *sample_pack().field_named(label); }
FaceField field(const std::string& label, const std::string& text) { return {.label = label, .key = "", .text = text}; }

std::string hex_of(const std::string& label, const std::string& text) {
    const auto value = write_field(rule_of(label), field(label, text), 1);
    INFO(label << " " << text);
    REQUIRE(value.has_value());
    return to_hex(cbor::write(*value));
}

Errc refusal(const std::string& label, const std::string& text) {
    const auto value = write_field(rule_of(label), field(label, text), 1);
    INFO(label << " " << text);
    REQUIRE_FALSE(value.has_value());
    return value.error().code;
}

Errc malformed(const std::string& label, cbor::Value value) {
    const auto read = read_field(rule_of(label), value, 1);
    INFO(label);
    REQUIRE_FALSE(read.has_value());
    return read.error().code;
}

}  // namespace

TEST_CASE("Each kind of field has its one item") {
    CHECK(hex_of("类别", "二类") == "01");
    CHECK(hex_of("业态", "零售") == "00");
    CHECK(hex_of("专业", "土建、机电") == "05");
    CHECK(hex_of("初次领证日期", "2000-01-02") == "01");
    CHECK(hex_of("初次领证日期", "1999-12-31") == "20");
    CHECK(hex_of("价格", "0.01万元") == "01");
    CHECK(hex_of("价格", "12865.40万元") == "1a0013a18c");
    CHECK(hex_of("工期", "540天") == "19021c");
    CHECK(hex_of("工期", "0天") == "00");
    CHECK(hex_of("备注", "Q7") == "625137");
    CHECK(hex_of("备注", "Q1；Q2") == to_hex(cbor::write(write_text("Q1；Q2", 1).value())));  // a list elsewhere
    CHECK(hex_of("范围", "Q1；Q2") == "82625131625132");
    CHECK(hex_of("范围", "Q1") == "625131");
    CHECK(hex_of("企业代码", "11430199MB00TX017C") == "49" + to_hex(Uscc::parse("11430199MB00TX017C")->packed()));
    CHECK(hex_of("企业代码", "91430199MA00EX020G") ==
          "72" + to_hex(as_bytes("91430199MA00EX020G")));  // GB 11714 check wrong
    CHECK(hex_of("负责人", "430199198502280019").starts_with("46"));
}

TEST_CASE("A field is read as it was written") {
    const std::pair<const char*, const char*> samples[] = {{"类别", "一类"},
                                                           {"业态", "零售"},
                                                           {"业态", "批发（示例）"},
                                                           {"专业", "水利"},
                                                           {"专业", "土建、水利、机电"},
                                                           {"初次领证日期", "1900-01-01"},
                                                           {"初次领证日期", "2199-12-31"},
                                                           {"价格", "0.00万元"},
                                                           {"价格", "9999999999999999.99万元"},
                                                           {"工期", "999999999999999999天"},
                                                           {"备注", "样例备注"},
                                                           {"范围", "甲；乙；丙"},
                                                           {"范围", "甲"},
                                                           {"企业代码", "91430199MA00EX011J"},
                                                           {"企业代码", "91430199MA00EX020G"},
                                                           {"负责人", "430199198502280019"}};
    for (const auto& [label, text] : samples) {
        INFO(label << " " << text);
        const auto read =
            read_field(rule_of(label), write_field(rule_of(label), field(label, text), 1).value(), 1).value();
        CHECK(read.text == text);
        CHECK(read.label == label);
        CHECK(read.carried == Carried::value);
    }
}

TEST_CASE("A text that its kind cannot hold is refused at writing") {
    const std::pair<const char*, const char*> samples[] = {{"类别", "三类"},
                                                           {"类别", "A"},
                                                           {"类别", "2000-01-02"},
                                                           {"专业", "机电、土建"},
                                                           {"专业", "土建、土建"},
                                                           {"专业", "园林"},
                                                           {"专业", "土建、"},
                                                           {"初次领证日期", "2000-1-2"},
                                                           {"初次领证日期", "长期"},
                                                           {"价格", "1万元"},
                                                           {"价格", "1.0万元"},
                                                           {"价格", "01.00万元"},
                                                           {"价格", "1.00"},
                                                           {"价格", "1:00万元"},
                                                           {"价格", ".00万元"},
                                                           {"价格", "-1.00万元"},
                                                           {"价格", "99999999999999999.99万元"},
                                                           {"工期", "01天"},
                                                           {"工期", "5"},
                                                           {"工期", "天"},
                                                           {"工期", "91430199MA00EX011J"},
                                                           {"工期", "1000000000000000000天"},
                                                           {"企业代码", "91430199MA00EX011A"},
                                                           {"负责人", "430199198502280018"},
                                                           {"范围", "甲；；乙"},
                                                           {"范围", "；"},
                                                           {"备注", ""},
                                                           {"明细", ""},
                                                           {"负责人证件号", ""},
                                                           {"备注", "一二三四五六七八九十一二三四五六七八九十一"},
                                                           {"备注", "a\nb"}};
    for (const auto& [label, text] : samples) CHECK(refusal(label, text) == Errc::draft_refused);
}

TEST_CASE("A refusal names the field and says what is expected") {
    const auto context = [](const std::string& label, const std::string& text) {
        return write_field(rule_of(label), field(label, text), 1).error().context;
    };
    CHECK(context("工期", "5") == "工期: a number in 天 is expected");
    CHECK(context("类别", "三类") == "类别: not of its list");
    CHECK(context("类别", "一\n类") == "类别: " + describe(*find_text_fault("一\n类")));
    CHECK(context("备注", "") == "备注: an empty item");
    auto plain = rule_of("工期");
    plain.unit.clear();
    CHECK(write_field(plain, field("工期", "x"), 1).error().context == "工期: a number is expected");
}

TEST_CASE("A text has at most its rule's characters") {
    CHECK(write_field(rule_of("备注"), field("备注", "一二三四五六七八九十一二三四五六七八九十"), 1).has_value());
    const auto longest = write_field(rule_of("住所"), field("住所", std::string(500, 'Q')), 1);
    CHECK((longest ? "" : longest.error().context) == "");
    CHECK(write_field(rule_of("住所"), field("住所", std::string(501, 'Q')), 1).error().context ==
          "住所: at most 500 characters");
}

TEST_CASE("A decimal without decimal places is written like a whole number") {
    auto rule = rule_of("价格");
    rule.scale = 0;
    const auto value = write_field(rule, field("价格", "12万元"), 1).value();
    CHECK(*value.integer() == 12);
    CHECK(read_field(rule, value, 1)->text == "12万元");
    CHECK_FALSE(write_field(rule, field("价格", "12.万元"), 1).has_value());
}

TEST_CASE("A citizen number that does not pack is a text") {
    const auto value = write_field(rule_of("负责人"), field("负责人", "430199208001010017"), 1).value();
    CHECK(*value.text() == "430199208001010017");
    CHECK(read_field(rule_of("负责人"), value, 1)->text == "430199208001010017");
}

TEST_CASE("What a reader will have of a digest or an absent field is no text") {
    const auto digest = carried_form(rule_of("明细"), field("明细", "挂面"));
    CHECK(digest.text.empty());
    CHECK(digest.digest.size() == 16);
    CHECK(carried_form(rule_of("业务号"), field("业务号", "内部7")).text.empty());
    CHECK(carried_form(rule_of("备注"), field("备注", "Q")).text == "Q");
}

TEST_CASE("Items of another type or range are malformed") {
    CHECK(malformed("类别", std::int64_t{2}) == Errc::malformed_payload);
    CHECK(malformed("类别", std::int64_t{-1}) == Errc::malformed_payload);
    CHECK(malformed("类别", std::string("一类")) == Errc::malformed_payload);
    CHECK(malformed("专业", std::int64_t{0}) == Errc::malformed_payload);
    CHECK(malformed("专业", std::int64_t{8}) == Errc::malformed_payload);
    CHECK(malformed("专业", std::int64_t{-1}) == Errc::malformed_payload);
    CHECK(malformed("专业", std::string("土建")) == Errc::malformed_payload);
    CHECK(malformed("备注", cbor::Array{cbor::Value(std::string("Q1")), cbor::Value(std::string("Q2"))}) ==
          Errc::malformed_payload);
    CHECK(malformed("初次领证日期", std::int64_t{73050}) == Errc::malformed_payload);
    CHECK(malformed("初次领证日期", std::string("2000-01-01")) == Errc::malformed_payload);
    CHECK(malformed("价格", std::int64_t{-1}) == Errc::malformed_payload);
    CHECK(malformed("工期", std::string("5")) == Errc::malformed_payload);
    CHECK(malformed("企业代码", Bytes(8)) == Errc::malformed_payload);
    CHECK(malformed("企业代码", Bytes(9, 0xFF)) == Errc::malformed_payload);
    CHECK(malformed("负责人", Bytes(6, 0xFF)) == Errc::malformed_payload);
    CHECK(malformed("范围", cbor::Array{cbor::Value(std::string("Q1"))}) == Errc::malformed_payload);
    CHECK(malformed("范围", cbor::Array{cbor::Value(std::string("Q1")), cbor::Value(std::int64_t{1})}) ==
          Errc::malformed_payload);
    CHECK(malformed("备注", cbor::Value()) == Errc::malformed_payload);
    CHECK(malformed("明细", Bytes(32)) == Errc::malformed_payload);
    CHECK(malformed("照片", Bytes(16)) == Errc::malformed_payload);
    CHECK(malformed("照片", std::string("sm3:")) == Errc::malformed_payload);
}

TEST_CASE("A masked field keeps six and four characters, and masking again changes nothing") {
    const auto& rule = rule_of("负责人证件号");
    const auto value = write_field(rule, field(rule.label, "430199198502280019"), 1).value();
    const auto read = read_field(rule, value, 1).value();
    CHECK(read.text == "430199********0019");
    CHECK(read.carried == Carried::masked);
    CHECK(write_field(rule, read, 1).value() == value);
}

TEST_CASE("A digest field carries 16 bytes of SM3 and no text") {
    const auto& rule = rule_of("明细");
    const auto value = write_field(rule, field(rule.label, "挂面"), 1).value();
    const auto digest = sm3(as_bytes("挂面"));
    CHECK(*value.bytes() == Bytes(digest.begin(), digest.begin() + 16));
    const auto read = read_field(rule, value, 1).value();
    CHECK(read.text.empty());
    CHECK(read.carried == Carried::digest);
    CHECK(write_field(rule, read, 1).value() == value);
}

TEST_CASE("An image is carried as 32 bytes or refused") {
    const auto& rule = rule_of("照片");
    FaceField image{.label = rule.label, .key = "", .text = "", .carried = Carried::digest, .digest = Bytes(32, 7)};
    CHECK(*write_field(rule, image, 1).value().bytes() == Bytes(32, 7));
    image.digest.resize(31);
    CHECK(write_field(rule, image, 1).error().code == Errc::draft_refused);
    CHECK(refusal("照片", "") == Errc::draft_refused);
}
