#include "elic/packs/type_packs.h"
#include "unit/trust/lint_reading.h"

using namespace elic;

namespace {

struct FormChange {
    const char* says;  ///< kinds and places, a line each
    std::function<void(LintReading&)> change;
};

void check_form_said(const std::vector<FormChange>& all) {
    for (const auto& [says, change] : all) {
        LintReading reading;
        change(reading);
        CHECK(reading.read_and_said() == says);
    }
}

/// The instant that lies so many years, of 365.2425 days, and seconds away.
std::string instant_after(Timestamp now, std::int64_t years, std::int64_t seconds = 0) {
    return Timestamp::from_unix(now.unix_seconds() + years * 31556952 + seconds).value().format();
}

}  // namespace

TEST_CASE("The lenient reading finds nothing wrong in a source that is well formed") {
    LintReading reading;
    const auto source = reading.read();
    CHECK(lines_of(reading.faults).empty());
    CHECK_FALSE(source.delegation);
    CHECK(source.number == 3);
    CHECK(source.not_before == reading.now);
    CHECK(source.next_update == default_next_update(reading.now));
    REQUIRE(source.roots.size() == 1);
    CHECK(source.roots[0].certificate == certificate_of(chain_root_pem));
    CHECK((source.roots[0].place == "roots[0]" && source.roots[0].file == "root.pem"));
    CHECK(source.intermediates.empty());
    CHECK(source.all_packs_read);
    REQUIRE(source.bodies.size() == 1);
    CHECK(source.bodies[0].place == "bodies[0]");
    CHECK(source.objects.empty());
}

TEST_CASE("A source says by its format whether it is of a list or of a delegation; without one its members do") {
    const std::string list = "elic trust source 1", delegation = "elic delegation source 1";
    const std::vector<std::tuple<Json, bool, std::string>> all = {
        {Json{{"format", list}, {"body", 1}}, false, ""},
        {Json{{"format", delegation}, {"bodies", Json::array()}}, true, ""},
        {Json{{"format", delegation}}, true, ""},
        {Json{{"body", 1}}, true, "json.missing_key format"},
        {Json{{"bodies", 1}, {"body", 1}}, false, "json.missing_key format"},
        {Json{{"bodies", 1}}, false, "json.missing_key format"},
        {Json{{"format", 1}, {"body", 1}}, true, "json.type format"},
        {Json{{"format", "elic trust source 0"}, {"body", 1}}, true, "source.format format"},
        {Json{{"format", ""}, {"bodies", 1}}, false, "source.format format"},
        {Json::object(), false, "json.missing_key format"},
    };
    for (const auto& [json, of_delegation, says] : all) {
        CAPTURE(json);
        LintReading reading;
        CHECK(reading.read(json).delegation == of_delegation);
        std::string of_format;
        for (const auto& fault : reading.faults) {
            if (fault.place == "format") of_format += std::string(kind_of(fault.code).name) + " format";
        }
        CHECK(of_format == says);
    }
}

TEST_CASE("A format that is not built from is told with what it is") {
    LintReading reading;
    reading.json["format"] = "elic trust source 2";
    CHECK(reading.read_and_said() == "source.format format");
    CHECK(reading.faults.at(0).text == "'elic trust source 2' is not a format that is built from");
}

TEST_CASE("A source that is no object is told once") {
    for (const auto& json : {Json::array(), Json("source"), Json(1), Json()}) {
        LintReading reading;
        CHECK_FALSE(reading.read(json).delegation);
        CHECK(reading.said() == "json.type ");
    }
}

