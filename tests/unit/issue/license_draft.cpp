#include "elic/issue/license_draft.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "codec/json.h"

using namespace elic;

namespace {

// Invented holder; the codes' check characters hold.
Json nested() {
    return read_json(R"({"type":"11100000000013338W011","request":"R1","number":"湘建安B(2026)9900001",
        "holders":[{"name":"张样例","code_type":"111","code":"430199198502280019"}],
        "issued_on":"2026-03-01","valid_from":"2026-03-01","valid_until":"2029-02-28",
        "face":{"岗位类别":"项目负责人","职务":"经理"},"serial":"20269900001",
        "previous":null})")
        .value();
}

Json flat() {
    return read_json(R"({"ZZLXDM":"11100000000013338W011","request":"R1","ZZBH":"湘建安B(2026)9900001","ZZMC":"证书",
        "CZZT":"张样例","CZZTDM":"430199198502280019","CZZTDMLXDM":"111","CZZTDMLX":"公民身份号码",
        "ZZBFRQ":"2026年3月1日","ZZYXQQSRQ":"20260301","ZZYXQJZRQ":"2029/2/28",
        "ZZBFJG":"示例局","ZZBFJGDM":"11430199MB00TX017C","AGRYLB":"项目负责人","ZW":""})")
        .value();
}

std::vector<std::string> faults_of(const std::string& text) {
    const auto reading = read_license_draft(text);
    CHECK_FALSE(reading.draft);
    std::vector<std::string> faults;
    for (const auto& fault : reading.faults) {
        CHECK_FALSE(fault.mend.empty());
        faults.push_back(fault.field + " " + fault.rule);
    }
    return faults;
}

std::vector<std::string> faults_of(const Json& json) { return faults_of(write_json(json)); }

using Faults = std::vector<std::string>;

}  // namespace

TEST_CASE("A nested draft is read whole") {
    const auto reading = read_license_draft(write_json(nested()));
    REQUIRE(reading.draft);
    CHECK(reading.faults.empty());
    const auto& draft = *reading.draft;
    CHECK(draft.type.text() == "11100000000013338W011");
    CHECK(draft.request == "R1");
    CHECK(draft.number == "湘建安B(2026)9900001");
    REQUIRE(draft.holders.size() == 1);
    CHECK(draft.holders[0].name == "张样例");
    CHECK(draft.holders[0].code_type.text() == "111");
    CHECK(draft.holders[0].code == "430199198502280019");
    CHECK(draft.issued_on.format() == "2026-03-01");
    CHECK(draft.validity.form == ValidityForm::until);
    CHECK(draft.validity.valid_from.format() == "2026-03-01");
    CHECK(draft.validity.valid_until->format() == "2029-02-28");
    CHECK(draft.face.size() == 2);
    CHECK(draft.serial == "20269900001");
    CHECK_FALSE(draft.previous);
    CHECK_FALSE(draft.issuer_code);
}

TEST_CASE("The flat national form says the same, with its dates in any of their forms") {
    const auto reading = read_license_draft(write_json(flat()));
    REQUIRE(reading.draft);
    const auto& draft = *reading.draft;
    CHECK(draft.number == "湘建安B(2026)9900001");
    REQUIRE(draft.holders.size() == 1);
    CHECK(draft.holders[0].code_type.is_citizen_id());
    CHECK(draft.issued_on.format() == "2026-03-01");
    CHECK(draft.validity.valid_from.format() == "2026-03-01");
    CHECK(draft.validity.valid_until->format() == "2029-02-28");
    CHECK(draft.face == std::vector<std::pair<std::string, std::string>>{{"AGRYLB", "项目负责人"}});
    CHECK(draft.issuer_code == "11430199MB00TX017C");
    CHECK(draft.issuer_name == "示例局");
    CHECK(draft.license_name == "证书");
}

