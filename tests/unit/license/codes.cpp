#include <catch2/catch.hpp>
#include <set>

#include "elic/license/area_code.h"
#include "elic/license/citizen_id.h"
#include "elic/license/date_forms.h"
#include "elic/license/diagnosis.h"
#include "elic/license/holder.h"
#include "elic/license/license_id.h"
#include "elic/license/metadata.h"

using namespace elic;

// Well-known numbers of food licenses whose last digit is ISO 7064 MOD 11,10 over the 13 digits before it (invented
// samples)
TEST_CASE("MOD 11,10 gives the last digit of food license numbers") {
    CHECK(mod_11_10_check("2430199990001") == '0');
    CHECK(mod_11_10_check("1044301999901") == '7');
    CHECK(mod_11_10_check("12a") == '\0');
}

TEST_CASE("Packed citizen numbers come back as they were, and out of range they are refused") {
    for (const char* text : {"430199198502280019", "43019919900315002X", "430199199206300040"}) {
        const auto id = CitizenId::parse(text);
        REQUIRE(id);
        REQUIRE(id->packs());
        CHECK(CitizenId::from_packed(id->packed())->text() == text);
    }
    CHECK_FALSE(CitizenId::from_packed(Bytes(5)));
    CHECK_FALSE(CitizenId::from_packed(Bytes(6, 255)));
    CHECK_FALSE(Uscc::from_packed(Bytes(9, 255)));
}

TEST_CASE("A diagnosis mends what can be mended and guesses nothing else") {
    CHECK(diagnose("9143O199MA00EX011J").suggestion == "91430199MA00EX011J");
    CHECK(diagnose("130503670401001").suggestion == "130503196704010016");
    CHECK(diagnose("11010519491231002x").suggestion == "11010519491231002X");
    CHECK(diagnose("110105194912310021").remarks.front().rule == "check.wrong");
    CHECK(diagnose("110105194913310021").kind == CodeKind::citizen_id);
}

TEST_CASE("An area contains what lies in it") {
    const auto area = [](const char* text) { return AreaCode::parse(text).value(); };
    CHECK(area("430000").contains(area("430102")));
    CHECK(area("000000").contains(area("430102")));
    CHECK_FALSE(area("430100").contains(area("430202")));
    CHECK_FALSE(area("430102").contains(area("430100")));
    CHECK(AreaCode::parse("430102000000")->text() == "430102");
    CHECK_FALSE(AreaCode::parse("990000"));
    CHECK_FALSE(AreaCode::parse("43010"));
}

TEST_CASE("Dates are read in every form seen in practice") {
    for (const char* text : {"2026-01-05", "20260105", "2026/1/5", "2026.1.5", "2026年1月5日", "２０２６-０１-０５",
                             "20260105093000", "2026-01-05 09:30:00", " 2026-01-05 ", "1767542400000"}) {
        INFO(text);
        REQUIRE(read_plain_date(text));
        CHECK(read_plain_date(text)->format() == "2026-01-05");
    }
    for (const char* text : {"long-term", "长期", "永久", "9999-12-31", "9999-12-30"})
        CHECK(std::holds_alternative<LongTerm>(read_date(text).value()));
    for (const char* text : {"", "2026-13-01", "2026-02-30", "tomorrow", "45296", "2026-1", "长"})
        CHECK_FALSE(read_date(text));
    CHECK_FALSE(read_plain_date("长期"));
}

TEST_CASE("Holder codes are checked by their type, and masks hide what they hide") {
    const auto type = [](const char* text) { return HolderCodeType::parse(text).value(); };
    CHECK(check_holder({"张样例", type("111"), "430199198502280019"}));
    CHECK_FALSE(check_holder({"张样例", type("111"), "430199198502280018"}));
    CHECK_FALSE(check_holder({"某公司", type("001"), "91430199MA00EX011K"}));
    CHECK(check_holder({"外宾", type("414"), "E00000001"}));
    CHECK_FALSE(HolderCodeType::parse("112"));
    CHECK(mask_code(type("111"), "430199198502280019") == "430199********0019");
    CHECK(mask_code(type("414"), "E12").find('*') != std::string::npos);
    CHECK(code_agrees("430199********0019", "４３０１９９１９８５０２２８００１９"));
    CHECK_FALSE(code_agrees("430199********0019", "430199198502280018"));
    CHECK_FALSE(code_agrees("******", "123456"));
    CHECK_FALSE(code_agrees("", ""));
}

TEST_CASE("The table of wire names has each name once") {
    std::set<std::string> names;
    for (const auto& row : wire_names()) {
        CHECK(names.insert(row.initials).second);
        CHECK(names.insert(row.english).second);
    }
    CHECK(names.count("ZZBS") == 1);
}
