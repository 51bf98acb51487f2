#include "elic/verify/report.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/file.h"
#include "codec/json.h"
#include "unit/verify/license_world.h"

using namespace elic;

namespace {

/// One finding that lets each mandatory check pass.
constexpr FindingCode passes[] = {
    FindingCode::code_read,      FindingCode::trust_ok,    FindingCode::signature_ok,
    FindingCode::certificate_ok, FindingCode::issuer_ok,   FindingCode::type_ok,
    FindingCode::authority_ok,   FindingCode::validity_ok, FindingCode::status_missing_allowed};

Report passed() {
    Report report(world_time());
    for (const auto code : passes) report.record(code);
    return report;
}

/// The members that the schema requires and allows of an object, against those there are.
void check_members(const Json& object, const Json& schema) {
    std::set<std::string> there, allowed;
    for (const auto& [key, value] : object.items()) there.insert(key);
    for (const auto& [key, value] : schema.at("properties").items()) allowed.insert(key);
    for (const auto& key : there) {
        CAPTURE(key);
        CHECK(allowed.count(key) == 1);
    }
    for (const auto& key : schema.at("required")) {
        CAPTURE(key);
        CHECK(there.count(key.get<std::string>()) == 1);
    }
    CHECK(schema.at("additionalProperties") == false);
}

}  // namespace

TEST_CASE("A new report is indeterminate: no check has run") {
    const Report report(world_time());
    CHECK(report.verdict() == Verdict::indeterminate);
    REQUIRE(report.findings().size() == mandatory_checks);
    for (int i = 0; i < mandatory_checks; ++i) {
        const auto& finding = report.findings()[static_cast<std::size_t>(i)];
        CHECK(finding.code == FindingCode::not_run);
        CHECK(finding.check == static_cast<Check>(i));
    }
    CHECK(report.answer(Question::genuine) == Answer::unknown);
    CHECK(report.answer(Question::in_force) == Answer::unknown);
    CHECK(report.answer(Question::authorised) == Answer::unknown);
    CHECK(report.license() == nullptr);
    CHECK_FALSE(report.test());
    CHECK(report.allowed().empty());
}

TEST_CASE("A report is valid when every mandatory check has passed, and not before") {
    CHECK(passed().verdict() == Verdict::valid);
    for (const auto left_out : passes) {
        Report report(world_time());
        for (const auto code : passes) {
            if (code != left_out) report.record(code);
        }
        CAPTURE(row_of(left_out).code);
        CHECK(report.verdict() == Verdict::indeterminate);
    }
}

TEST_CASE("The verdict is never better than the worst finding, whatever the order") {
    for (const auto& first : finding_rows()) {
        for (const auto& second : finding_rows()) {
            if (first.number == FindingCode::not_run || second.number == FindingCode::not_run) continue;
            auto report = passed();
            report.record(first.number);
            report.record(second.number);
            // The second replaces the first where both answer one check.
            const auto worst = first.check == second.check ? second.verdict : std::max(first.verdict, second.verdict);
            if (report.verdict() != worst) FAIL(first.code << " and " << second.code);
        }
    }
    SUCCEED("all pairs");
}

TEST_CASE("Each question is answered by its own checks") {
    for (const auto& row : finding_rows()) {
        if (row.number == FindingCode::not_run || row.verdict == Verdict::valid) continue;
        auto report = passed();
        report.record(row.number);
        CAPTURE(row.code);
        for (const auto question : {Question::genuine, Question::in_force, Question::authorised}) {
            const auto expected = question_of(row.check) != question ? Answer::yes
                                  : row.verdict == Verdict::invalid  ? Answer::no
                                                                     : Answer::unknown;
            CHECK(report.answer(question) == expected);
        }
    }
}

TEST_CASE("Findings stay in the order of the checks; one of a check replaces the other") {
    auto report = passed();
    report.record(FindingCode::number_differs);
    report.record(FindingCode::trust_test_root, "CN=TEST");
    report.record(FindingCode::holder_agrees);
    report.record(FindingCode::number_agrees, "same");
    REQUIRE(report.findings().size() == mandatory_checks + 3);
    for (std::size_t i = 1; i < report.findings().size(); ++i) {
        CHECK(report.findings()[i - 1].check < report.findings()[i].check);
    }
    CHECK(report.findings().back() == Finding{FindingCode::number_agrees, Check::number, "same"});
}

