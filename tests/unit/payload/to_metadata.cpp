#include "payload_fixture.h"

using namespace elic;
using test::changed;
using test::drop;
using test::put;
using test::read_all;
using test::sample_license;
using test::sample_pack;
using test::set_field;

namespace {

Bytes sample() { return write_claims(sample_license(), sample_pack()).value(); }

Errc refusal(const std::function<void(cbor::Map&)>& change) {
    const auto read = read_all(changed(sample(), change));
    REQUIRE_FALSE(read.has_value());
    return read.error().code;
}

template <class T>
const T& one_of(std::mt19937& random, const std::vector<T>& from) {
    return from[random() % from.size()];
}

/// A license of the sample pack as an office could write it, with any of its optional fields.
Metadata any_license(std::mt19937& random) {
    auto license = sample_license();
    const auto text = [&] {
        std::string made;
        for (std::size_t i = 0; i <= random() % 6; ++i)
            made += one_of<std::string>(random, {"示例", "公司", "Q", "7", "（一）", "龘"});
        return made;
    };
    const auto maybe = [&](const char* label, const std::string& value) {
        if (random() % 2 == 0) set_field(license, label, value);
    };
    const auto serial =
        one_of<std::string>(random, {"20260001", "2026AB", "20260000000000000000000000000009", "2026", "02026"});
    license.id =
        LicenseId::make(sample_pack().code, license.id.issuer(), serial, 1 + static_cast<int>(random() % 999)).value();
    license.number = one_of<std::string>(random, {"样字甲B", "样字乙B"}) + serial.substr(0, 4) +
                     one_of<std::string>(random, {"000", "019", "999"});
    set_field(license, "编号", license.number);
    maybe("范围", "甲；" + text());
    maybe("专业", one_of<std::string>(random, {"土建", "水利、机电", "土建、水利、机电"}));
    maybe("初次领证日期", Date::from_days(static_cast<int>(random() % 9000))->format());
    maybe("价格", std::to_string(random() % 100000) + ".05万元");
    maybe("工期", std::to_string(random() % 3000) + "天");
    maybe("企业代码", one_of<std::string>(random, {"91430199MA00EX011J", "91430199MA00EX020G"}));
    maybe("备注", text());
    maybe("业态", one_of<std::string>(random, {"零售", "批发"}));
    maybe("负责人", "430199198502280019");
    if (random() % 2 == 0) {
        set_field(license, "住所", text());
        set_field(license, "经营场所", random() % 2 == 0 ? test::field_of(license, "住所")->text : text());
    }
    if (random() % 3 == 0)
        license.validity = {.form = ValidityForm::long_term, .valid_from = Date::parse("2026-04-01").value()};
    set_field(license, "有效期止", license.validity.form == ValidityForm::until ? "2029-02-28" : "长期");
    if (random() % 3 == 0) license.face.push_back({.label = "附页" + text(), .key = "", .text = text()});
    return license;
}

}  // namespace

TEST_CASE("A license is read as it was written") {
    const auto read = read_all(sample()).value();
    CHECK(test::says_the_same(read, sample_license()));
}

TEST_CASE("Any license is read as it was written, and written to the same bytes") {
    std::mt19937 random(7);
    for (int round = 0; round < 400; ++round) {
        const auto license = any_license(random);
        const auto claims = write_claims(license, sample_pack()).value();
        const auto read = read_all(claims).value();
        INFO(license.id.text());
        REQUIRE(test::says_the_same(read, license));
        REQUIRE(write_claims(read, sample_pack()).value() == claims);
    }
}

TEST_CASE("Claims with a bit flipped are refused or are the one encoding of something else") {
    std::mt19937 random(8);
    for (int round = 0; round < 5; ++round) {
        const auto claims = write_claims(any_license(random), sample_pack()).value();
        const auto original = read_all(claims).value();
        for (std::size_t bit = 0; bit < claims.size() * 8; ++bit) {
            auto flipped = claims;
            flipped[bit / 8] = static_cast<std::uint8_t>(flipped[bit / 8] ^ (1U << bit % 8));
            const auto read = read_all(flipped);
            if (!read) continue;
            REQUIRE_FALSE(test::says_the_same(*read, original));
            REQUIRE(write_claims(*read, sample_pack()).value() == flipped);
        }
    }
}

