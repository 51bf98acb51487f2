#include "elic/face/layout.h"

#include <catch2/catch.hpp>
#include <set>

#include "elic/packs/type_packs.h"

using namespace elic;

namespace {

std::string small_layout(const std::string& more) {
    return R"({"format": "elic layout 0", "type": "11100000000013338W011", "version": 1, "page": [210, 297],
               "code": [20, 20, 38, 38], "seal": [100, 200, 42, 42])" +
           more + "}";
}

bool refused(const std::string& text) {
    auto layout = read_layout(as_bytes(text));
    return !layout && layout.error().code == Errc::malformed_layout;
}

std::string text_with(const std::string& members) {
    return small_layout(R"(, "texts": [{"text": "甲", "box": [10, 10, 20, 5])" + members + "}]");
}

}  // namespace

TEST_CASE("Every built-in type has a layout that shows all its printed fields") {
    const auto packs = TypePacks::builtin();
    const auto layouts = Layouts::builtin();
    REQUIRE_FALSE(packs.list().empty());
    for (const auto& entry : packs.list()) {
        CAPTURE(entry.code.text());
        const auto pack = packs.load(entry.code, entry.version).value();
        const auto layout = layouts.load_newest(entry.code);
        REQUIRE(layout);
        std::set<std::string> shown;
        for (const auto& field : (*layout)->fields) {
            shown.insert(field.shows);
            CHECK((field.shows.starts_with("@") || pack->field_named(field.shows) != nullptr));
        }
        for (const auto& field : pack->fields) {
            CAPTURE(field.label);
            CHECK((!field.on_face || field.kind == FieldKind::image || shown.count(field.label) == 1));
        }
        CHECK(shown.count("@id") == 1);
        CHECK(layouts.load_by_digest(entry.code, (*layout)->digest));
    }
}

TEST_CASE("A layout reads, and its digest is that of its bytes") {
    const auto one = read_layout(as_bytes(small_layout(""))).value();
    const auto other = read_layout(as_bytes(small_layout(" "))).value();
    CHECK(one.width == 210000);
    CHECK(one.code == Box{20000, 20000, 38000, 38000});
    CHECK(one.digest != other.digest);
    CHECK_FALSE(refused(text_with(R"(, "font": "kai", "size": 4.125)")));
}

TEST_CASE("What a layout may not say is refused") {
    CHECK(refused(small_layout(R"(, "invented": 1)")));
    CHECK(refused(small_layout(R"(, "portrait": {"shows": "照片", "box": [200, 20, 20, 20]})")));
    CHECK(refused(text_with("")));
    CHECK(refused(text_with(R"(, "font": "hei", "size": 0.5)")));
    CHECK(refused(text_with(R"(, "font": "arial", "size": 4)")));
    CHECK(refused(text_with(R"(, "font": "hei", "size": 4, "least": 5)")));
    CHECK(refused(text_with(R"(, "font": "hei", "size": 4.0001)")));
    CHECK(refused(text_with(R"(, "font": "hei", "size": 4, "colour": "red")")));
    CHECK(refused(text_with(R"(, "font": "hei", "size": 4, "colour": "#ff0000")")));
    CHECK(refused(small_layout(R"(, "ornaments": [{"kind": "waves", "box": [0, 0, 10, 10]}])")));
    CHECK(refused(small_layout(R"(, "ornaments": [{"kind": "fill", "box": [0, 0, 211, 10]}])")));
    CHECK(refused(R"({"format": "elic layout 1"})"));
    CHECK(refused("{}"));
}
