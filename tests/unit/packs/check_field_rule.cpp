#include <catch2/catch.hpp>

#include "unit/packs/small_pack.h"

using namespace elic;

namespace {

/// Whether a field with these keys, besides n, label and required, is refused as malformed_pack.
bool refused(const std::string& keys, const std::string& number = "\"n\": 2, ") {
    const auto pack = pack_with_field("{" + number + "\"label\": \"L\", \"required\": \"O\", " + keys + "}");
    return !pack && pack.error().code == Errc::malformed_pack;
}

const std::string two = R"("codes": [{"code": "1", "text": "甲"}, {"code": "2", "text": "乙"}])";

}  // namespace

TEST_CASE("Keys that belong to one kind are refused with another") {
    CHECK_FALSE(refused(R"("kind": "text")"));
    CHECK(refused(R"("kind": "text", "open": true)"));
    CHECK(refused(R"("kind": "whole", "scale": 2)"));
    CHECK(refused(R"("kind": "text", "unit": "天")"));
    CHECK(refused(R"("kind": "whole", "unit": "0天")"));
    CHECK_FALSE(refused(R"("kind": "whole", "unit": "天")"));
    CHECK(refused(R"("kind": "text", "separator": "/")"));
    CHECK(refused(R"("kind": "list", "separator": "")"));
    CHECK_FALSE(refused(R"("kind": "list", "separator": "/")"));
}

TEST_CASE("Entries of a list are told apart") {
    CHECK_FALSE(refused(R"("kind": "code", )" + two));
    CHECK(refused(R"("kind": "code")"));
    CHECK(refused(R"("kind": "code", "codes": [])"));
    CHECK(refused(R"("kind": "text", )" + two));
    CHECK(refused(R"("kind": "code", "codes": [{"text": "甲"}, {"text": "甲"}])"));
    CHECK(refused(R"("kind": "code", "codes": [{"code": "1", "text": "甲"}, {"code": "1", "text": "乙"}])"));
    CHECK(refused(R"("kind": "code", "codes": [{"text": ""}])"));
    CHECK(refused(R"("kind": "codes", "codes": [{"text": "甲、乙"}])"));
    CHECK(refused(R"("kind": "codes", "codes": [{"text": "甲;乙"}])"));
    CHECK_FALSE(refused(R"("kind": "code", "codes": [{"text": "甲、乙"}])"));
    std::string many = R"("kind": "codes", "codes": [{"text": "0"})";
    for (int i = 1; i < 62; ++i) many += ",{\"text\": \"" + std::to_string(i) + "\"}";
    CHECK_FALSE(refused(many + "]"));
    CHECK(refused(many + ",{\"text\": \"62\"}]"));
}

TEST_CASE("What the code carries of a field fits its kind and its n") {
    CHECK(refused(R"("kind": "image")"));
    CHECK_FALSE(refused(R"("kind": "image", "carried": "digest")"));
    CHECK(refused(R"("kind": "date", "carried": "digest")"));
    CHECK(refused(R"("kind": "date", "carried": "masked")"));
    CHECK_FALSE(refused(R"("kind": "citizen-id", "carried": "masked")"));
    CHECK(refused(R"("kind": "text", "carried": "absent")"));
    CHECK_FALSE(refused(R"("kind": "text", "carried": "absent")", ""));
    CHECK(refused(R"("kind": "text")", ""));
    CHECK_FALSE(refused(R"("kind": "text", "derive": "name")", ""));
}

TEST_CASE("A field derives from what the reader of a code has") {
    CHECK_FALSE(refused(R"("kind": "text", "derive": "field:名称")"));
    CHECK(refused(R"("kind": "text", "derive": "field:L")"));
    CHECK(refused(R"("kind": "text", "derive": "constant:")"));
    CHECK(refused(R"("kind": "image", "carried": "digest", "derive": "name")"));
    CHECK(refused(R"("kind": "text", "derive": "issuer.name")"));
    CHECK_FALSE(refused(R"("kind": "text", "derive": "issuer.name")", ""));
    // A renamed body must not change what a signed code says.
    const std::string authority = R"({"label": "机关", "kind": "text", "required": "O", "derive": "issuer.name"})";
    const std::string hangs = R"({"n": 2, "label": "L", "kind": "text", "required": "O", "derive": "field:机关"})";
    CHECK(pack_with_field(authority).has_value());
    CHECK_FALSE(pack_with_field(authority + ", " + hangs).has_value());
    CHECK_FALSE(refused(R"("kind": "code", "derive": "constant:甲", )" + two));
    CHECK(refused(R"("kind": "code", "derive": "constant:丙", )" + two));
    const std::string hidden = R"({"n": 3, "label": "H", "required": "O", "kind": "text", "carried": "digest"})";
    const std::string same = R"({"n": 4, "label": "S", "required": "O", "kind": "text", "derive": "field:H"})";
    CHECK(pack_with_field(hidden));
    CHECK_FALSE(pack_with_field(hidden + ", " + same));
}
