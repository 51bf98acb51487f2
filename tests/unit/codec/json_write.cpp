#include <catch2/catch.hpp>

#include "codec/json.h"

using namespace elic;

TEST_CASE("JSON is written compact or indented, characters kept") {
    Json json;
    json["名称"] = "示例\n";
    json["a"] = Json::array({1, true});
    CHECK(write_json(json) == "{\"名称\":\"示例\\n\",\"a\":[1,true]}");
    CHECK(write_json(json, true) == "{\n  \"名称\": \"示例\\n\",\n  \"a\": [\n    1,\n    true\n  ]\n}");
}

TEST_CASE("JSON with bytes that are no UTF-8 is written as UTF-8 all the same") {
    CHECK(write_json(Json("a\xFF")) == "\"a\uFFFD\"");
}
