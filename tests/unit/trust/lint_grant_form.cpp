#include "unit/trust/lint_reading.h"

using namespace elic;

namespace {

const std::string grant_place = "bodies[0].types[0]";

/// A source with a grant, of a type that a pack of it is of and that is not provisional.
struct GrantReading : LintReading {
    GrantReading() {
        std::string pack(area_pack_json);
        for (const auto& [from, to] : {std::pair{area_type().text(), std::string(lint_type)},
                                       {std::string("\"provisional\": true"), std::string("\"provisional\": false")}}) {
            pack.replace(pack.find(from), from.size(), to);
        }
        put("type.json", as_bytes(pack));
        json["packs"] = {"type.json"};
        body()["types"] = Json::array({Json{{"types", {lint_type}}, {"areas", {"430100"}}, {"from", "2026-01-01"}}});
    }
    Json& grant() { return body()["types"][0]; }
    LintGrant with(const char* member, const Json& value) {
        grant()[member] = value;
        return read_body().grants.at(0);
    }
    LintGrant without(const char* member) {
        grant().erase(member);
        return read_body().grants.at(0);
    }
};

std::string types_read(const LintGrant& grant) {
    std::string types;
    for (const auto& [type, place] : grant.types) types += type.text() + " " + place.substr(grant_place.size()) + "\n";
    return types;
}

std::string areas_read(const LintGrant& grant) {
    std::string areas;
    for (const auto& [area, place] : grant.areas) areas += area.text() + " " + place.substr(grant_place.size()) + "\n";
    return areas;
}

std::string told_in_grant(const LintReading& reading, const char* kind, const char* member) {
    CHECK(reading.faults.size() == 1);
    return reading.said() == std::string(kind) + " " + grant_place + member ? reading.faults.at(0).text
                                                                            : reading.said();
}

}  // namespace

TEST_CASE("The lenient reading keeps all that a well formed grant says") {
    GrantReading reading;
    const auto grant = reading.with("until", "2027-12-31");
    CHECK(lines_of(reading.faults).empty());
    CHECK(grant.place == grant_place);
    CHECK(types_read(grant) == std::string(lint_type) + " .types[0]\n");
    CHECK(areas_read(grant) == "430100 .areas[0]\n");
    CHECK(grant.from == on("2026-01-01"));
    CHECK(grant.until == on("2027-12-31"));
    CHECK(grant.times_known);
    CHECK(grant.rights == right_of(GrantRight::issue));
    CHECK_FALSE(reading.without("until").until);
}

TEST_CASE("A grant without types is told, one whose types are no list is told as that") {
    GrantReading reading;
    for (const auto& [types, says] : {std::pair{Json::array(), "grant.no_type"}, {Json(nullptr), "json.type"}}) {
        CHECK(reading.with("types", types).types.empty());
        CHECK(reading.said() == std::string(says) + " " + grant_place + ".types");
    }
    CHECK(reading.without("types").types.empty());
    CHECK(reading.said() == "grant.no_type " + grant_place + ".types");
}

TEST_CASE("The types of a grant are taken once each, and all stands for those of the packs") {
    GrantReading reading;
    reading.json["packs"].push_back("area.json");
    const std::string own(lint_type), area = area_type().text();
    CHECK(types_read(reading.with("types", {"all"})) == area + " .types[0]\n" + own + " .types[0]\n");
    CHECK(types_read(reading.with("types", {"all", "all"})) == area + " .types[0]\n" + own + " .types[0]\n");
    CHECK(reading.said().empty());
    CHECK(types_read(reading.with("types", {own, "all"})) == own + " .types[0]\n" + area + " .types[1]\n");
    CHECK(reading.said().empty());
    CHECK(types_read(reading.with("types", {own, own})) == own + " .types[0]\n");
    CHECK(told_in_grant(reading, "type.twice", ".types[1]") == "'" + own + "' is named before in this grant");
    CHECK(types_read(reading.with("types", {area})) == area + " .types[0]\n");
    CHECK(told_in_grant(reading, "type.provisional", ".types[0]") == "'" + area + "' is provisional");
    reading.json["packs"] = Json::array();
    CHECK(reading.with("types", {"all"}).types.empty());
    CHECK(reading.said() == "pack.none packs\ngrant.no_type " + grant_place + ".types[0]");
    CHECK(reading.faults.at(1).text == "\"all\" stands for no type: no packs");
}

