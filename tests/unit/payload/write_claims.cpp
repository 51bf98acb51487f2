#include "elic/crypto/sm3.h"
#include "payload_fixture.h"

using namespace elic;
using test::pack_with;
using test::sample_license;
using test::sample_pack;
using test::set_field;

namespace {

std::vector<std::int64_t> face_keys(const Metadata& license, const TypePack& pack = sample_pack()) {
    std::vector<std::int64_t> keys;
    for (const auto& [key, value] : test::map_of(write_claims(license, pack).value())) {
        if (key.integer() != nullptr && *key.integer() < 0) keys.push_back(*key.integer());
    }
    return keys;
}

Error refusal(const Metadata& license, const TypePack& pack = sample_pack()) {
    const auto claims = write_claims(license, pack);
    REQUIRE_FALSE(claims.has_value());
    return claims.error();
}

}  // namespace

TEST_CASE("A field that says what derives is not carried") {
    CHECK(face_keys(sample_license()) == std::vector<std::int64_t>{-1});
    auto license = sample_license();
    set_field(license, "住所", "示例市1号");
    set_field(license, "经营场所", "示例市1号");
    CHECK(face_keys(license) == std::vector<std::int64_t>{-1, -15});
}

TEST_CASE("A field that differs from what derives is carried under its number, or refused without one") {
    auto license = sample_license();
    set_field(license, "姓名", "张样");
    CHECK(face_keys(license) == std::vector<std::int64_t>{-1, -2});
    for (const char* label : {"编号", "有效期止", "发证机关", "语种"}) {
        license = sample_license();
        set_field(license, label, "别的");
        CHECK(refusal(license).code == Errc::draft_refused);
        CHECK(refusal(license).context.find(label) != std::string::npos);
    }
}

TEST_CASE("A derivable field or a required one cannot be absent") {
    for (const char* label : {"姓名", "编号", "发证机关", "类别"}) {
        auto license = sample_license();
        set_field(license, label, "");
        CHECK(refusal(license).code == Errc::draft_refused);
    }
    auto license = sample_license();
    set_field(license, "住所", "示例市1号");  // and 经营场所 derives from it
    CHECK(refusal(license).context.find("经营场所") != std::string::npos);
}

TEST_CASE("What derives from masked holder codes is carried") {
    const auto pack = pack_with("\"carried\": \"value\"}", "\"carried\": \"masked\"}");
    const auto claims = write_claims(sample_license(), pack).value();
    CHECK(face_keys(sample_license(), pack) == std::vector<std::int64_t>{-1, -3});  // the sex
    CHECK(read_claims(claims)->holders[0].code == "430199********0019");
}

TEST_CASE("Masked, digest and absent fields leave without their text") {
    auto license = sample_license();
    set_field(license, "负责人证件号", "430199198502280019");
    set_field(license, "明细", "秘密配方");
    set_field(license, "业务号", "内部7");
    const auto claims = write_claims(license, sample_pack()).value();
    const auto read = test::read_all(claims).value();
    CHECK(test::field_of(read, "负责人证件号")->text == "430199********0019");
    CHECK(test::field_of(read, "明细")->text.empty());
    CHECK(test::field_of(read, "业务号") == nullptr);
}

namespace {

/// The sample pack with one field's rule changed.
TypePack with_rule(const std::string& label, const std::function<void(FieldRule&)>& change) {
    auto pack = sample_pack();
    for (auto& rule : pack.fields) {
        if (rule.label == label) change(rule);
    }
    return pack;
}

}  // namespace

TEST_CASE("Nothing derives from what stays behind") {
    const auto pack = with_rule("住所", [](FieldRule& rule) { rule.carried = Carried::absent; });
    auto license = sample_license();
    set_field(license, "住所", "示例市1号");
    set_field(license, "经营场所", "示例市1号");
    CHECK(face_keys(license, pack) == std::vector<std::int64_t>{-1, -16});
}