TEST_CASE("Each member of a list's source that is missing, empty or of the wrong type is told once") {
    check_form_said({
        {"json.unknown_key parent", [](LintReading& r) { r.json["parent"] = ""; }},
        {"root.missing roots", [](LintReading& r) { r.json.erase("roots"); }},
        {"root.missing roots", [](LintReading& r) { r.json["roots"] = Json::array(); }},
        {"json.type roots", [](LintReading& r) { r.json["roots"] = nullptr; }},
        {"json.type intermediates", [](LintReading& r) { r.json["intermediates"] = 1; }},
        {"json.missing_key bodies", [](LintReading& r) { r.json.erase("bodies"); }},
        {"source.no_bodies bodies", [](LintReading& r) { r.json["bodies"] = Json::array(); }},
        {"json.type bodies", [](LintReading& r) { r.json["bodies"] = nullptr; }},
        {"pack.none packs", [](LintReading& r) { r.json["packs"] = Json::array(); }},
        {"json.type packs", [](LintReading& r) { r.json["packs"] = nullptr; }},
        {"json.type packs[0]", [](LintReading& r) { r.json["packs"] = {1}; }},
        {"json.type objects", [](LintReading& r) { r.json["objects"] = 1; }},
        {"file.missing objects[1]",
         [](LintReading& r) {
             r.json["objects"] = {"nonsense.bin", "nowhere.elic"};
         }},
        {"json.type number", [](LintReading& r) { r.json["number"] = "3"; }},
        {"", [](LintReading& r) { r.json.erase("number"); }},
    });
}

TEST_CASE("Each member of a delegation's source that is missing or of the wrong type is told once") {
    const auto said_of = [](const std::function<void(Json&)>& change) {
        LintReading reading;
        reading.json = Json{{"format", "elic delegation source 1"},
                            {"parent", other_code().text()},
                            {"number", 3},
                            {"packs", {"area.json"}},
                            {"body", Json(reading.body())}};
        change(reading.json);
        const auto source = reading.read();
        CHECK(source.delegation);
        if (reading.faults.empty()) {
            CHECK(source.parent == other_code());
            CHECK(source.number == 3);
            CHECK(source.packs.size() == 1);
            REQUIRE(source.bodies.size() == 1);
            CHECK((source.bodies[0].place == "body" && source.bodies[0].code == office_code()));
        }
        return reading.said();
    };
    CHECK(said_of([](Json&) {}) == "");
    CHECK(said_of([](Json& json) { json.erase("format"); }) == "json.missing_key format");
    CHECK(said_of([](Json& json) { json.erase("parent"); }) == "json.missing_key parent");
    CHECK(said_of([](Json& json) { json["parent"] = "1"; }) == "code.malformed parent");
    CHECK(said_of([](Json& json) { json["number"] = 0; }) == "number.range number");
    CHECK(said_of([](Json& json) { json["packs"] = 1; }) == "json.type packs");
    CHECK(said_of([](Json& json) { json.erase("body"); }) == "json.missing_key body");
    CHECK(said_of([](Json& json) { json["body"] = Json::array(); }) == "json.type body");
    CHECK(said_of([](Json& json) { json["roots"] = {"root.pem"}; }) == "json.unknown_key roots");
}

TEST_CASE("A number counts from 1") {
    LintReading reading;
    for (const auto number : {1, 2}) {
        reading.json["number"] = number;
        CHECK(reading.read().number == number);
        CHECK(reading.said().empty());
    }
    for (const auto number : {0, -1}) {
        reading.json["number"] = number;
        CHECK_FALSE(reading.read().number);
        CHECK(reading.said() == "number.range number");
        CHECK(reading.faults.at(0).text == std::to_string(number) + " is less than 1");
    }
}

TEST_CASE("A time of a source that does not read is not known; left out or empty it is the usual one") {
    LintReading reading;
    const auto check = [&](const char* key, auto member, Timestamp usual, Timestamp of_day) {
        const std::vector<std::tuple<Json, std::optional<Timestamp>, std::string>> all = {
            {"", usual, ""},
            {"2026-11-20", of_day, ""},
            {"2026-11-20T01:00:00Z", at("2026-11-20T01:00:00Z"), ""},
            {"2026-02-30", std::nullopt, "time.malformed " + std::string(key)},
            {nullptr, std::nullopt, "json.type " + std::string(key)}};
        for (const auto& [value, expected, says] : all) {
            auto json = reading.json;
            json[key] = value;
            CAPTURE(value);
            CHECK(reading.read(json).*member == expected);
            CHECK(reading.said() == says);
        }
    };
    check("not_before", &LintSource::not_before, reading.now, at("2026-11-20T00:00:00+08:00"));
    check("next_update", &LintSource::next_update, default_next_update(reading.now), at("2026-11-20T23:59:59+08:00"));
    reading.json["not_before"] = "soon";
    reading.read();
    CHECK_THAT(reading.faults.at(0).text, Catch::StartsWith("'soon' is no time or day: "));
}