TEST_CASE("A report as JSON has the members of its schema") {
    const auto schema =
        read_json(as_text(read_file(std::string(ELIC_SOURCE_DIR) + "/schemas/report.schema.json", 1 << 20).value()))
            .value();
    auto world = make_world();
    const WrittenTrust written(world);
    auto license = a_license();
    license.face.push_back({.label = "许可范围", .key = "XKFW", .text = "示例工程"});
    const auto report = verified(text_of(license, world.office), written, world.pins());
    INFO(summary(report));
    const auto line = to_json(report, true);
    CHECK(line.find('\n') == std::string::npos);
    const auto json = read_json(line).value();
    check_members(json, schema);
    check_members(json.at("findings")[0], schema.at("$defs").at("finding"));
    check_members(json.at("trust"), schema.at("$defs").at("freshness"));
    check_members(json.at("license"), schema.at("$defs").at("license"));
    check_members(json.at("license").at("face")[0],
                  schema.at("$defs").at("license").at("properties").at("face").at("items"));
    CHECK(json.at("verdict") == "valid");
    CHECK(json.at("genuine") == "yes");
    CHECK(json.at("in_force") == "yes");
    CHECK(json.at("authorised") == "yes");
    CHECK(json.at("test") == true);
    CHECK(json.at("allowed") == Json({"allow-missing-status"}));
    CHECK(json.at("at") == "2026-11-23T10:00:00+08:00");
    CHECK(json.at("trust").at("as_of") == "2026-11-01T00:00:00+08:00");
    CHECK(json.at("trust").at("age_hours") == 22 * 24 + 10);
    CHECK(json.at("status").at("as_of").is_null());
    CHECK(json.at("status").at("age_hours").is_null());
    CHECK(json.at("license").at("holders")[0].at("name") == "张样例");
}

TEST_CASE("The sentences of a report follow the language; codes do not") {
    const Report report = passed();
    const auto zh = read_json(to_json(report, true)).value();
    const auto en = read_json(to_json(report, false)).value();
    CHECK(zh.at("findings")[0].at("text") == row_of(FindingCode::code_read).zh);
    CHECK(en.at("findings")[0].at("text") == row_of(FindingCode::code_read).en);
    CHECK(zh.at("findings")[0].at("code") == en.at("findings")[0].at("code"));
    CHECK(en.at("license").is_null());
}

TEST_CASE("A check that is expected is not run until it is recorded, in its place, once") {
    Report report(world_time());
    report.expect(Check::package);
    report.expect(Check::trust);  // a mandatory one: it is there
    REQUIRE(report.findings().size() == mandatory_checks + 1);
    CHECK(report.finding(Check::package).code == FindingCode::not_run);
    CHECK(report.finding(Check::package).detail == name_of(Check::package));
    report.expect(Check::package);
    CHECK(report.findings().size() == mandatory_checks + 1);
    report.record(FindingCode::trust_test_root);  // of a check between the mandatory ones and the package
    report.expect(Check::document);
    report.expect(Check::signatures);
    for (std::size_t n = 1; n < report.findings().size(); ++n) {
        CAPTURE(n);
        CHECK(report.findings()[n - 1].check < report.findings()[n].check);
    }
    report.record(FindingCode::package_ok);
    CHECK(report.finding(Check::package).code == FindingCode::package_ok);
    report.expect(Check::package);
    CHECK(report.finding(Check::package).code == FindingCode::package_ok);
}

TEST_CASE("Checks are expected in any order and stand in one") {
    Report report(world_time());
    report.expect(Check::signatures);
    report.expect(Check::package);
    const auto found = report.findings();
    CHECK(found[found.size() - 2].check == Check::package);
    CHECK(found[found.size() - 1].check == Check::signatures);
}
