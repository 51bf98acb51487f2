#include "elic/verify/report.h"

#include <algorithm>

#include "codec/json.h"
#include "elic/base/assert.h"
#include "verify/license_json.h"

namespace elic {

namespace {

/// Escapes nothing: details are escaped when they are recorded.
Json finding_json(const Finding& finding, bool chinese) {
    const auto& row = row_of(finding.code);
    Json json{{"code", row.code},
              {"check", name_of(finding.check)},
              {"question", name_of(question_of(finding.check))},
              {"verdict", name_of(finding.verdict())},
              {"text", chinese ? row.zh : row.en}};
    json["detail"] = finding.detail;
    return json;
}

Json freshness_json(const Freshness& freshness) {
    Json json;
    json["as_of"] = freshness.as_of ? Json(freshness.as_of->format()) : Json();
    json["age_hours"] = freshness.as_of ? Json(freshness.age_hours) : Json();
    return json;
}

}  // namespace

std::string_view name_of(Answer answer) noexcept {
    constexpr std::string_view names[] = {"yes", "no", "unknown"};
    return names[static_cast<std::size_t>(answer)];
}

Freshness freshness_of(Timestamp as_of, Timestamp at) noexcept {
    const auto age = at.unix_seconds() - as_of.unix_seconds();
    return {.as_of = as_of, .age_hours = std::max<std::int64_t>(0, age / 3600)};
}

Report::Report(Timestamp at) : at_(at) {
    for (int i = 0; i < mandatory_checks; ++i) {
        const auto check = static_cast<Check>(i);
        findings_.push_back({.code = FindingCode::not_run, .check = check, .detail = std::string(name_of(check))});
    }
}

void Report::expect(Check check) {
    for (const auto& finding : findings_) {
        if (finding.check == check) return;
    }
    findings_.push_back({.code = FindingCode::not_run, .check = check, .detail = std::string(name_of(check))});
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) { return a.check < b.check; });
}

void Report::record(FindingCode code, std::string detail) {
    const auto check = row_of(code).check;
    for (auto& finding : findings_) {
        if (finding.check != check) continue;
        finding = {.code = code, .check = check, .detail = std::move(detail)};
        return;
    }
    findings_.push_back({.code = code, .check = check, .detail = std::move(detail)});
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const Finding& a, const Finding& b) { return a.check < b.check; });
}

void Report::see(const std::string& name, std::uint64_t number, Timestamp issued_at) {
    seen_.see(name, number, issued_at);
    if (!seen_.newest_time || *seen_.newest_time < issued_at) seen_.newest_time = issued_at;
}

const Finding& Report::finding(Check mandatory) const {
    const auto found = std::find_if(findings_.begin(), findings_.end(),
                                    [&](const Finding& finding) { return finding.check == mandatory; });
    ELIC_ASSERT(found != findings_.end());
    return *found;
}

Verdict Report::verdict() const noexcept {
    Verdict worst = Verdict::valid;
    for (const auto& finding : findings_) worst = std::max(worst, finding.verdict());
    return worst;
}

Answer Report::answer(Question question) const noexcept {
    Verdict worst = Verdict::valid;
    for (const auto& finding : findings_) {
        if (question_of(finding.check) == question) worst = std::max(worst, finding.verdict());
    }
    return worst == Verdict::valid ? Answer::yes : worst == Verdict::invalid ? Answer::no : Answer::unknown;
}

std::string to_json(const Report& report, bool chinese) {
    Json json{{"verdict", name_of(report.verdict())},
              {"genuine", name_of(report.answer(Question::genuine))},
              {"in_force", name_of(report.answer(Question::in_force))},
              {"authorised", name_of(report.answer(Question::authorised))},
              {"findings", Json::array()}};
    for (const auto& finding : report.findings()) json["findings"].push_back(finding_json(finding, chinese));
    json["allowed"] = report.allowed();
    json["test"] = report.test();
    json["license"] = report.license() != nullptr ? license_json(*report.license()) : Json();
    json["trust"] = freshness_json(report.trust());
    json["status"] = freshness_json(report.status());
    json["at"] = report.at().format();
    return write_json(json);
}

}  // namespace elic
