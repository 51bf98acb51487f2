#include <catch2/catch.hpp>
#include <set>
#include <sstream>

#include "base/file.h"
#include "codec/json.h"
#include "console.h"
#include "unit/verify/tree_world.h"

// What callers build on, as it was when version 1 was frozen (frozen.txt): nothing of it changes or goes; new lines are
// appended there.

using namespace elic;

namespace {

std::set<std::string> frozen(const std::string& what) {
    const auto bytes = read_file(std::filesystem::path(ELIC_SOURCE_DIR) / "tests/compat/frozen.txt", 1 << 20).value();
    std::istringstream text(std::string(bytes.begin(), bytes.end()));
    std::set<std::string> lines;
    for (std::string line; std::getline(text, line);) {
        if (line.starts_with(what + " ")) lines.insert(line.substr(what.size() + 1));
    }
    return lines;
}

std::string line_of(const FindingRow& row) {
    return std::to_string(static_cast<int>(row.number)) + " " + std::string(row.code) + " " +
           std::string(name_of(row.question)) + " " + std::string(name_of(row.check)) + " " +
           std::string(name_of(row.verdict));
}

/// "findings[].code": every member, wherever it is.
void collect(const Json& json, const std::string& path, std::set<std::string>& members) {
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            const auto name = path.empty() ? key : path + "." + key;
            members.insert(name);
            collect(value, name, members);
        }
    }
    if (json.is_array()) {
        for (const auto& value : json) collect(value, path + "[]", members);
    }
}

void all_there(const std::set<std::string>& expected, const std::set<std::string>& today) {
    for (const auto& line : expected) {
        INFO(line);
        CHECK(today.count(line) == 1);
    }
}

}  // namespace

TEST_CASE("No finding was changed or removed since version 1") {
    std::set<std::string> today;
    for (const auto& row : finding_rows()) today.insert(line_of(row));
    const auto expected = frozen("finding");
    CHECK(expected.size() >= 80);
    all_there(expected, today);
}

TEST_CASE("The exit statuses are those of version 1") {
    CHECK(frozen("exit") == std::set<std::string>{"done " + std::to_string(cli::exit_done),
                                                  "failed " + std::to_string(cli::exit_failed),
                                                  "indeterminate " + std::to_string(cli::exit_indeterminate),
                                                  "invalid " + std::to_string(cli::exit_invalid)});
}

TEST_CASE("The JSON of a report has every member of version 1") {
    const auto report = in_tree([](Tree& tree, TreeAsk&) { tree.status = tree.a_status_list(); });
    std::set<std::string> today;
    collect(Json::parse(to_json(report, false)), "", today);
    const auto expected = frozen("member");
    CHECK(expected.size() >= 30);
    all_there(expected, today);
}
