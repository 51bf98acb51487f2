#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "base/file.h"
#include "unit/trust/lint_world.h"

using namespace elic;

namespace {

/// "source.json" TAB the kinds that the lint must name, by name, and no others.
struct ExpectedFaults {
    std::string file;
    std::set<std::string> kinds;
};

std::filesystem::path lint_folder() { return std::filesystem::path(ELIC_SOURCE_DIR) / "testdata" / "lint"; }

std::vector<ExpectedFaults> expected_faults() {
    std::vector<ExpectedFaults> all;
    std::ifstream table(lint_folder() / "expected.tsv");
    for (std::string line; std::getline(table, line);) {
        std::istringstream words(line);
        ExpectedFaults expected;
        words >> expected.file;
        for (std::string kind; words >> kind;) expected.kinds.insert(kind);
        all.push_back(std::move(expected));
    }
    return all;
}

}  // namespace

TEST_CASE("The lint names in each source of testdata/lint what was planted there, and nothing else") {
    const auto all = expected_faults();
    std::set<std::string> kinds;
    for (const auto& [file, expected] : all) {
        const auto text = read_file(lint_folder() / file, 1 << 20).value();
        const auto faults = lint_trust_source(text, lint_folder(), at("2026-12-01T10:00:00+08:00"));
        std::set<std::string> named;
        for (const auto& fault : faults) named.insert(std::string(kind_of(fault.code).name));
        INFO(file << "\n" << lines_of(faults));
        CHECK(named == expected);
        kinds.insert(named.begin(), named.end());
    }
    CHECK(all.size() > 50);
    CHECK(kinds.size() > 50);
}

namespace {

/// Every value of a JSON text made another, one at a time.
void mutate(const Json& root, Json& at, const std::function<void(const Json&, const std::string&)>& look,
            const std::string& place) {
    static const std::vector<Json> others = {Json(),
                                             Json(-1),
                                             Json(""),
                                             Json("2026-13-01"),
                                             Json(true),
                                             Json::array(),
                                             Json::object(),
                                             Json("\u200b"),
                                             Json("1" + std::string(5000, '0')),
                                             Json::array({1, "x"})};
    const auto kept = at;
    for (const auto& other : others) {
        at = other;
        look(root, place + " = " + write_json(other).substr(0, 40));
    }
    at = kept;
    if (at.is_object()) {
        for (const auto& [key, value] : kept.items()) {
            at.erase(key);
            look(root, place + "." + key + " removed");
            at = kept;
            mutate(root, at[key], look, place + "." + key);
            at = kept;
        }
        at["added"] = 1;
        look(root, place + ".added");
    }
    if (at.is_array() && !at.empty()) {
        at.push_back(at[0]);
        look(root, place + " with an item twice");
        at = kept;
        for (std::size_t i = 0; i < kept.size(); ++i) mutate(root, at[i], look, place + "[" + std::to_string(i) + "]");
    }
    at = kept;
}

}  // namespace

TEST_CASE("Whatever the builder refuses in a changed source is an error of the lint, and has a kind of its own") {
    LintWorld world;
    world.delegate();
    world.body()["former_names"] = {{{"name", "示例市建设委员会"}, {"until", "2020-01-01"}}};
    world.json["bodies"].erase(1);
    world.json["packs"] = {"area.json"};  // a small one: it is read thousands of times
    world.grant()["types"] = {area_type().text()};
    world.body()["successor"] = {{"code", other_code().text()}, {"from", "2028-01-01"}};
    world.key()["until"] = "2029-01-01";
    world.grant()["until"] = "2027-12-31";
    world.grant()["rights"] = {"issue", "delegate"};
    world.json["intermediates"] = Json::array();
    world.json["objects"] = Json::array();
    int refused = 0, built = 0;
    const auto look = [&](const Json& changed, const std::string& what) {
        world.raw = write_json(changed);
        const auto faults = world.lint();
        INFO(what << "\n" << lines_of(faults));
        const bool builds = world.builds();
        ++(builds ? built : refused);
        if (!builds) CHECK(has_error(faults));
        CHECK_FALSE(names(faults, LintCode::source_refused));
    };
    auto json = world.json;
    mutate(json, json, look, "");
    CHECK(refused > 300);
    CHECK(built > 5);
}

TEST_CASE("Whatever the builder refuses in a changed delegation source is an error of the lint") {
    LintWorld world;
    world.turn_into_delegation();
    const auto good = world.json;
    const auto look = [&](const Json& changed) {
        world.raw = write_json(changed);
        const auto faults = world.lint();
        INFO(world.raw << "\n" << lines_of(faults));
        if (!world.builds()) CHECK(has_error(faults));
        CHECK_FALSE(names(faults, LintCode::source_refused));
    };
    for (const auto& [key, value] : good.items()) {
        for (const auto& other : {Json(), Json(-1), Json("2026-13-01"), Json::array()}) {
            auto changed = good;
            changed[key] = other;
            look(changed);
        }
        auto changed = good;
        changed.erase(key);
        look(changed);
    }
    for (const auto& [key, value] : good["body"].items()) {
        for (const auto& other : {Json(-1), Json(""), Json::array()}) {
            auto changed = good;
            changed["body"][key] = other;
            look(changed);
        }
        auto changed = good;
        changed["body"].erase(key);
        look(changed);
    }
}
