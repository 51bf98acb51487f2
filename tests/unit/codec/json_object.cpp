#include <catch2/catch.hpp>

#include "codec/json.h"

using namespace elic;

namespace {
const Json sample = Json::parse(
    R"({"text":"示例","number":-5,"big":18446744073709551615,"flag":true,"list":["a","b"],"mixed":["a",1],"half":0.5,"none":null})");

JsonObject opened() { return JsonObject::open(sample, "holders[1]").value(); }
}  // namespace

TEST_CASE("JsonObject reads members of the right kind") {
    JsonObject object = opened();
    CHECK(object.place() == "holders[1]");
    CHECK(object.text("text").value() == "示例");
    CHECK(object.text_or("text", "x").value() == "示例");
    CHECK(object.text_or("absent", "x").value() == "x");
    CHECK(object.integer("number").value() == -5);
    CHECK(object.integer_or("number", 1).value() == -5);
    CHECK(object.integer_or("absent", 1).value() == 1);
    CHECK(object.boolean_or("flag", false).value());
    CHECK(object.boolean_or("absent", true).value());
    CHECK(object.texts("list").value() == std::vector<std::string>{"a", "b"});
    CHECK(object.texts("absent").value().empty());
    CHECK(object.has("none"));
    CHECK_FALSE(object.has("absent"));
    REQUIRE(object.member("none") != nullptr);
    CHECK(object.member("none")->is_null());
    CHECK(object.member("absent") == nullptr);
    CHECK(object.required("half").value()->is_number_float());
}

TEST_CASE("JsonObject names what is missing or of the wrong kind by its path") {
    JsonObject object = opened();
    CHECK(object.text("absent").error() == Error{Errc::malformed_json, "holders[1].absent: is missing"});
    CHECK(object.integer("absent").error().context == "holders[1].absent: is missing");
    CHECK(object.required("absent").error().context == "holders[1].absent: is missing");
    CHECK(object.text("number").error().context == "holders[1].number: a text is expected");
    CHECK(object.text_or("none", "x").error().context == "holders[1].none: a text is expected");
    CHECK(object.integer("half").error().context == "holders[1].half: an integer is expected");
    CHECK(object.integer("big").error().context == "holders[1].big: an integer is expected");
    CHECK(object.integer_or("text", 0).error().context == "holders[1].text: an integer is expected");
    CHECK(object.boolean_or("number", true).error().context == "holders[1].number: true or false is expected");
    CHECK(object.texts("mixed").error().context == "holders[1].mixed[1]: a text is expected");
    CHECK(object.texts("text").error().context == "holders[1].text: a list of texts is expected");
    CHECK(JsonObject::open(Json::array(), "place").error() ==
          Error{Errc::malformed_json, "place: an object is expected"});
}

TEST_CASE("JsonObject refuses the first key that nobody asked for") {
    const Json json = Json::parse(R"({"known":1,"\u001bodd":2,"other":3})");
    JsonObject object = JsonObject::open(json, "").value();
    CHECK(object.integer("known"));
    CHECK(object.finish().error() == Error{Errc::malformed_json, "\\u{001B}odd: is not known here"});
    object.member("\x1bodd");
    object.member("other");
    CHECK(object.finish());
}
