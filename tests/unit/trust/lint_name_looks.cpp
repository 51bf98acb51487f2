#include <catch2/catch.hpp>

#include "trust/lint_names.h"

using namespace elic;

TEST_CASE("Case does not count in Latin, Greek and Cyrillic letters, and what is beside them stays") {
    const std::pair<const char*, const char*> cases[] = {
        {"@AMZ`", "@amz`"},
        {"az09", "az09"},                        // ASCII
        {"\u0390ΑΜΩ\u03AA", "\u0390αμω\u03AA"},  // Greek
        {"\u03FFЀЉЏАЖЯа", "\u03FFѐљџажяа"},      // Cyrillic
        {"示例市", "示例市"},
    };
    for (const auto& [name, plain] : cases) CHECK(plain_name(name) == plain);
}

TEST_CASE("Blanks of every kind and the width of letters and brackets do not count") {
    CHECK(plain_name("示 例\u00A0市　局") == "示例市局");
    CHECK(plain_name("Ａ（b）") == "a(b)");
    CHECK(plain_name("a\u2000b\u2005c\u200Ad") == "abcd");
    CHECK(plain_name("a\u1FFEb\u200Bc") == "a\u1FFEb\u200Bc");
}

TEST_CASE("What looks alike has one look: the first of its group") {
    const std::pair<const char*, const char*> cases[] = {
        {"示例市往房", "示例市住房"},  // two ideographs drawn alike
        {"示例市住房", "示例市住房"},  //
        {"0O〇", "ooo"},               // zero, letter, ideograph
        {"示⼈0局", "示人o局"},        // a radical form in the middle: only it is replaced
        {"⼈示", "人示"},              //
        {"示例⼈", "示例人"},          //
        {"住\u200B建 局", "住建局"},   // what is not seen
        {"\u200B", ""},
    };
    for (const auto& [name, look] : cases) {
        CAPTURE(name);
        CHECK(look_of(name) == look);
    }
}