TEST_CASE("A type that is none is told and left out; one without a pack only when every pack was read") {
    GrantReading reading;
    CHECK(types_read(reading.with("types", {"W991", lint_type})) == std::string(lint_type) + " .types[1]\n");
    CHECK_THAT(told_in_grant(reading, "type.malformed", ".types[0]"), Catch::StartsWith("'W991': "));
    reading.json["packs"] = {"area.json"};
    const auto unknown = types_read(reading.with("types", {lint_type}));
    CHECK(unknown == std::string(lint_type) + " .types[0]\n");
    CHECK(told_in_grant(reading, "type.unknown", ".types[0]") ==
          "no pack of the source is of type '" + std::string(lint_type) + "'");
    reading.json["packs"] = {"area.json", "nowhere.json"};
    CHECK(types_read(reading.with("types", {lint_type})) == unknown);
    CHECK(reading.said() == "file.missing packs[1]");
}

TEST_CASE("A grant without areas is told, one whose areas are no list is told as that") {
    GrantReading reading;
    for (const auto& [areas, says] : {std::pair{Json::array(), "area.none"}, {Json(nullptr), "json.type"}}) {
        CHECK(reading.with("areas", areas).areas.empty());
        CHECK(reading.said() == std::string(says) + " " + grant_place + ".areas");
    }
    CHECK(reading.without("areas").areas.empty());
    CHECK(reading.said() == "area.none " + grant_place + ".areas");
}

TEST_CASE("A division has a province, a prefecture only in one, a county only in a prefecture") {
    GrantReading reading;
    for (const auto* possible : {"000000", "430000", "430100", "430102"}) {
        CHECK(areas_read(reading.with("areas", {possible})) == std::string(possible) + " .areas[0]\n");
        CHECK(reading.said().empty());
    }
    for (const auto* odd : {"430001", "000100", "000101", "000001"}) {
        CHECK(areas_read(reading.with("areas", {odd})) == std::string(odd) + " .areas[0]\n");
        CHECK(told_in_grant(reading, "area.odd", ".areas[0]") == "'" + std::string(odd) + "' is no division");
    }
}

TEST_CASE("A division code is told for its form, or for its province where it is well formed") {
    GrantReading reading;
    for (const auto& [area, kind] : {std::pair{"990000", "area.unknown_province"},
                                     {"43010", "area.malformed"},
                                     {"4301a0", "area.malformed"},
                                     {"4301000", "area.malformed"},
                                     {"", "area.malformed"}}) {
        CHECK(areas_read(reading.with("areas", {area, "430100"})) == "430100 .areas[1]\n");
        CHECK_THAT(told_in_grant(reading, kind, ".areas[0]"), Catch::StartsWith("'" + std::string(area) + "': "));
    }
    CHECK(areas_read(reading.with("areas", {"430102001001"})) == "430102 .areas[0]\n");
    CHECK(reading.said() == "area.twelve_digits " + grant_place + ".areas[0]");
}

TEST_CASE("Of two areas of a grant the later, or the one that lies within the other, is told") {
    GrantReading reading;
    CHECK(areas_read(reading.with("areas", {"430100", "440100", "430200"})) ==
          "430100 .areas[0]\n440100 .areas[1]\n430200 .areas[2]\n");
    CHECK(reading.said().empty());
    reading.with("areas", {"430100", "440100", "430100"});
    CHECK(told_in_grant(reading, "area.twice", ".areas[2]") == "430100 is also " + grant_place + ".areas[0]");
    reading.with("areas", {"440100", "430100", "430102"});
    CHECK(told_in_grant(reading, "area.nested", ".areas[2]") == "430102 lies in 430100");
    reading.with("areas", {"430102", "440100", "430100"});
    CHECK(told_in_grant(reading, "area.nested", ".areas[0]") == "430102 lies in 430100");
}

