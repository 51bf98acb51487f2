#include <catch2/catch.hpp>

#include "issue/built_license.h"
#include "issue/office_fixture.h"

using namespace elic;

namespace {

const Uscc issuer = Uscc::parse("11430199MB00TX017C").value();
const std::string issuer_name = "示例省政务服务局（测试）";
const Timestamp now = time_at("2026-11-23T10:00:00+08:00");

BuiltLicense build(const Json& json) {
    const auto draft = draft_of(json);
    const auto pack = TypePacks::builtin().load_newest(draft.type).value();
    return build_license(draft, {.pack = *pack, .issuer = issuer, .issuer_name = issuer_name, .now = now});
}

Faults faults_of(const Json& json) {
    const auto built = build(json);
    Faults faults;
    for (const auto& fault : built.faults) {
        CHECK_FALSE(fault.mend.empty());
        faults.push_back(fault.field + " " + fault.rule);
    }
    CHECK(built.license.has_value() == faults.empty());
    return faults;
}

std::string face_text(const BuiltLicense& built, const std::string& label) {
    for (const auto& field : built.license->face) {
        if (field.label == label) return field.text;
    }
    return {};
}

}  // namespace

TEST_CASE("Every sample fits its type") {
    REQUIRE(sample_names().size() >= 16);
    for (const auto& name : sample_names()) {
        INFO(name);
        const auto built = build(sample(name));
        for (const auto& fault : built.faults) UNSCOPED_INFO(fault.field << ": " << fault.rule << ": " << fault.mend);
        REQUIRE(built.license);
        CHECK_FALSE(built.content.empty());
        CHECK_FALSE(built.license->license_name.empty());
        CHECK(built.license->issuing_authority_name == issuer_name);
    }
}

TEST_CASE("Items that derive are filled in, and leaving them out says the same") {
    const auto whole = build(sample("construction-safety"));
    auto short_form = sample("construction-safety");
    for (const auto* label : {"姓名", "性别", "出生年月", "身份证件号码"}) short_form["face"].erase(label);
    const auto built = build(short_form);
    REQUIRE(whole.license);
    REQUIRE(built.license);
    CHECK(face_text(built, "姓名") == "张样例");
    CHECK(face_text(built, "性别") == "男");
    CHECK(built.license->face == whole.license->face);
    CHECK(built.content == whole.content);
}

TEST_CASE("The nested and the flat form of a license have the same content") {
    const auto json = sample("construction-safety");
    Json flat{{"ZZLXDM", json["type"]},
              {"request", json["request"]},
              {"ZZBH", json["number"]},
              {"CZZT", json["holders"][0]["name"]},
              {"CZZTDM", json["holders"][0]["code"]},
              {"CZZTDMLXDM", json["holders"][0]["code_type"]},
              {"ZZBFRQ", "2026年03月01日"},
              {"ZZYXQQSRQ", "20260301"},
              {"ZZYXQJZRQ", "2029.02.28"},
              {"ZZBFJG", issuer_name},
              {"ZZBFJGDM", issuer.text()}};
    for (const auto& [label, text] : json["face"].items()) flat[label] = text;
    const auto built = build(flat);
    REQUIRE(built.license);
    CHECK(built.content == build(json).content);
}

TEST_CASE("The serial and the area come out of the number") {
    const auto built = build(sample("construction-permit"));
    REQUIRE(built.license);
    CHECK(built.license->number == "430199202603010101");
    CHECK(built.serial == "2026030101");
    CHECK(built.area == "430199");
}

TEST_CASE("A number that the type can rebuild may be left out") {
    auto json = sample("business-license");
    json.erase("number");
    const auto built = build(json);
    REQUIRE(built.license);
    CHECK(built.license->number == "91430199MA00EX038A");  // the holder's code
    auto other = sample("construction-safety");
    other.erase("number");
    CHECK(faults_of(other) == Faults{"number required"});
}

