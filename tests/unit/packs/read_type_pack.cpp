#include <catch2/catch.hpp>

#include "base/file.h"
#include "codec/json.h"
#include "unit/packs/small_pack.h"

using namespace elic;

namespace {

/// What the reader says when `from` becomes `to`; "" when it reads.
std::string refusal(const std::string& from, const std::string& to) {
    const auto pack = small_pack(from, to);
    if (pack) return "";
    CHECK(pack.error().code == Errc::malformed_pack);
    return pack.error().context;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Errc limit_of(const std::string& from, const std::string& to) {
    const auto pack = small_pack(from, to);
    return pack ? Errc::malformed_value : pack.error().code;
}

}  // namespace

TEST_CASE("A small pack reads") {
    const auto pack = small_pack();
    REQUIRE(pack);
    CHECK(pack->code.text() == "11100000MB0143028R999");
    CHECK(pack->validity.until);
    CHECK(pack->validity.years == 3);
    CHECK(pack->fields.front().max_length == 500);
    CHECK(pack->field(1) == &pack->fields.front());
    CHECK(pack->field(0) == nullptr);
    CHECK(pack->field_named("MC") == &pack->fields.front());
    CHECK(pack->field_named("mc") == nullptr);
}

TEST_CASE("Every required key of a pack is missed") {
    for (const char* key :
         {"\"format\": \"elic type pack 0\", ", "\"code\": \"11100000MB0143028R999\", ", "\"version\": 1, ",
          "\"name\": \"示例证\",", "\"defining_authority\": \"示例部\", ", "\"sources\": [\"invented\"], ",
          "\"words\": 1,", "\"code_types\": [\"001\"], ", "\"min\": 1, ", "\"allowed\": [\"until\"], ",
          "\"required\": \"R\", ", "\"kind\": \"text\", ", "\"label\": \"名称\", "}) {
        CAPTURE(key);
        CHECK_FALSE(refusal(key, "").empty());
    }
}

TEST_CASE("A refusal names the place in the pack") {
    CHECK(says(refusal("\"invented\"", "7"), "sources"));
    CHECK(says(refusal("\"invented\"", "\"a\u200b\""), "sources[0]"));
    CHECK(says(refusal("\"示例证\"", "\"\""), "name"));
    CHECK(says(refusal("\"R\"", "\"X\""), "fields[0].required"));
    CHECK(says(refusal("\"001\"", "\"001\", \"001\""), "holders.code_types"));
    CHECK(says(refusal("\"001\"", "\"1\""), "holders.code_types"));
    CHECK(says(refusal("\"until\"", "\"until\", \"until\""), "validity.allowed"));
    CHECK(says(refusal("\"valid\"", "\"alive\""), "states[0].state"));
    CHECK(says(refusal("\"state\": \"valid\"}",
                       "\"state\": \"valid\"}, {\"code\": \"01\", \"text\": \"无\", \"state\": \"other\"}"),
               "states[1]"));
    CHECK(says(refusal("{\"digits\": 4}", "{\"digits\": 19}"), "number.patterns[0][1]"));
    CHECK(says(refusal("\"n\": 1", "\"n\": 0"), "fields[0]"));
    CHECK(says(refusal("\"holder.names\"", "\"\""), "fields[0]"));
}

TEST_CASE("A pack that contradicts itself at the top is refused") {
    CHECK(says(refusal("\"provisional\": true, ", ""), "provisional"));
    CHECK_FALSE(refusal("\"min\": 1, \"max\": 1", "\"min\": 2, \"max\": 1").empty());
    CHECK_FALSE(refusal("\"max\": 1", "\"max\": 9").empty());
    CHECK_FALSE(refusal("\"words\": 1", "\"words\": 2").empty());
    CHECK_FALSE(refusal("\"years\": 3", "\"years\": 101").empty());
    CHECK_FALSE(refusal("\"carried\": \"value\"", "\"carried\": \"digest\"").empty());
    CHECK_FALSE(refusal("\"format\"", "\"colour\": 1, \"format\"").empty());
}

TEST_CASE("A number that holds the holder's code does not go with masked holders") {
    const auto parts = "{\"holder_code\": true}";
    CHECK(small_pack("{\"digits\": 4}", parts));
    auto text = small_pack_text("{\"digits\": 4}", parts);
    text.replace(text.find("\"carried\": \"value\""), 18, "\"carried\": \"masked\"");
    const auto pack = read_type_pack(as_bytes(text));
    REQUIRE_FALSE(pack);
    CHECK(pack.error().code == Errc::malformed_pack);
    CHECK(says(pack.error().context, "masked"));
}

TEST_CASE("A pack is bounded in all that it lists") {
    std::string choices = "{\"choice\": [\"a\"", patterns = "\"patterns\": [[{\"digits\": 1}]",
                fields = "\"fields\": [";
    for (int i = 0; i < 10'000; ++i) choices += ",\"" + std::to_string(i) + "\"";
    for (int i = 0; i < 32; ++i) patterns += ",[{\"digits\": 1}]";
    for (int i = 0; i < 100; ++i)
        fields +=
            R"({"label": "f)" + std::to_string(i) + R"(", "kind": "text", "required": "O", "carried": "absent"},)";
    std::string codes = R"("kind": "code", "codes": [{"text": "a"})";
    for (int i = 0; i < 1000; ++i) codes += ",{\"text\": \"" + std::to_string(i) + "\"}";
    CHECK(limit_of("{\"digits\": 4}", choices + "]}") == Errc::limit_exceeded);
    CHECK(limit_of("\"patterns\": [[{\"literal\": \"示\"}, {\"digits\": 4}]", patterns) == Errc::limit_exceeded);
    CHECK(limit_of("\"fields\": [", fields) == Errc::limit_exceeded);
    CHECK(limit_of("\"kind\": \"text\"", codes + "]") == Errc::limit_exceeded);
    CHECK(limit_of("invented", std::string(1 << 20, 'x')) == Errc::limit_exceeded);
}

TEST_CASE("A pack that was cut off anywhere is refused") {
    const auto text = small_pack_text();
    for (std::size_t size = 0; size < text.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(read_type_pack(as_bytes(text.substr(0, size))));
    }
}

TEST_CASE("The schema allows the keys and kinds that the reader knows") {
    const auto folder = std::filesystem::path(ELIC_SOURCE_DIR) / "schemas";
    const auto bytes = read_file(folder / "type-pack.schema.json", 1 << 20).value();
    const auto schema = read_json(as_text(bytes)).value();
    const auto& field = schema.at("definitions").at("field").at("properties");
    // One field with every key; each key the schema allows is known to the reader, which refuses unknown ones.
    const std::string full =
        R"({"n": 2, "label": "L", "labels": ["M"], "keys": ["K"], "kind": "code", "codes": [{"code": "1", "text": "a"}], "open": true,
            "scale": 0, "unit": "", "max": 20, "required": "O", "on_face": true, "carried": "value", "derive": "name",
            "compare": true, "sensitivity": 0})";
    REQUIRE(pack_with_field(full));
    const auto object = read_json(full).value();
    for (const auto& [key, value] : field.items()) {
        CAPTURE(key);
        CHECK((key == "separator" || object.contains(key)));
    }
    CHECK(object.size() + 1 == field.size());
    for (const auto& kind : field.at("kind").at("enum")) {
        const auto name = kind.get<std::string>();
        CAPTURE(name);
        const std::string codes = name == "code" || name == "codes" ? R"("codes": [{"text": "a"}], )" : "";
        const std::string carried = name == "image" ? R"("carried": "digest", )" : "";
        CHECK(pack_with_field(R"({"n": 2, "label": "L", )" + codes + carried + R"("required": "O", "kind": ")" + name +
                              "\"}"));
    }
    const auto with_max = [](const Json& max) {
        return pack_with_field(R"({"n": 2, "label": "L", "kind": "text", "required": "O", "max": )" + max.dump() + "}");
    };
    const auto longest = field.at("max").at("maximum").get<int>();
    CHECK(with_max(longest));
    CHECK_FALSE(with_max(longest + 1));
}