TEST_CASE("A grant gives the rights that it names, or that to issue") {
    GrantReading reading;
    const auto none = std::uint8_t{0}, issue = right_of(GrantRight::issue), delegate = right_of(GrantRight::delegate);
    const std::vector<std::tuple<Json, std::uint8_t, std::string, const char*>> all = {
        {{"issue"}, issue, "", ""},
        {{"delegate"}, delegate, "", ""},
        {{"delegate", "issue"}, 3, "", ""},
        {Json::array(), issue, "right.none ", ".rights"},
        {nullptr, none, "json.type ", ".rights"},
        {{"revoke", "delegate"}, delegate, "right.unknown ", ".rights[0]"},
        {{"delegate", "delegate"}, delegate, "right.twice ", ".rights[1]"}};
    for (const auto& [rights, gives, kind, member] : all) {
        CAPTURE(rights);
        CHECK(reading.with("rights", rights).rights == gives);
        CHECK(reading.said() == (kind.empty() ? "" : kind + grant_place + member));
    }
    CHECK(reading.faults.at(0).text == "'delegate' is named twice");
    reading.with("rights", {"revoke"});
    CHECK(reading.faults.at(0).text == "'revoke' is no right");
    CHECK(reading.without("rights").rights == issue);
    CHECK(reading.said().empty());
}

TEST_CASE("The first day of a grant is needed, the last one is not; what does not read is not known") {
    const std::vector<std::tuple<const char*, Json, bool, std::string>> all = {
        {"from", "2026-02-30", false, "time.malformed"},
        {"from", "", false, "time.malformed"},
        {"from", nullptr, false, "json.type"},
        {"from", "2026-02-28", true, ""},
        {"until", "2027-02-30", false, "time.malformed"},
        {"until", nullptr, false, "json.type"},
        {"until", "", true, ""},
        {"until", "2027-02-28", true, ""}};
    for (const auto& [member, value, known, kind] : all) {
        CAPTURE(member, value);
        GrantReading reading;
        const auto grant = reading.with(member, value);
        CHECK(grant.times_known == known);
        CHECK(reading.said() == (kind.empty() ? "" : kind + " " + grant_place + "." + member));
        const auto& day = std::string(member) == "from" ? grant.from : grant.until;
        const bool has_day = value.is_string() && value != "" && known;
        CHECK(day == (has_day ? std::optional(on(value.get<std::string>().c_str())) : std::nullopt));
    }
    GrantReading reading;
    CHECK_FALSE(reading.without("from").times_known);
    CHECK(reading.said() == "json.missing_key " + grant_place + ".from");
    CHECK_FALSE(reading.with("until", "2027-12-31").times_known);
    reading.with("from", "yesterday");
    CHECK_THAT(reading.faults.at(0).text, Catch::StartsWith("'yesterday' is no day: "));
    CHECK(reading.faults.at(0).mend == "write YYYY-MM-DD");
}

TEST_CASE("A grant ends no earlier than it begins") {
    GrantReading reading;
    CHECK(reading.with("until", "2026-01-01").times_known);
    CHECK(reading.said().empty());
    CHECK_FALSE(reading.with("until", "2025-12-31").times_known);
    CHECK(told_in_grant(reading, "grant.until_before_from", ".until") ==
          "until 2025-12-31, before it begins (2026-01-01)");
}

TEST_CASE("A day is odd more than sixty years from this one") {
    GrantReading reading;
    CHECK(reading.with("until", "2086-01-01").until == on("2086-01-01"));
    CHECK(reading.said().empty());
    CHECK(reading.with("until", "2087-01-01").until == on("2087-01-01"));
    CHECK(told_in_grant(reading, "time.implausible", ".until") == "'2087-01-01' lies oddly far from today");
    reading.without("until");
    reading.with("from", "1966-12-31");
    CHECK(reading.said().empty());
    CHECK(reading.with("from", "1965-12-31").from == on("1965-12-31"));
    CHECK(told_in_grant(reading, "time.implausible", ".from") == "'1965-12-31' lies oddly far from today");
}