TEST_CASE("The flat form lists several holders in one text or in arrays") {
    auto json = flat();
    json["CZZT"] = "周试用、赵演示";
    json["CZZTDM"] = "430199198502280019^43019919900315002X";
    auto reading = read_license_draft(write_json(json));
    REQUIRE(reading.draft);
    REQUIRE(reading.draft->holders.size() == 2);
    CHECK(reading.draft->holders[1].name == "赵演示");
    CHECK(reading.draft->holders[1].code == "43019919900315002X");
    CHECK(reading.draft->holders[1].code_type.text() == "111");  // said once for both

    json["CZZT"] = Json::array({"周试用", "赵演示"});
    json["CZZTDM"] = Json::array({"430199198502280019", "43019919900315002X"});
    json["CZZTDMLXDM"] = Json::array({"111", "414"});
    reading = read_license_draft(write_json(json));
    REQUIRE(reading.draft);
    CHECK(reading.draft->holders[1].code_type.text() == "414");

    json["CZZT"] = "周试用";
    CHECK(faults_of(json) == Faults{"CZZT form"});
}

TEST_CASE("An identifier in the flat form gives the serial") {
    auto json = flat();
    const auto id = LicenseId::make(LicenseTypeCode::parse("11100000000013338W011").value(),
                                    Uscc::parse("11430199MB00TX017C").value(), "20269900001", 1);
    json["ZZBS"] = id->text();
    const auto reading = read_license_draft(write_json(json));
    REQUIRE(reading.draft);
    CHECK(reading.draft->serial == "20269900001");

    json["ZZBS"] = id->text().substr(0, id->text().size() - 1) + "!";
    CHECK(faults_of(json) == Faults{"ZZBS identifier"});
    json["ZZBS"] = LicenseId::make(id->type(), id->issuer(), id->serial(), 2)->text();
    CHECK(faults_of(json) == Faults{"ZZBS revision"});
}

TEST_CASE("Validity may have no end, be long-term, or be left out") {
    auto json = nested();
    for (const auto* text : {"长期", "long-term", "9999-12-31"}) {
        INFO(text);
        json["valid_until"] = text;
        const auto reading = read_license_draft(write_json(json));
        REQUIRE(reading.draft);
        CHECK(reading.draft->validity.form == ValidityForm::long_term);
        CHECK_FALSE(reading.draft->validity.valid_until);
    }
    json.erase("valid_until");
    json.erase("valid_from");
    const auto reading = read_license_draft(write_json(json));
    REQUIRE(reading.draft);
    CHECK(reading.draft->validity.form == ValidityForm::none);
    CHECK(reading.draft->validity.valid_from == reading.draft->issued_on);
}

TEST_CASE("Every rule of reading is named with its field") {
    CHECK(faults_of(std::string("{")) == Faults{" json"});
    CHECK(faults_of(std::string("[]")) == Faults{" json"});
    CHECK(faults_of(std::string(2 << 20, ' ')) == Faults{" json"});
    CHECK(faults_of(std::string(R"({"type":"a","type":"b"})")) == Faults{" json"});  // a name given twice

    const auto without = [](const char* name) {
        auto json = nested();
        json.erase(name);
        return faults_of(json);
    };
    CHECK(without("type") == Faults{"type required"});
    CHECK(without("request") == Faults{"request required"});
    CHECK(without("issued_on") == Faults{"issued_on required"});
    CHECK(without("holders") == Faults{"holders required"});

    const auto with = [](const char* name, const Json& value) {
        auto json = nested();
        json[name] = value;
        return faults_of(json);
    };
    CHECK(with("type", "123") == Faults{"type type-code"});
    CHECK(with("type", Json::array()) == Faults{"type form", "type required"});
    CHECK(with("request", std::string(201, 'r')) == Faults{"request length"});
    CHECK(with("issued_on", "2026-02-30") == Faults{"issued_on date"});
    CHECK(with("valid_from", "soon") == Faults{"valid_from date"});
    CHECK(with("valid_until", "2029-13-01") == Faults{"valid_until date"});
    CHECK(with("previous", "1.2.3") == Faults{"previous identifier"});
    CHECK(with("color", "red") == Faults{"color unknown"});
    CHECK(with("face", "x") == Faults{"face form"});
    CHECK(with("face", {{"职务", 1.5}}) == Faults{"face.职务 form"});
    CHECK(with("holder", Json::object()) == Faults{"holders required"});
    CHECK(with("holders", Json::array()) == Faults{"holders required"});
    CHECK(with("holders", "x") == Faults{"holders form"});
    CHECK(with("holders", {"x"}) == Faults{"holders[0] form"});
    CHECK(with("holders", {{{"name", "甲"}, {"code_type", "111"}}}) == Faults{"holders[0].code required"});
    CHECK(with("holders", {{{"code", "1"}, {"code_type", "111"}}}) == Faults{"holders[0].name required"});
    CHECK(with("holders", {{{"name", "甲"}, {"code", "1"}}}) == Faults{"holders[0].code_type code-type"});
    CHECK(with("holders", {{{"name", "甲"}, {"code", "1"}, {"code_type", "111"}, {"age", 3}}}) ==
          Faults{"holders[0].age unknown"});
}

