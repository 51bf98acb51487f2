#include <catch2/catch.hpp>

#include "unit/verify/license_world.h"

using namespace elic;

namespace {

std::string family(const std::string& text) { return std::string(name_foreign_code(text).family); }

}  // namespace

TEST_CASE("Digits of a payment code have its length and its first two digits") {
    CHECK(family("100000000000000001") == "payment");
    CHECK(family("150000000000000001") == "payment");
    CHECK(family("090000000000000001") == "digits");
    CHECK(family("160000000000000001") == "digits");
    CHECK(family("2500000000000001") == "payment");
    CHECK(family("3000000000000001") == "payment");
    CHECK(family("2400000000000001") == "digits");
    CHECK(family("3100000000000001") == "digits");
    CHECK(family("280000000000001") == "digits");
    CHECK(family("281234567890123456789") == "payment");
    CHECK(family("280000000000000000000001") == "payment");
    CHECK(family("2800000000000000000000001") == "digits");
}

TEST_CASE("An article number has one of four lengths and a check digit that holds") {
    CHECK(family("036000291452") == "article");
    CHECK(family("00012345600012") == "article");
    CHECK(family("036000291453") == "digits");
    CHECK(family("12345678905") == "digits");  // its check holds, but nobody has eleven digits
    CHECK(family("abcdefghij") == "text");     // ten characters, but no digits
}

TEST_CASE("Digits are a code of a person or a body only when its check holds") {
    CHECK(family("430199199001010015") == "citizen-number");
    CHECK(family("430199199001010014") == "digits");
    CHECK(family("914301990000000061") == "digits");
    CHECK(family("111000000000000000001") == "digits");
    auto damaged = office_code().text();
    damaged.back() = damaged.back() == 'A' ? 'B' : 'A';
    CHECK(family(damaged) == "uscc");  // letters too: nothing else looks like it
    CHECK(family("D2143569X") == "organisation-code");
    CHECK(family("D21435691") == "opaque-token");
}

TEST_CASE("An identifier with fields begins with an identifier, or has two dollar signs") {
    CHECK(family("1.2.156.3003.2.11.20160101120000123.01.5") == "license-identifier");
    CHECK(family("1.2.156.3003.2.11.20160101120000123.01.5&43") == "identifier-with-fields");
    CHECK(family("a$b$c") == "identifier-with-fields");
    CHECK(family("a$b") == "text");
    CHECK(family("$a$b$c") == "text");
    const std::string identifier = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U&";
    CHECK(family(identifier + std::string(200 - identifier.size(), '4')) == "identifier-with-fields");
    CHECK(family(identifier + std::string(201 - identifier.size(), '4')) == "text");
}

TEST_CASE("What is encrypted or a token is told by its characters and its length") {
    CHECK(family("0123456789abcdefabcd") == "encrypted");
    CHECK(family("0123456789abcdefabc") == "opaque-token");
    CHECK(family(std::string(40, 'z')) == "encrypted");
    CHECK(family(std::string(39, 'z')) == "opaque-token");
    CHECK(family("Ab3dEf9hIj2") == "text");
    CHECK(family("abcdef") == "text");
}

TEST_CASE("A part of a seal is told by its outermost values, and nothing beyond its end is looked at") {
    // The second value would begin at the last byte, or behind it.
    const std::string header(
        "\x16\x02"
        "ES\x02\x01",
        6);
    for (const std::size_t size : {10U, 11U, 12U, 20U}) {
        for (const std::size_t second : {size - 3, size - 2, size - 1, size, size + 1}) {
            std::string text("\x30\x00", 2);
            text[1] = static_cast<char>(0x80 | (second - 2));
            text += header;
            text.resize(size, '\0');
            CAPTURE(size, second);
            CHECK(family(text) == "electronic-seal");
        }
    }
}
