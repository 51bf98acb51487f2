#include <catch2/catch.hpp>

#include "codec/json.h"

using namespace elic;

namespace {

Error refusal(std::string_view text) {
    const auto json = read_json(text);
    REQUIRE_FALSE(json);
    return json.error();
}

}  // namespace

TEST_CASE("JSON is read with its keys in their order") {
    const auto json = read_json("\xEF\xBB\xBF {\"b\": [1, -2, 2.5, true, null], \"a\": {\"名\": \"示例\\u8bc1\"}}\n");
    REQUIRE(json);
    CHECK(write_json(*json) == "{\"b\":[1,-2,2.5,true,null],\"a\":{\"名\":\"示例证\"}}");
    CHECK(*read_json("\"x\"") == "x");
    CHECK(read_json("[]")->is_array());
    CHECK(read_json("{}")->is_object());
    CHECK(read_json("[{\"a\":{}},{\"a\":[]}]"));
    CHECK(read_json("[[1,2],[3]]")->dump() == "[[1,2],[3]]");
}

TEST_CASE("JSON that is not JSON is refused with the offset") {
    for (const char* text :
         {"",       " ",         "{",       "[1,]",   "{\"a\":1,}", "{a:1}",    "{'a':1}",     "[1 2]",
          "01",     "1.",        ".5",      "+1",     "NaN",        "Infinity", "nul",         "\"a",
          "\"\n\"", "\"\\x41\"", "[1]x",    "[1][2]", "// c\n1",    "/* c */1", "\"\\ud800\"", "\"\\udc00\\ud800\"",
          "1e999",  "\xFF\xFE",  "\xEF\xBB"}) {
        INFO(text);
        const Error error = refusal(text);
        CHECK(error.code == Errc::malformed_json);
        CHECK(error.context.starts_with("offset "));
    }
    CHECK(refusal("{\"a\": tru}").context.starts_with("offset 9: syntax error while parsing value"));
    CHECK(refusal("[1").context ==
          "offset 2: syntax error while parsing array - unexpected end of input; expected ']'");
    CHECK(refusal("[1 2]").context ==
          "offset 3: syntax error while parsing array - unexpected number literal; expected ']'");
}

TEST_CASE("JSON with a NUL is refused, not cut there") {
    CHECK(refusal(std::string_view("1\0{", 3)).context == "offset 1: a NUL character");
    CHECK(refusal(std::string_view("[\"a\0\"]", 6)).code == Errc::malformed_json);
}

TEST_CASE("JSON that is no UTF-8 is refused") {
    for (const char* text : {"\"\xFF\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"", "\"\xE4\xB8\"", "{\"\x80\":1}"}) {
        CHECK(refusal(text).code == Errc::malformed_json);
    }
}

TEST_CASE("JSON errors do not repeat long or dirty input") {
    const Error error = refusal("[\"" + std::string(100000, 'x') + "\x01");
    CHECK(error.context.size() < 250);
    CHECK(error.context.find('\x01') == std::string::npos);
}

TEST_CASE("JSON with a repeated key is refused at any depth") {
    CHECK(refusal("{\"a\":1,\"a\":1}").context == "offset 9: the key \"a\" is repeated; keep one of them");
    CHECK(refusal("[{\"x\":{\"a\":1,\"b\":2,\"\\u0061\":3}}]").code == Errc::malformed_json);
    CHECK(read_json("{\"a\":{\"a\":{\"a\":1}}}"));
}

TEST_CASE("JSON integers that do not fit are refused, not rounded") {
    CHECK(read_json("18446744073709551615")->get<std::uint64_t>() == UINT64_MAX);
    CHECK(read_json("-9223372036854775808")->get<std::int64_t>() == INT64_MIN);
    CHECK(refusal("18446744073709551616").context == "offset 19: an integer is outside 64 bits");
    CHECK(refusal("-9223372036854775809").code == Errc::malformed_json);
}

TEST_CASE("JSON limits are errors of their own") {
    CHECK(read_json("[[1]]", 5, 2));
    CHECK(read_json("[[1]]", 4, 2).error().code == Errc::limit_exceeded);
    CHECK(read_json("[[1]]", 5, 1).error().code == Errc::limit_exceeded);
    CHECK(read_json("{\"a\":{}}", 100, 1).error().code == Errc::limit_exceeded);
    CHECK(refusal(std::string(1000000, '[')).code == Errc::limit_exceeded);
    CHECK(read_json("1", 1, 0));
}

TEST_CASE("A JSON object of many keys is read in linear time") {
    std::string text = "{";
    for (int i = 0; i < 200000; ++i) text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":" + std::to_string(i);
    text += "}";
    const auto json = read_json(text);  // quadratic would take minutes
    REQUIRE(json);
    CHECK(json->size() == 200000);
}
