#include "unit/trust/lint_reading.h"

using namespace elic;

namespace {

/// An object of a source, and what is said of it.
struct ReadObject {
    explicit ReadObject(const char* text, std::string place = "bodies[0]")
        : json(read_json(text).value()), reader(json, std::move(place), {"name", "from"}, faults) {}

    std::string said() { return lines_of(faults.take()); }

    Json json;
    LintFaults faults;
    LintObjectReader reader;
};

/// The mend of a key that is not known where these are.
std::string mend_of_key(const std::string& key, std::initializer_list<std::string_view> known) {
    Json json = Json::object();
    json[key] = 1;
    LintFaults faults;
    const LintObjectReader reader(json, "", known, faults);
    return faults.take().at(0).mend;
}

std::string mend_meaning(const std::string& key) { return "write \"" + key + "\" if that is meant, or remove it"; }

}  // namespace

TEST_CASE("The lint calls each kind of JSON value by a name") {
    for (const auto& [json, name] : {std::pair{Json(""), "a text"},
                                     {Json(1), "a number"},
                                     {Json(-1.5), "a number"},
                                     {Json(false), "true or false"},
                                     {Json(), "null"},
                                     {Json::array(), "a list"},
                                     {Json::object(), "an object"}}) {
        CHECK(type_name(json) == name);
    }
}

TEST_CASE("What is no object is told once, and nothing is missed in it") {
    ReadObject object("[]");
    CHECK_FALSE(object.reader.is_object());
    CHECK(object.reader.member("name") == nullptr);
    CHECK(object.reader.required("name") == nullptr);
    CHECK_FALSE(object.reader.text("name"));
    CHECK_FALSE(object.reader.integer("name"));
    CHECK(object.reader.texts("name").empty());
    CHECK(object.said() ==
          "error json.type bodies[0]: an object is expected, this is a list; write a value of the type that is "
          "expected\n");
}

TEST_CASE("A key that is not known is told with its place, known ones are not") {
    ReadObject object(R"({"name": "a", "extra": 1, "from": ""})");
    CHECK(object.reader.is_object());
    CHECK(object.said() ==
          "error json.unknown_key bodies[0].extra: the key 'extra' is not known here; correct its spelling or remove "
          "it\n");
    ReadObject top(R"({"extra": 1})", "");
    CHECK(top.said().starts_with("error json.unknown_key extra: "));
}

TEST_CASE("A key that is two letters or fewer away from a known one is taken for it") {
    const std::string none(kind_of(LintCode::json_unknown_key).mend);
    CHECK(mend_of_key("nam", {"name"}) == mend_meaning("name"));
    CHECK(mend_of_key("names", {"name"}) == mend_meaning("name"));
    CHECK(mend_of_key("mame", {"name"}) == mend_meaning("name"));
    CHECK(mend_of_key("form", {"from"}) == mend_meaning("from"));
    CHECK(mend_of_key("na", {"name"}) == mend_meaning("name"));
    CHECK(mend_of_key("n", {"name"}) == none);
    CHECK(mend_of_key("nameabc", {"name"}) == none);
    CHECK(mend_of_key("abcname", {"name"}) == none);
    CHECK(mend_of_key("nxyz", {"name"}) == none);
}

TEST_CASE("Of the known keys the nearest one is meant, of equally near ones the first") {
    CHECK(mend_of_key("packs", {"parts", "pack"}) == mend_meaning("pack"));
    CHECK(mend_of_key("ad", {"ab", "ac"}) == mend_meaning("ab"));
}

TEST_CASE("A key of more than forty letters is taken for no other") {
    const std::string longest(40, 'k');
    CHECK(mend_of_key(longest, {"a", longest + "k"}) == mend_meaning(longest + "k"));
    CHECK(mend_of_key(longest + "k", {"a", longest}) == std::string(kind_of(LintCode::json_unknown_key).mend));
}

TEST_CASE("A member that must be there is told when it is missing, and only then") {
    ReadObject object(R"({"name": "a"})");
    CHECK(object.reader.text("name") == "a");
    CHECK(object.reader.required("name") == &object.json["name"]);
    CHECK(object.reader.optional_text("from") == std::nullopt);
    CHECK(object.reader.member("from") == nullptr);
    CHECK(object.said().empty());
    CHECK_FALSE(object.reader.text("from"));
    CHECK(object.said() == "error json.missing_key bodies[0].from: \"from\" is missing; add it\n");
}

TEST_CASE("A member that is no text is told once; null is to be left out") {
    const std::string usual(kind_of(LintCode::json_type).mend);
    for (const auto& [text, line] :
         {std::pair{R"({"name": 1})", "a text is expected, this is a number; " + usual},
          {R"({"name": null})", std::string("a text is expected, this is null; leave the key out")}}) {
        ReadObject object(text);
        CHECK_FALSE(object.reader.text("name"));
        CHECK(object.said() == "error json.type bodies[0].name: " + line + "\n");
    }
}

TEST_CASE("The texts of a list are read, each with its place; what is no text is told and passed over") {
    ReadObject object(R"({"name": ["a", 1, "b"], "from": "c"})");
    const auto texts = object.reader.texts("name");
    REQUIRE(texts.size() == 2);
    CHECK((texts[0].text == "a" && texts[0].place == "bodies[0].name[0]"));
    CHECK((texts[1].text == "b" && texts[1].place == "bodies[0].name[2]"));
    CHECK(object.reader.texts("from").empty());
    CHECK(object.reader.items("since").empty());
    CHECK(object.said() ==
          "error json.type bodies[0].name[1]: a text is expected, this is a number; write a value of the type that is "
          "expected\n"
          "error json.type bodies[0].from: a list is expected, this is a text; put it into [ ]\n");
}

TEST_CASE("A whole number of 64 bits is read, any other value is told") {
    for (const auto value : {std::int64_t{0}, std::int64_t{-1}, INT64_MAX, INT64_MIN}) {
        ReadObject object(("{\"name\": " + std::to_string(value) + "}").c_str());
        CHECK(object.reader.integer("name") == value);
        CHECK(object.said().empty());
    }
    for (const auto& [text, type] : {std::pair{R"({"name": 9223372036854775808})", "a number"},
                                     {R"({"name": 1.0})", "a number"},
                                     {R"({"name": "1"})", "a text"}}) {
        ReadObject object(text);
        CHECK_FALSE(object.reader.integer("name"));
        CHECK(object.said() == "error json.type bodies[0].name: a whole number is expected, this is " +
                                   std::string(type) + "; write a value of the type that is expected\n");
    }
    ReadObject object("{}");
    CHECK_FALSE(object.reader.integer("name"));
    CHECK(object.said().empty());
}
