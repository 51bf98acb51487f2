#include "elic/verify/finding.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/file.h"
#include "codec/json.h"

using namespace elic;

namespace {

std::string source_file(const std::string& name) {
    return std::string(as_text(read_file(std::string(ELIC_SOURCE_DIR) + "/" + name, 1 << 20).value()));
}

std::set<std::string> table_codes() {
    std::set<std::string> codes;
    for (const auto& row : finding_rows()) codes.insert(std::string(row.code));
    return codes;
}

}  // namespace

TEST_CASE("Finding codes and numbers are unique") {
    std::set<int> numbers;
    std::set<std::string_view> codes;
    for (const auto& row : finding_rows()) {
        CAPTURE(row.code);
        CHECK(numbers.insert(static_cast<int>(row.number)).second);
        CHECK(&row_of(row.number) == &row);
        CHECK(codes.insert(row.code).second);
        CHECK_FALSE(row.clause.empty());
        CHECK_FALSE(row.zh.empty());
        CHECK_FALSE(row.en.empty());
    }
    CHECK(table_codes().size() == finding_rows().size());
}

TEST_CASE("A finding belongs to the question of its check") {
    for (const auto& row : finding_rows()) {
        CAPTURE(row.code);
        if (row.number == FindingCode::not_run || row.number == FindingCode::internal_failure) continue;
        CHECK(row.question == question_of(row.check));
    }
}

TEST_CASE("Every mandatory check has a finding that lets it pass, and one that does not") {
    for (int i = 0; i < mandatory_checks; ++i) {
        bool passes = false;
        bool stops = false;
        for (const auto& row : finding_rows()) {
            if (row.check != static_cast<Check>(i)) continue;
            passes = passes || row.verdict == Verdict::valid;
            stops = stops || row.verdict != Verdict::valid;
        }
        CAPTURE(i);
        CHECK(passes);
        CHECK(stops);
    }
}

TEST_CASE("Verdicts, questions and checks have stable names") {
    CHECK(name_of(Verdict::valid) == "valid");
    CHECK(name_of(Verdict::indeterminate) == "indeterminate");
    CHECK(name_of(Verdict::invalid) == "invalid");
    CHECK(name_of(Question::in_force) == "in_force");
    CHECK(name_of(Question::context) == "context");
    CHECK(name_of(Check::form) == "form");
    CHECK(name_of(Check::status) == "status");
    CHECK(name_of(Check::number) == "number");
    CHECK(question_of(Check::test) == Question::context);
}

TEST_CASE("docs/findings.md says of every finding what the table says") {
    const auto page = source_file("docs/findings.md");
    for (const auto& row : finding_rows()) {
        const std::string line = "| " + std::to_string(static_cast<int>(row.number)) + " | `" + std::string(row.code) +
                                 "` | " + std::string(name_of(row.question)) + " | " + std::string(name_of(row.check)) +
                                 " | " + std::string(name_of(row.verdict)) + " | " + std::string(row.clause) + " | " +
                                 std::string(row.en) + " | " + std::string(row.zh) + " |\n";
        INFO(line);
        CHECK(page.find(line) != std::string::npos);
    }
    std::size_t rows = 0;
    for (auto at = page.find("\n| "); at != std::string::npos; at = page.find("\n| ", at + 1)) {
        if (page[at + 3] >= '0' && page[at + 3] <= '9') ++rows;
    }
    CHECK(rows == finding_rows().size());
}

TEST_CASE("schemas/report.schema.json lists the codes and names of the table") {
    const auto schema = read_json(source_file("schemas/report.schema.json")).value();
    const auto& finding = schema.at("$defs").at("finding").at("properties");
    const auto texts = [](const Json& list) { return std::set<std::string>(list.begin(), list.end()); };
    CHECK(texts(finding.at("code").at("enum")) == table_codes());
    std::set<std::string> check_names, questions, verdicts;
    for (int i = 0; i < elic::checks; ++i) check_names.insert(std::string(name_of(static_cast<Check>(i))));
    for (int i = 0; i <= static_cast<int>(Question::context); ++i) {
        questions.insert(std::string(name_of(static_cast<Question>(i))));
    }
    for (int i = 0; i <= static_cast<int>(Verdict::invalid); ++i) {
        verdicts.insert(std::string(name_of(static_cast<Verdict>(i))));
    }
    CHECK(texts(finding.at("check").at("enum")) == check_names);
    CHECK(texts(finding.at("question").at("enum")) == questions);
    CHECK(texts(schema.at("$defs").at("verdict").at("enum")) == verdicts);
}