TEST_CASE("A required field that is not carried may be absent") {
    const auto pack = with_rule("业务号", [](FieldRule& rule) { rule.required = Requirement::required; });
    CHECK(write_claims(sample_license(), pack).has_value());
    const auto carried = with_rule("备注", [](FieldRule& rule) { rule.required = Requirement::required; });
    CHECK(refusal(sample_license(), carried).context == "face.备注: the type requires this item");
}

TEST_CASE("A masked field is not carried when it says what derives, masked or whole") {
    auto pack = with_rule("负责人证件号", [](FieldRule& rule) { rule.derive.kind = DerivationKind::holder_codes; });
    pack.holders.carried = Carried::masked;
    const auto keys = [&](const char* code) {
        auto license = sample_license();
        set_field(license, "负责人证件号", code);
        return face_keys(license, pack);
    };
    CHECK(keys("430199198502280019") == std::vector<std::int64_t>{-1, -3});
    CHECK(keys("430199********0019") == std::vector<std::int64_t>{-1, -3});
    CHECK(keys("430199199001010029") == std::vector<std::int64_t>{-1, -3, -10});
}

TEST_CASE("A digest is not carried when it is that of what derives") {
    const auto pack = with_rule("明细", [](FieldRule& rule) {
        rule.derive.kind = DerivationKind::constant;
        rule.derive.constant = "中文";
    });
    const auto keys = [&](const char* text) {
        auto license = sample_license();
        const auto digest = sm3(as_bytes(text));
        set_field(license, "明细", "x");
        for (auto& field : license.face) {
            if (field.label != "明细") continue;
            field.text.clear();
            field.digest.assign(digest.begin(), digest.begin() + 16);
        }
        return face_keys(license, pack);
    };
    CHECK(keys("中文") == std::vector<std::int64_t>{-1});
    CHECK(keys("别的") == std::vector<std::int64_t>{-1, -11});
}

TEST_CASE("A field that the pack does not know travels by its label") {
    auto license = sample_license();
    license.face.push_back({.label = "附页", .key = "", .text = "2页"});
    CHECK(read_claims(write_claims(license, sample_pack()).value())->extra_face.size() == 1);
    license.face.push_back({.label = "附页", .key = "", .text = "3页"});
    CHECK(refusal(license).code == Errc::draft_refused);
}

TEST_CASE("Another label or key of a field of the pack is not a label") {
    for (const char* label : {"附注", "BZ", "", "a\nb"}) {
        auto license = sample_license();
        license.face.push_back({.label = label, .key = "", .text = "2页"});
        CHECK(refusal(license).code == Errc::draft_refused);
    }
}

TEST_CASE("A number is packed, rebuilt or a text") {
    auto license = sample_license();
    CHECK(read_claims(write_claims(license, sample_pack()).value())->packed_number == 1007);
    license.number = "样字乙A2026007";  // of another class than the face: of no form that the type has
    set_field(license, "编号", license.number);
    CHECK(refusal(license).code == Errc::draft_refused);
    CHECK(refusal(license).context.find("number") != std::string::npos);
    const auto rebuilt = pack_with(
        R"([{"literal": "样字"}, {"choice": ["甲", "乙"]}, {"field": "类别"}, {"serial": 4, "from": 0}, {"digits": 3}])",
        R"([{"literal": "样字"}, {"field": "类别"}, {"serial": 4, "from": 0}])");
    license.number = "样字B2026";
    set_field(license, "编号", license.number);
    const auto claims = read_claims(write_claims(license, rebuilt).value()).value();
    CHECK_FALSE(claims.number.has_value());
    CHECK_FALSE(claims.packed_number.has_value());
    const auto wide = pack_with(R"({"digits": 3})", R"({"digits": 18}, {"digits": 2})");
    license.number = "样字甲B202699999999999999999999";  // over 2^63 - 1
    set_field(license, "编号", license.number);
    CHECK(read_claims(write_claims(license, wide).value())->number == license.number);
}