TEST_CASE("Forbidden characters are refused with their place") {
    auto json = nested();
    json["face"]["职务"] = "经理\u200B";
    json["holders"][0]["name"] = "张\u202E样例";
    json["number"] = "1\n2";
    const auto reading = read_license_draft(write_json(json));
    CHECK_FALSE(reading.draft);
    REQUIRE(reading.faults.size() >= 3);
    const std::pair<std::string, std::string> places[] = {
        {"face.职务", "character 3"}, {"holders[0].name", "character 2"}, {"number", "character 2"}};
    for (const auto& place : places) {
        INFO(place.first);
        const auto found = std::find_if(reading.faults.begin(), reading.faults.end(), [&](const DraftFault& fault) {
            return fault.field == place.first && fault.rule == "characters";
        });
        REQUIRE(found != reading.faults.end());
        CHECK_THAT(found->mend, Catch::Contains(place.second));
    }
}

TEST_CASE("Text is brought to NFC, and what is then forbidden is still refused") {
    auto json = nested();
    json["face"]["职务"] = "Cafe\u0301";
    const auto reading = read_license_draft(write_json(json));
    REQUIRE(reading.draft);
    CHECK(reading.draft->face[1] == std::pair<std::string, std::string>("职务", "Caf\u00E9"));
    json["face"]["职务"] = "e\u0301\u200B";
    CHECK(faults_of(json) == Faults{"face.职务 characters"});
}

TEST_CASE("A name from the input is escaped where it is told") {
    auto json = nested();
    json["a\u202Eb"] = "x";
    CHECK(faults_of(json) == Faults{"a\\u{202E}b unknown"});
}

TEST_CASE("All faults are told at once") {
    CHECK(faults_of(std::string(R"({"type":"1","color":1,"issued_on":"x","holder":{"name":"甲"}})")) ==
          Faults{"color unknown", "type type-code", "request required", "issued_on date", "holders[0].code required",
                 "holders[0].code_type code-type"});
}

TEST_CASE("Numbers that are integers are texts; lists are joined") {
    auto json = nested();
    json["face"]["职务"] = 12;
    json["face"]["岗位类别"] = Json::array({"甲", "乙"});
    const auto reading = read_license_draft(write_json(json));
    REQUIRE(reading.draft);
    CHECK(std::find(reading.draft->face.begin(), reading.draft->face.end(),
                    std::pair<std::string, std::string>("职务", "12")) != reading.draft->face.end());
    CHECK(std::find(reading.draft->face.begin(), reading.draft->face.end(),
                    std::pair<std::string, std::string>("岗位类别", "甲；乙")) != reading.draft->face.end());
}