TEST_CASE("Fields come in the pack's order, then those by label") {
    auto license = sample_license();
    license.face.insert(license.face.begin(), {.label = "附页", .key = "", .text = "2页"});
    std::swap(license.face[1], license.face[2]);
    const auto read = read_all(write_claims(license, sample_pack()).value()).value();
    std::vector<std::string> labels;
    for (const auto& field : read.face) labels.push_back(field.label);
    CHECK(labels == std::vector<std::string>{"类别", "姓名", "性别", "编号", "有效期止", "发证机关", "语种", "附页"});
    CHECK(read.face.back().key.empty());
}

TEST_CASE("The issuer's name is the trust list's, whatever it is") {
    CHECK(test::field_of(read_all(sample(), sample_pack(), "另一个局").value(), "发证机关")->text == "另一个局");
    const auto nameless = read_all(sample(), sample_pack(), "");
    REQUIRE(nameless.has_value());
    CHECK(test::field_of(*nameless, "发证机关") == nullptr);
}

TEST_CASE("Derived, default and missing fields written or left out are refused") {
    CHECK(refusal([](cbor::Map& map) { put(map, -3, std::string("男")); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { put(map, -2, (*cbor::Value(map).find(6)->array())[0]); }) ==
          Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { drop(map, -1); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { drop(map, 4); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { drop(map, 9); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { put(map, 4, std::int64_t{2000}); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { put(map, -24, std::int64_t{1}); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { put(map, -10, std::string("430199198502280019")); }) == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { map.emplace_back(std::string("备注"), std::string("Q")); }) ==
          Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { map.emplace_back(std::string("BZ"), std::string("Q")); }) ==
          Errc::malformed_payload);
}

TEST_CASE("Unknown keys that may be shown do not make a license unreadable; critical ones do") {
    const auto shown = changed(sample(), [](cbor::Map& map) { put(map, 20, std::string("later")); });
    CHECK(read_all(shown).has_value());
    CHECK(refusal([](cbor::Map& map) { put(map, 14, std::int64_t{1}); }) == Errc::malformed_payload);
}

TEST_CASE("A pack with other bytes does not read the claims") {
    CHECK(read_all(sample(), test::pack_with("样例证书", "样例证书二")).error().code == Errc::malformed_payload);
}

TEST_CASE("Without the pack there are identifier, holders and dates, but no number that is packed") {
    const auto claims = read_claims(sample()).value();
    const auto base = to_base_metadata(claims, sample_pack().code, test::issuer_name).value();
    CHECK(base.id == sample_license().id);
    CHECK(base.holders == sample_license().holders);
    CHECK(base.validity == sample_license().validity);
    CHECK(base.number.empty());
    CHECK(base.license_name.empty());
    CHECK(base.face.empty());
}

TEST_CASE("What a type cannot hold is refused by its name") {
    const auto context = [](const std::function<void(cbor::Map&)>& change, const TypePack& pack = sample_pack()) {
        const auto read = read_all(changed(sample(), change), pack);
        REQUIRE_FALSE(read.has_value());
        return read.error().context;
    };
    CHECK(context([](cbor::Map& map) { drop(map, 4); }) == "the number is missing");
    CHECK(context([](cbor::Map& map) { put(map, -24, std::int64_t{1}); }) == "the type has no face field 24");
    for (const char* label : {"备注", "BZ"}) {
        CHECK(context([&](cbor::Map& map) { map.emplace_back(std::string(label), std::string("Q")); }) ==
              "a face field by label that the type has by number");
    }
    CHECK(context([](cbor::Map& map) { put(map, -3, std::string("男")); }) == "a text in the longer of its two forms");
    CHECK_THAT(context([](cbor::Map& map) { put(map, 4, std::int64_t{2000}); }), Catch::StartsWith("number: "));
    CHECK(context([](cbor::Map&) {}, test::pack_with("样例证书", "样例证书二")) == "the code names another type pack");
}

TEST_CASE("Claims of which no identifier can be built are no license") {
    auto claims = read_claims(sample()).value();
    claims.revision = 1000;
    for (const auto& license :
         {to_base_metadata(claims, sample_pack().code, ""), to_metadata(claims, sample(), sample_pack(), "")}) {
        REQUIRE_FALSE(license.has_value());
        CHECK(license.error().code == Errc::malformed_payload);
        CHECK_THAT(license.error().context, Catch::StartsWith("no identifier can be built: "));
    }
}

TEST_CASE("A number that travels as a text is read as it is") {
    const auto wide = test::pack_with(R"({"digits": 3})", R"({"digits": 18}, {"digits": 2})");
    auto license = sample_license();
    license.number = "样字甲B202699999999999999999999";  // over 2^63 - 1
    set_field(license, "编号", license.number);
    CHECK(read_all(write_claims(license, wide).value(), wide)->number == license.number);
    auto any_text = sample_pack();
    any_text.number.patterns.clear();
    license.number = "湘（2026）第7号";
    set_field(license, "编号", license.number);
    CHECK(read_all(write_claims(license, any_text).value(), any_text)->number == license.number);
}

TEST_CASE("A number that cannot be rebuilt is missing where it may be, and malformed elsewhere") {
    auto pack = sample_pack();
    pack.number.patterns = {{{.kind = NumberPart::Kind::serial, .count = 4, .from = 0}}};
    const auto fields = [&](Requirement requirement) {
        for (auto& rule : pack.fields) {
            if (rule.label == "编号") rule.required = requirement;
        }
    };
    auto license = sample_license();
    license.id = LicenseId::make(sample_pack().code, license.id.issuer(), "20", 1).value();  // too short for it
    license.number.clear();
    set_field(license, "编号", "");
    pack.number.optional = true;
    fields(Requirement::optional);
    const auto claims = write_claims(license, pack).value();
    CHECK(read_all(claims, pack)->number.empty());
    pack.number.optional = false;
    const auto refused = read_all(claims, pack);
    REQUIRE_FALSE(refused.has_value());
    CHECK_THAT(refused.error().context, Catch::StartsWith("number: "));
    CHECK(refused.error().context != "number: missing");
}

TEST_CASE("A packed number out of its range is malformed also where a license may have none") {
    auto pack = sample_pack();
    pack.number.optional = true;
    const auto read = read_all(changed(sample(), [](cbor::Map& map) { put(map, 4, std::int64_t{2000}); }), pack);
    REQUIRE_FALSE(read.has_value());
    CHECK_THAT(read.error().context, Catch::StartsWith("number: "));
}

TEST_CASE("The code of a derived field may stand in the number") {
    const auto number = std::string(R"({"field": "类别"})");
    const auto text = std::string(R"("label": "性别", "kind": "text")");
    std::string json(test::pack_json);
    json.replace(json.find(number), number.size(), R"({"field": "性别"})");
    json.replace(
        json.find(text), text.size(),
        R"("label": "性别", "kind": "code", "codes": [{"code": "M", "text": "男"}, {"code": "F", "text": "女"}])");
    const auto pack = test::pack_from(json);
    auto license = sample_license();
    license.number = "样字乙M2026007";
    set_field(license, "编号", license.number);
    const auto claims = write_claims(license, pack).value();
    CHECK(read_claims(claims)->packed_number == 1007);
    CHECK(read_all(claims, pack)->number == license.number);
}

TEST_CASE("A number that the type rebuilds is not given") {
    const auto rebuilt = test::pack_with(
        R"([{"literal": "样字"}, {"choice": ["甲", "乙"]}, {"field": "类别"}, {"serial": 4, "from": 0}, {"digits": 3}])",
        R"([{"literal": "样字"}, {"field": "类别"}, {"serial": 4, "from": 0}])");
    auto license = sample_license();
    license.number = "样字B2026";
    set_field(license, "编号", license.number);
    const auto claims = write_claims(license, rebuilt).value();
    CHECK(read_all(claims, rebuilt)->number == "样字B2026");
    const auto given = read_all(changed(claims, [](cbor::Map& map) { put(map, 4, std::int64_t{0}); }), rebuilt);
    CHECK(given.error().context == "a number given although the type rebuilds it");
}
