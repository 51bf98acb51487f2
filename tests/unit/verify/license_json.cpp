#include "verify/license_json.h"

#include <catch2/catch.hpp>

#include "unit/verify/license_world.h"

using namespace elic;

TEST_CASE("A license as JSON has every member in its order") {
    auto license = a_license();
    license.license_name = "示例许可证";
    license.face = {{.label = "许可范围", .key = "XKFW", .text = "示例"},
                    {.label = "照片", .key = "", .text = "", .carried = Carried::digest, .digest = {0x0F, 0x1E}},
                    {.label = "证件号", .key = "", .text = "43**", .carried = Carried::masked},
                    {.label = "附记", .key = "", .text = "", .carried = Carried::absent}};
    const auto expected =
        R"({"id":")" + license.id.text() +
        R"(","type":"11100000000013338W991","name":"示例许可证","number":"例4301020001",)" +
        R"("issuing_authority":{"code":")" + office_code().text() + R"(","name":"示例市住房和城乡建设局"},)" +
        R"("holders":[{"name":"张样例","code_type":"111","code":")" + a_citizen() + R"("}],"issued_on":"2026-11-20",)" +
        R"("valid_from":"2026-11-20","valid_until":"2029-11-19","signed_at":"2026-11-20T09:30:00+08:00","revision":1,)" +
        R"("status":{"list":1,"index":42},"face":[{"label":"许可范围","key":"XKFW","text":"示例","carried":"value"},)" +
        R"({"label":"照片","key":"","text":"","carried":"digest","digest":"0f1e"},)" +
        R"({"label":"证件号","key":"","text":"43**","carried":"masked"},)" +
        R"({"label":"附记","key":"","text":"","carried":"absent"}]})";
    CHECK(write_json(license_json(license)) == expected);
}

TEST_CASE("Each form of validity has its own JSON") {
    auto license = a_license();
    license.validity = {.form = ValidityForm::long_term, .valid_from = on("2026-11-20"), .valid_until = {}};
    CHECK(license_json(license).at("valid_until") == "long-term");
    license.validity.form = ValidityForm::none;
    CHECK(license_json(license).at("valid_until").is_null());
}