TEST_CASE("Each rule of a type is named with its field") {
    const auto with = [](const std::string& name, const std::function<void(Json&)>& change) {
        auto json = sample(name);
        change(json);
        return faults_of(json);
    };
    const std::string safety = "construction-safety";
    CHECK(with(safety, [](Json& j) { j["holders"].push_back(j["holders"][0]); })[0] == "holders count");
    CHECK(with("construction-safety-permit", [](Json& j) { j["holders"][0]["code"] = "91430199MA00EX038B"; })[0] ==
          "holders[0].code check");
    CHECK(with(safety, [](Json& j) { j["holders"][0]["code"] = "430199********0019"; })[0] == "holders[0].code masked");
    CHECK(with(safety, [](Json& j) { j["holders"][0]["name"] = std::string(101, 'x'); })[0] ==
          "holders[0].name length");
    CHECK(with("construction-safety-permit", [](Json& j) { j["holders"][0]["code_type"] = "111"; }) ==
          Faults{"holders[0].code check", "holders[0].code_type code-type"});
    CHECK(with("hazchem-operation", [](Json& j) { j["holders"][0]["code_type"] = "099"; })[0] ==
          "holders[0].code_type code-type");
    CHECK(with(safety, [](Json& j) { j["valid_until"] = "长期"; })[0] == "valid_until validity");
    CHECK(with(safety, [](Json& j) { j.erase("valid_until"); })[0] == "valid_until validity");
    CHECK(with(safety, [](Json& j) { j["valid_until"] = "2026-02-28"; }) == Faults{"valid_until order"});
    CHECK(with(safety, [](Json& j) { j["valid_until"] = "2026-11-22"; }) == Faults{"valid_until past"});
    CHECK(with(safety, [](Json& j) { j["issued_on"] = "2026-11-24"; })[0] == "issued_on future");
    CHECK(with(safety, [](Json& j) { j["serial"] = "a b"; }) == Faults{"serial characters"});
    CHECK(with(safety, [](Json& j) { j["serial"] = "20269900002"; }) == Faults{"number pattern"});
    CHECK(with(safety, [](Json& j) { j["number"] = "湘建安X(2026)9900001"; })[0] == "number pattern");
    CHECK(with(safety, [](Json& j) { j["number"] = "湘建安C(2026)9900001"; })[0] ==
          "number pattern");  // the face says B
    CHECK(with("food-operation", [](Json& j) { j["number"] = "JY24301999900011"; })[0] ==
          "number pattern");  // check digit
    CHECK(with(safety, [](Json& j) { j["face"]["颜色"] = "红"; }) == Faults{"face.颜色 unknown"});
    CHECK(with(safety, [](Json& j) { j["face"]["AGRYLB"] = "项目负责人"; }) == Faults{"face.岗位类别 repeated"});
    CHECK(with(safety, [](Json& j) { j["face"]["岗位类别"] = "厨师"; }).back() == "face.岗位类别 value");
    CHECK(with(safety, [](Json& j) { j["face"].erase("岗位类别"); }).back() == "face.岗位类别 required");
    CHECK(with(safety, [](Json& j) { j["face"]["职务"] = std::string(3000, 'x'); }) == Faults{"face.职务 length"});
    CHECK(with(safety, [](Json& j) { j["face"]["照片"] = "portrait.jpg"; }) == Faults{"face.照片 image"});
    CHECK(with(safety, [](Json& j) { j["face"]["企业统一社会信用代码"] = "91430199MA00EX011K"; }) ==
          Faults{"face.企业统一社会信用代码 value"});
}

TEST_CASE("What a draft says of the issuer must be what the trust list says") {
    const auto json = sample("construction-safety");
    auto draft = draft_of(json);
    draft.issuer_code = "11430199MB00TX0255";
    draft.issuer_name = "另一个局";
    draft.license_name = "另一种证";
    const auto pack = TypePacks::builtin().load_newest(draft.type).value();
    const auto built = build_license(draft, {.pack = *pack, .issuer = issuer, .issuer_name = issuer_name, .now = now});
    Faults faults;
    for (const auto& fault : built.faults) faults.push_back(fault.field + " " + fault.rule);
    CHECK(faults == Faults{"ZZBFJGDM issuer", "ZZBFJG issuer", "ZZMC name"});
}

TEST_CASE("A picture's digest is taken; a wrong one is not") {
    auto json = sample("construction-safety");
    const std::string digits(64, 'a');
    json["face"]["照片"] = "sm3:" + digits;
    const auto built = build(json);
    REQUIRE(built.license);
    const auto photo = std::find_if(built.license->face.begin(), built.license->face.end(),
                                    [](const auto& f) { return f.label == "照片"; });
    REQUIRE(photo != built.license->face.end());
    CHECK(photo->carried == Carried::digest);
    CHECK(photo->digest == Bytes(32, 0xAA));
    CHECK_THAT(built.content, Catch::Contains("sm3:" + digits));
    for (const auto& text : {std::string("sm3:"), "sm3:" + digits + "aa", digits, "sm3:" + std::string(64, 'g')}) {
        json["face"]["照片"] = text;
        CHECK(faults_of(json) == Faults{"face.照片 image"});
    }
}

TEST_CASE("Look-alikes and unusual periods are warned of, not refused") {
    auto json = sample("construction-safety");
    json["holders"][0]["name"] = "张\u2F00样例";  // KANGXI RADICAL ONE for 一
    json["face"]["姓名"] = "张\u2F00样例";
    json["face"]["职务"] = "\uFF21级";  // full-width A
    json["valid_until"] = "2036-02-28";
    const auto built = build(json);
    REQUIRE(built.license);
    std::string all;
    for (const auto& warning : built.warnings) all += warning + "\n";
    CHECK_THAT(all, Catch::Contains("holders[0].name: character 2"));
    CHECK_THAT(all, Catch::Contains("face.职务: character 1"));
    CHECK_THAT(all, Catch::Contains("valid_until: the type is usually valid for 3 years"));
    CHECK(build(sample("construction-safety")).warnings.empty());
}

TEST_CASE("Faults of holder, dates, number and face are told together") {
    auto json = sample("construction-safety");
    json["valid_until"] = "长期";
    json["number"] = "x";
    json["face"]["颜色"] = "红";
    CHECK(faults_of(json).size() >= 3);
}
