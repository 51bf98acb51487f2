#include <catch2/catch.hpp>

#include "unit/verify/license_world.h"

using namespace elic;

// Forms as the systems' own source code and public pages have them; values are invented.
TEST_CASE("Codes of others are named by family") {
    const std::vector<std::pair<const char*, std::string>> codes = {
        {"empty", ""},
        {"mohurd-url",
         "https://zlaq.mohurd.gov.cn/fwmh/middlepage.html?ID=0A1B&k=zz&certype=11100000000013338W011&province=430000"},
        {"mohurd-url", "HTTPS://ZLAQ.MOHURD.GOV.CN/x"},
        {"beijing-url", "http://zjw.beijing.gov.cn/cyry/exam/PersonnelFile/CertCheck.aspx?o=AAAA"},
        {"business-license-url", "http://hn.gsxt.gov.cn/%7B0123456789ABCDEF-1700000000000%7D"},
        {"business-license-url", "https://www.gsxt.gov.cn/"},
        {"provincial-url", "http://zwfw.example/epoint/erweimacommon.html?certguid=00000000-0000"},
        {"government-url", "https://zwfw.hunan.gov.cn/x"},
        {"url", "https://example.com/a"},
        {"url", "http://gov.cn.example.com/"},
        {"payment", "wxp://f2f0example"},
        {"payment", "https://qr.alipay.com/fkx0example"},
        {"payment", "HTTPS://QR.ALIPAY.COM/FKX0EXAMPLE"},
        {"payment", "134567890123456789"},
        {"payment", "281234567890123456"},
        {"payment", "2812345678901234567890"},
        {"wechat-url", "https://mp.weixin.qq.com/s/x"},
        {"wechat-url", "weixin://dl/x"},
        {"license-identifier", "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"},
        {"license-identifier", "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.A"},
        {"identifier-with-fields",
         "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U&430102001001GB00001F00010001"},
        {"identifier-with-fields",
         "202600000001$430102001001GB00001F00010001$NO2026001$0123456789abcdef0123456789abcdef"},
        {"authorization-code", "20201223161845547AA0112031"},
        {"authorization-code", "20201223161845547AA0112031_4401002020000011QW"},
        {"authorization-code", "20201223161845547"},
        {"license-app-code",
         "440100202000001"
         "1QW"},
        {"license-app-code", "440300202000082VM3"},
        {"dynamic-token", "0123456789"},
        {"article", "6901234567892"},  // GS1 check: 6+3*9+0+3*1+2+3*3+4+3*5+6+3*7+8+3*9 = 128 -> 2
        {"article", "12345670"},       // GS1's own example of EAN-8
        {"citizen-number", a_citizen()},
        {"uscc", office_code().text()},
        {"license-type-code", "11100000000013338W011"},
        {"legal-document-identifier", "1.2.156.3005.6.1"},
        {"eu-health-certificate", "HC1:6BFOXN"},
        {"smart-health-card", "shc:/5676290952432060346029"},
        {"encrypted", "0123456789abcdef0123456789abcdef01"},
        {"encrypted", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5/+=="},
        {"opaque-token", "Ab3dEf9hIj2k"},
        {"opaque-token", "X7Q2"},
        {"digits", "123456"},
        {"digits", "6901234567893"},
        {"text", "姓名：张样例"},
        {"text", "hello world"},
        {"text", std::string("\xFF\xFE\x00", 3)},
        // The first bytes of a seal with a picture of 30 KB and of a small one, and of signed values of both forms.
        {"electronic-seal", std::string("\x30\x82\x7C\xBC\x30\x82\x7A\x89\x30\x0D\x16\x02"
                                        "ES\x02\x01\x04\x16",
                                        18)},
        {"electronic-seal", std::string("\x30\x40\x30\x30\x30\x0D\x16\x02"
                                        "ES\x02\x01\x01\x16",
                                        14)},
        {"seal-signature",
         std::string("\x30\x82\x34\xC3\x30\x82\x32\x3D\x02\x01\x04\x30\x82\x31\xDF\x30\x82\x2F\xA6\x30\x12\x16\x02"
                     "ES\x02\x01\x04",
                     28)},
        {"text", std::string("\x31\x40\x30\x30\x30\x0D\x16\x02"
                             "ES\x02\x01\x01\x16",
                             14)},
        {"text", std::string("\x30\x40\x30\x30\x30\x0D\x16\x02"
                             "ET\x02\x01\x01\x16",
                             14)},
    };
    for (const auto& [family, text] : codes) {
        CAPTURE(text);
        const auto code = name_foreign_code(text);
        CHECK(code.family == family);
        CHECK_FALSE(code.zh.empty());
        CHECK_FALSE(code.en.empty());
    }
}

TEST_CASE("A web address is judged by the host that a browser would open") {
    CHECK(name_foreign_code("https://zlaq.mohurd.gov.cn@example.com/x").family == "url");
    CHECK(name_foreign_code("https://zlaq.mohurd.gov.cn:pass@example.com/x").family == "url");
    CHECK(name_foreign_code("https://example.com\\.gov.cn/x").family == "url");
    CHECK(name_foreign_code("https://example.com/?u=zlaq.mohurd.gov.cn").family == "url");
    CHECK(name_foreign_code("https://fakegsxt.gov.cn/x").family == "government-url");
    CHECK(name_foreign_code("https://zlaq.mohurd.gov.cn:443/x").family == "mohurd-url");
    CHECK_THAT(name_foreign_code("https://user@evil.example/x").en, Catch::Contains("(evil.example)"));
    const auto hostile = name_foreign_code("https://a\x1b[31m\n" + std::string(1000, 'b') + "/");
    CHECK_THAT(hostile.en, !Catch::Contains("\x1b") && !Catch::Contains("\n"));
    CHECK(hostile.en.size() < 300);
}

TEST_CASE("A foreign code is never called forged, expired or ours") {
    auto world = make_world();
    const WrittenTrust written(world);
    for (const std::string text : {"https://example.com/", "6901234567892", "hello", "", "36", "369x"}) {
        CAPTURE(text);
        const auto report = verified(text, written, world.pins());
        CHECK(report.verdict() == Verdict::indeterminate);
        CHECK(has(report, FindingCode::code_foreign));
        CHECK_THAT(detail(report, FindingCode::code_foreign), Catch::Contains(name_foreign_code(text).family));
        CHECK(report.license() == nullptr);
    }
}