TEST_CASE("An instant is odd more than sixty years ahead or thirty years back") {
    LintReading reading;
    const auto said_of = [&](const std::string& text) {
        reading.json["next_update"] = text;
        return reading.read().next_update == Timestamp::parse(text).value() ? reading.said() : "not read";
    };
    CHECK(said_of(instant_after(reading.now, 60)).empty());
    CHECK(said_of(instant_after(reading.now, 61, -1)).empty());
    CHECK(said_of(instant_after(reading.now, 61)) == "time.implausible next_update");
    CHECK_THAT(reading.faults.at(0).text, Catch::EndsWith("lies oddly far from today"));
    CHECK(said_of(instant_after(reading.now, -30)).empty());
    CHECK(said_of(instant_after(reading.now, -31, 1)).empty());
    CHECK(said_of(instant_after(reading.now, -31)) == "time.implausible next_update");
}

TEST_CASE("A file name that other machines would not find is told, beside whether the file is there") {
    const std::vector<std::pair<std::string, bool>> all = {{"none.pem", true},
                                                           {"a/none.pem", true},
                                                           {"c", true},
                                                           {":", true},
                                                           {"", true},
                                                           {"no:ne.pem", true},
                                                           {"/none.pem", false},
                                                           {"a\\none.pem", false},
                                                           {"C:none.pem", false},
                                                           {"c:", false},
                                                           {"\\none.pem", false},
                                                           {"a:\\none.pem", false}};
    for (const auto& [name, works] : all) {
        CAPTURE(name);
        LintReading reading;
        reading.json["intermediates"] = {name};
        const std::string missing = "file.missing intermediates[0]";
        CHECK(reading.read_and_said() == (works ? missing : "file.not_portable intermediates[0]\n" + missing));
    }
    LintReading reading;
    reading.json["objects"] = {(reading.folder / "nonsense.bin").string()};
    CHECK(reading.read().objects.size() == 1);
    CHECK(reading.said() == "file.not_portable objects[0]");
    CHECK_THAT(reading.faults.at(0).text, Catch::EndsWith("nonsense.bin' works on this machine only"));
}

TEST_CASE("A file name with a NUL character is told as such, and no file is looked for") {
    LintReading reading;
    reading.json["objects"] = {std::string("nonsense.bin\0", 13)};
    CHECK(reading.read().objects.empty());
    CHECK(reading.said() == "file.missing objects[0]");
    CHECK(reading.faults.at(0).text == "a file name has a NUL character");
}

TEST_CASE("A file that is too large is no certificate, and elsewhere as good as missing") {
    LintReading reading;
    reading.put("large.bin", Bytes((1 << 20) + 1));
    reading.json["intermediates"] = {"large.bin"};
    reading.json["packs"] = {"area.json", "large.bin"};
    CHECK_FALSE(reading.read().all_packs_read);
    CHECK(reading.said() == "certificate.unreadable intermediates[0]\nfile.missing packs[1]");
}

TEST_CASE("The objects of a source are read as they are, each with its place") {
    LintReading reading;
    reading.json["objects"] = {"nonsense.bin", "root.pem"};
    const auto source = reading.read();
    REQUIRE(source.objects.size() == 2);
    CHECK(source.objects[0].place == "objects[0]");
    CHECK(as_text(source.objects[0].bytes) == "nonsense");
    CHECK(source.objects[1].place == "objects[1]");
    CHECK(as_text(source.objects[1].bytes) == chain_root_pem);
}