TEST_CASE("A number may be missing only where the type allows it and does not give it") {
    auto license = sample_license();
    license.number.clear();
    set_field(license, "编号", "");
    const auto optional =
        pack_with("\"required\": \"R\", \"derive\": \"number\"", "\"required\": \"O\", \"derive\": \"number\"");
    CHECK(refusal(license, optional).context == "number: missing");
    auto rule = optional;
    rule.number.optional = true;
    CHECK(write_claims(license, rule).has_value());
    CHECK(test::read_all(write_claims(license, rule).value(), rule)->number.empty());
    rule.number.patterns = {{{.kind = NumberPart::Kind::literal, .text = "样字一"}}};
    CHECK(refusal(license, rule).code == Errc::draft_refused);
}

TEST_CASE("Too much for one code names the three largest claims and the mend") {
    auto license = sample_license();
    std::string random_text;
    for (int i = 0; i < 190; ++i) random_text += static_cast<char>('a' + i * i % 26);
    std::string list;
    for (int i = 0; i < 12; ++i) list += (i != 0 ? "；" : "") + random_text;
    auto pack = sample_pack();
    for (auto& rule : pack.fields) rule.max_length = 8000;
    set_field(license, "范围", list);
    set_field(license, "备注", random_text);
    const auto error = refusal(license, pack);
    CHECK(error.code == Errc::does_not_fit);
    CHECK(error.context.find("范围 (") != std::string::npos);
    CHECK(error.context.find("备注 (") != std::string::npos);
    CHECK(error.context.find("of 2200") != std::string::npos);
    CHECK(error.context.find("digest") != std::string::npos);
}

TEST_CASE("What does not fit is told with exactly three claims, or with none when nothing can be counted") {
    auto pack = sample_pack();
    for (auto& rule : pack.fields) rule.max_length = 8000;
    auto license = sample_license();
    set_field(license, "范围", std::string(2500, 'Q'));
    set_field(license, "住所", "示例市1号");
    set_field(license, "经营场所", "示例市1号");
    CHECK_THAT(refusal(license, pack).context,
               Catch::Matches("the code would hold [0-9]+ bytes of 2200; the largest: 范围 \\(2504 bytes\\), holders "
                              "\\([0-9]+ bytes\\), [^,]+ \\([0-9]+ bytes\\)\\. Shorten them.*"));
    std::string list = "Q";
    for (int i = 0; i < 1100; ++i) list += "；Q";
    set_field(license, "范围", list);
    CHECK_THAT(refusal(license, pack).context, Catch::Contains("the largest: . Shorten"));
}

TEST_CASE("Claims of 2,200 bytes fit, and one byte more does not; so do 64 entries of them") {
    auto pack = sample_pack();
    for (auto& rule : pack.fields) rule.max_length = 8000;
    /// The size that a list of so many items and letters comes to; 0: it does not fit.
    const auto size = [&](int items, std::size_t letters) -> std::size_t {
        auto license = sample_license();
        std::string list = std::string(letters, 'Q');
        for (int i = 1; i < items; ++i) list += "；Q";
        set_field(license, "范围", list);
        const auto claims = write_claims(license, pack);
        return claims ? claims->size() : 0;
    };
    const auto rest = 2200 - (size(1, 2000) - 2000);
    CHECK(size(1, rest) == 2200);
    CHECK(size(1, rest + 1) == 0);
    // The same size in more entries than a reader takes: 70 items, each of two bytes, instead of letters.
    const auto two_items = 2200 - (size(2, 2000) - 2000);
    CHECK(size(2, two_items) == 2200);
    for (std::size_t letters = two_items - 150; letters < two_items - 120; ++letters) CHECK(size(70, letters) == 0);
}

TEST_CASE("More entries than a reader takes do not fit") {
    auto license = sample_license();
    std::string list = "Q";
    for (int i = 0; i < 60; ++i) list += "；Q";
    set_field(license, "范围", list);
    CHECK(refusal(license).code == Errc::does_not_fit);
    CHECK(refusal(license).context.find("64 entries") != std::string::npos);
}

