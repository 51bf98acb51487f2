#include <catch2/catch.hpp>
#include <random>

#include "diagnosis_fixture.h"
#include "elic/license/license_id.h"

using namespace elic;

using Rules = std::vector<std::string>;

// Samples of interface descriptions, as the sources print them
TEST_CASE("Codes of other families are told apart by their form") {
    const std::tuple<const char*, CodeKind, const char*> cases[] = {
        {"4401002020000011QW", CodeKind::license_app_code, "form.license_app"},
        {"440300202000082VM3", CodeKind::license_app_code, "form.license_app"},
        {"32000020200018P0WR", CodeKind::license_app_code, "form.license_app"},
        {"20201223161845547AA0112031", CodeKind::authorization_code, "form.authorization"},
        {"20201223161845547AA0112031_4401002020000011QW", CodeKind::authorization_code, "form.authorization"},
        {"100005801000021135110000", CodeKind::unknown, "form.catalogue_code"},
        {"200023401726823604440113", CodeKind::unknown, "form.catalogue_code"},
        {"11100000000014154E1000629002001", CodeKind::unknown, "form.service_item"},
        {"1.2.156.3005.6-0123456789012345678901234567890", CodeKind::legal_document_id, "arc.legal_document"},
        {"1.2.156.3005.6.1", CodeKind::legal_document_id, "legal_document.length"},
        {"1.2.156.3003.2.11.20160101120000123.01.5", CodeKind::legacy_license_id, "root.pre_standard"},
        {"1.2.156.3003.2-11-20160101120000123-01-5", CodeKind::legacy_license_id, "root.pre_standard"},
        {"0111430000006122244L0143019919850228001 9V100000001", CodeKind::legacy_license_id, "form.2016"},
    };
    for (const auto& [text, kind, rule] : cases) {
        INFO(text);
        const auto diagnosis = diagnose(text);
        CHECK(diagnosis.kind == kind);
        CHECK_FALSE(diagnosis.well_formed);
        CHECK(has_rule(diagnosis, rule));
        CHECK(diagnosis.suggestion.empty());
    }
}

TEST_CASE("A pre-standard check character is the same with the root's digits and without") {
    const std::string content = "112016010112000012301";
    const std::string prefix = "1.2.156.3003.2.11.20160101120000123.01.";
    CHECK(has_rule(diagnose(prefix + mod_37_36_check(content)), "check.holds"));
    CHECK(mod_37_36_check("1215630032" + content) == mod_37_36_check(content));
    int unsettled = 0;
    for (const char c : std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        unsettled += has_rule(diagnose(prefix + c), "check.unsettled") ? 1 : 0;
    }
    CHECK(unsettled == 35);
}

TEST_CASE("What is no code is not called one") {
    for (const char* text :
         {"", " ", "hello", "1.2.156.10197.1.501", "1.2.156.3005", "https://www.example.cn/x", "示例",
          "ABCDEFGHIJKLMNOPQR", "ABCDEFGHI", "abcdefabcdefabcdefabc", "12345678901234567", "\xFF\xFE"}) {
        INFO(text);
        const auto diagnosis = diagnose(text);
        CHECK((diagnosis.kind == CodeKind::unknown || std::string_view(text).starts_with("1.2.156.3005")));
        CHECK_FALSE(diagnosis.well_formed);
        CHECK_FALSE(diagnosis.remarks.empty());
    }
    CHECK(rules_of("1143000000612224L") == Rules{"length.near"});
    CHECK(rules_of(std::string(4097, '1')) == Rules{"length"});
}

TEST_CASE("Messages hold no byte that a terminal would act on") {
    const auto diagnosis = diagnose("1.2.156.3005.2.11100000000013338W011.11430000006122244L.\x1B[31m\xFF.\x07.U");
    CHECK(has_rule(diagnosis, "serial.characters"));
    for (const auto& remark : diagnosis.remarks) {
        for (const char c : remark.en + remark.zh) CHECK(static_cast<unsigned char>(c) >= 0x20);
        CHECK(remark.en.find('\xFF') == std::string::npos);
    }
}

TEST_CASE("What a diagnosis suggests is well formed, and what it calls well formed parses") {
    // Random damage to codes of every kind, one to three places each.
    const std::string seeds[] = {"1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
                                 "91350100M000100Y43",
                                 "11010519491231002X",
                                 "430199198502280019",
                                 "11100000000013338W011",
                                 "D2143569-X",
                                 "20201223161845547AA0112031",
                                 "110105491231002"};
    const std::string characters = "0123456789ABCDOIZSVXx.-_ \xEF\xBC\x91";
    std::mt19937 random(3);
    int suggestions = 0;
    for (int i = 0; i < 20000; ++i) {
        auto text = seeds[random() % std::size(seeds)];
        for (auto places = 1 + random() % 3; places > 0; --places) {
            auto& place = text[random() % text.size()];
            if (random() % 3 == 0) {
                std::swap(place, text[random() % text.size()]);
            } else {
                place = characters[random() % characters.size()];
            }
        }
        const auto diagnosis = diagnose(text);
        INFO(text);
        REQUIRE((diagnosis.suggestion.empty() || diagnose(diagnosis.suggestion).well_formed));
        REQUIRE((diagnosis.suggestion.empty() || !diagnosis.well_formed));
        REQUIRE((diagnosis.well_formed || !diagnosis.remarks.empty()));
        REQUIRE(LicenseId::parse(text).has_value() ==
                (diagnosis.kind == CodeKind::license_id && diagnosis.well_formed));
        suggestions += diagnosis.suggestion.empty() ? 0 : 1;
    }
    CHECK(suggestions > 100);
}
