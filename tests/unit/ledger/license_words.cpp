#include "ledger/license_words.h"

#include <catch2/catch.hpp>
#include <string>

using namespace elic;

namespace {

std::string words(std::string_view license) {
    const auto read = plain_license_words(license);
    if (!read) return "otherwise";
    std::string text(read->number);
    for (const auto code : read->codes) text += "," + std::string(code);
    return text;
}

}  // namespace

TEST_CASE("What a license is looked up by is read off its JSON") {
    CHECK(words(R"({"number":"N1","holders":[{"name":"a","code":"11"},{"code":"22"}],"face":[]})") == "N1,11,22");
    CHECK(words(R"({"number":"","holders":[{"code":""},{"code":"22"},{"code":"22"}]})") == ",22");
    CHECK(words(R"({"holders":[],"n":-12,"t":true,"f":false,"z":null,"o":{}})").empty());
    CHECK(words("{}").empty());
    // Only the license's own number, and only codes of holders.
    CHECK(words(R"({"issuing_authority":{"code":"33","number":"N2"},"code":"44","face":[{"number":"N3"}]})").empty());
    CHECK(words(R"({"holders":[{"agent":{"code":"55"}}]})") == ",55");
}

TEST_CASE("JSON that is written otherwise, and what is no JSON, is left to the long way") {
    for (const char* text : {"",
                             "{",
                             "{}x",
                             "[]",
                             "x",
                             R"({"number":12})",
                             R"({"number":"N\u0031"})",
                             R"({ "number":"N1"})",
                             R"({"number":"N1","number":"N2"})",
                             R"({"holders":[],"holders":[]})",
                             R"({"holders":[{"code":1}]})",
                             R"({"a":1.5})",
                             R"({"a":01})",
                             R"({"a":-})",
                             R"({"a":tru})",
                             R"({"a":"1)",
                             R"({"a":[1,]})",
                             R"({"a":1,})",
                             R"({"a" :1})",
                             R"({"num\u0062er":"N1"})",
                             "{\"a\":\"\n\"}",
                             R"({"number":null})"}) {
        CAPTURE(text);
        CHECK(words(text) == "otherwise");
    }
    std::string many;  // holders: each code would be compared with all before it
    for (int i = 0; i < 65; ++i) many += std::string(i == 0 ? "" : ",") + R"({"code":")" + std::to_string(i) + R"("})";
    CHECK(words(R"({"holders":[)" + many + "]}") == "otherwise");
    CHECK(words(R"({"holders":[)" + many.substr(0, many.rfind(',')) + "]}") != "otherwise");
    std::string deep;
    for (int i = 0; i < 40; ++i) deep += "[";
    CHECK(words("{\"a\":" + deep) == "otherwise");
}

TEST_CASE("A license cut anywhere is never read") {
    const std::string whole = R"({"id":"1","number":"N1","holders":[{"code":"11"}],"index":5,"test":true})";
    REQUIRE(words(whole) == "N1,11");
    for (std::size_t length = 0; length < whole.size(); ++length) {
        CHECK(words(std::string_view(whole).substr(0, length)) == "otherwise");
    }
}