TEST_CASE("Sizes of claims are listed, largest first, and add up") {
    auto license = sample_license();
    set_field(license, "备注", "样例备注Q");
    const auto claims = write_claims(license, sample_pack()).value();
    const auto sizes = claim_sizes(claims, sample_pack());
    std::size_t sum = 1;  // the map's head
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        sum += sizes[i].second;
        if (i > 0) CHECK(sizes[i].second <= sizes[i - 1].second);
    }
    CHECK(sum == claims.size());
    const auto named = [&](const std::string& name) {
        return std::any_of(sizes.begin(), sizes.end(), [&](const auto& s) { return s.first == name; });
    };
    CHECK(named("holders"));
    CHECK(named("备注"));
    CHECK(named("类别"));
    CHECK(claim_sizes(Bytes{0x01}, sample_pack()).empty());
    CHECK(claim_sizes(Bytes{0xFF}, sample_pack()).empty());
}

TEST_CASE("A refusal names the item and says what the type does with it") {
    const auto context = [](const char* label, const char* text) {
        auto license = sample_license();
        set_field(license, label, text);
        return refusal(license).context;
    };
    CHECK(context("发证机关", "别的") == "face.发证机关: it must be the issuer's name");
    CHECK(context("语种", "别的") == "face.语种: it is not carried, and a reader would take '中文' for it");
    CHECK(context("编号", "别的") == "face.编号: the type cannot carry this item unless it is '样字乙B2026007'");
    CHECK(context("姓名", "") == "face.姓名: it derives here and cannot be absent");
    CHECK(context("类别", "") == "face.类别: the type requires this item");
    const auto extra = [](const char* label) {
        auto license = sample_license();
        license.face.push_back({.label = label, .key = "", .text = "2页"});
        return refusal(license).context;
    };
    CHECK(extra("附注") == "face.附注: the type calls this item 备注");
    CHECK(extra("") == "face: a label is not clean text");
    CHECK(extra("a\nb") == "face: a label is not clean text");
    auto empty = sample_license();
    empty.face.push_back({.label = "附页", .key = "", .text = ""});
    CHECK(refusal(empty).code == Errc::draft_refused);
    CHECK(refusal(empty).context == "face.附页: an empty text");
    auto twice = sample_license();
    for (const char* text : {"2页", "3页"}) twice.face.push_back({.label = "附页", .key = "", .text = text});
    CHECK(refusal(twice).context == "face: a label is given twice");
}

TEST_CASE("Labels that the pack does not know may stand in any order") {
    auto license = sample_license();
    for (const char* label : {"附页", "说明", "备考"}) license.face.push_back({.label = label, .key = "", .text = "Q"});
    CHECK(read_claims(write_claims(license, sample_pack()).value())->extra_face.size() == 3);
    license.face.push_back({.label = "附页", .key = "", .text = "R"});  // apart from the first
    CHECK(refusal(license).context == "face: a label is given twice");
}

TEST_CASE("Sizes of claims have the names of keys, and of those that nobody knows the key") {
    const auto claims = test::changed(write_claims(sample_license(), sample_pack()).value(), [](cbor::Map& map) {
        for (const std::int64_t key : {0, 11, 12, 13, 20, -24}) test::put(map, key, std::int64_t{1});
        map.emplace_back(std::string("附页"), std::string("Q"));
    });
    std::vector<std::string> names;
    for (const auto& [name, size] : claim_sizes(claims, sample_pack())) names.push_back(name);
    const auto at = [&](const char* name) { return std::find(names.begin(), names.end(), name); };
    CHECK(at("status_list") < at("status_index"));  // of one size: in the order of their keys
    for (const char* name : {"pack", "status_index", "key 0", "key 13", "key 20", "key -24", "附页", "类别"}) {
        CAPTURE(name);
        CHECK(std::count(names.begin(), names.end(), name) == 1);
    }
}
