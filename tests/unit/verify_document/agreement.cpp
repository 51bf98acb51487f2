#include "verify/document/agreement.h"

#include <catch2/catch.hpp>

#include "unit/verify/license_world.h"

namespace elic {

namespace {

Metadata two_holders() {
    auto license = a_license();
    auto second = license.holders[0];
    second.name = "李样例";
    second.code = "4301************01";
    license.holders.push_back(second);
    return license;
}

}  // namespace

TEST_CASE("says_the_same compares metadata items by any of their names") {
    const auto license = a_license();
    for (const auto* name : {"ZZBH", "certificateNumber", "证照编号"})
        CHECK(says_the_same(license, name, "例4301020001"));
    CHECK(says_the_same(license, "ZZBH", " 例 ４３０１０２０００１\n") == true);
    CHECK(says_the_same(license, "ZZBH", "例4301020002") == false);
    CHECK(says_the_same(license, "ZZBS", license.id.text()) == true);
    CHECK(says_the_same(license, "ZZBFJGDM", license.id.issuer().text()) == true);
    CHECK(says_the_same(license, "ZZLXDM", license.id.type().text()) == true);
    CHECK(says_the_same(license, "CZZTDMLX", "公民身份号码") == true);
    CHECK(says_the_same(license, "CZZTDMLXDM", "001") == false);
    CHECK_FALSE(says_the_same(license, "ZZMC", "示例许可证"));  // this code does not carry it
    CHECK_FALSE(says_the_same(license, "nothing", "x"));
    CHECK_FALSE(says_the_same(license, "", "x"));
}

TEST_CASE("says_the_same reads dates in every form") {
    auto license = a_license();
    for (const auto* text : {"2026-11-20", "2026年11月20日", "20261120", "2026 年 11 月 20 日"}) {
        INFO(text);
        CHECK(says_the_same(license, "ZZBFRQ", text) == true);
    }
    CHECK(says_the_same(license, "ZZBFRQ", "2026-11-21") == false);
    CHECK(says_the_same(license, "ZZYXQJZRQ", "2029年11月19日") == true);
    CHECK(says_the_same(license, "ZZYXQJZRQ", "长期") == false);
    license.validity = {.form = ValidityForm::long_term, .valid_from = on("2026-11-20"), .valid_until = {}};
    CHECK(says_the_same(license, "ZZYXQJZRQ", "长期") == true);
    CHECK(says_the_same(license, "ZZYXQJZRQ", "2029-11-19") == false);
    license.validity.form = ValidityForm::none;
    CHECK(says_the_same(license, "ZZYXQJZRQ", "") == true);
    CHECK(says_the_same(license, "ZZYXQJZRQ", "2029-11-19") == false);
}

TEST_CASE("says_the_same compares several holders, masked codes by what they show") {
    const auto license = two_holders();
    for (const auto* text : {"张样例^李样例", "张样例、李样例", "张样例,李样例,"})
        CHECK(says_the_same(license, "CZZT", text) == true);
    for (const auto* text : {"张样例", "李样例^张样例", "张样例^李样例^王样例"}) {
        CHECK(says_the_same(license, "CZZT", text) == false);
    }
    CHECK(says_the_same(license, "CZZTDM", a_citizen() + "^430112345678901201") == true);
    CHECK(says_the_same(license, "CZZTDM", a_citizen() + "^430112345678901202") == false);
}

TEST_CASE("says_the_same takes a face field's key for a field, whatever else goes by that word") {
    auto license = a_license();
    license.license_name = "示例许可证";
    license.face.push_back({.label = "持证人", .key = "name", .text = "周试用"});
    license.face.push_back({.label = "事项", .key = "SX", .text = "", .carried = Carried::absent});
    license.face.push_back({.label = "发证日期", .key = "FZRQ", .text = "2026-11-20"});
    CHECK(says_the_same(license, "name", "周试用") == true);
    CHECK(says_the_same(license, "持证人", "别人") == false);
    CHECK(says_the_same(license, "FZRQ", "2026年11月20日") == true);
    CHECK_FALSE(says_the_same(license, "SX", "anything"));
    CHECK(says_the_same(license, "ZZMC", "示例许可证") == true);
}

}  // namespace elic
