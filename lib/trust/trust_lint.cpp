#include "elic/trust/trust_lint.h"

#include "elic/trust/trust_source.h"
#include "trust/lint_checks.h"
#include "trust/lint_reader.h"

namespace elic {

namespace {

constexpr std::size_t max_depth = 32;

/// What an offset in a text is for people: "line 3, column 14".
std::string line_and_column(std::string_view text, std::size_t offset) {
    std::size_t line = 1, column = 1;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        ++column;
        if (text[i] == '\n') {
            ++line;
            column = 1;
        }
    }
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

void add_malformed(LintFaults& faults, std::string_view text, const Error& error) {
    constexpr std::string_view before = "offset ";
    std::string where;
    if (error.context.starts_with(before)) {
        std::size_t offset = 0;
        for (std::size_t i = before.size();
             i < error.context.size() && error.context[i] >= '0' && error.context[i] <= '9'; ++i)
            offset = offset * 10 + static_cast<std::size_t>(error.context[i] - '0');
        where = " (" + line_and_column(text, offset) + ")";
    }
    faults.add(LintCode::json_malformed, "", error.context + where);
}

LintCheck prepare(const LintSource& source, const LintAgainst& against, Timestamp now, LintFaults& faults) {
    LintCheck check{
        .source = source, .against = against, .now = now, .faults = faults, .roots = {}, .intermediates = {}};
    for (const auto& root : source.roots) check.roots.push_back(root.certificate);
    for (const auto& each : source.intermediates) check.intermediates.push_back(each.certificate);
    if (source.delegation) {
        check.roots = against.roots;
        check.intermediates = against.intermediates;
    }
    return check;
}

/// Whatever the builder refuses and no check has named: a source without errors always builds.
void ask_the_builder(BytesView json, const std::filesystem::path& base, Timestamp now, bool delegation,
                     LintFaults& faults) {
    std::optional<Error> refusal;
    if (delegation) {
        if (const auto read = read_delegation_source(json, base, now); !read) refusal = read.error();
    } else {
        if (const auto read = read_trust_source(json, base, now); !read) refusal = read.error();
    }
    if (!refusal) return;
    const bool large = refusal->code == Errc::limit_exceeded || refusal->context.find("more than") != std::string::npos;
    faults.add(large ? LintCode::body_too_large : LintCode::source_refused, "", refusal->context);
}

}  // namespace

std::vector<LintFault> lint_trust_source(BytesView json, const std::filesystem::path& base, Timestamp now,
                                         const LintAgainst& against) {
    LintFaults faults;
    std::vector<std::string> repeated;
    const auto parsed = read_json_leniently(as_text(json), max_source_bytes, max_depth, repeated);
    if (!parsed) {
        add_malformed(faults, as_text(json), parsed.error());
        return faults.take();
    }
    for (const auto& place : repeated)
        faults.add(LintCode::json_repeated, place, "the key occurs twice; what stands first is checked here");
    const auto source = LintReader(base, now, faults).source(*parsed);
    const auto check = prepare(source, against, now, faults);
    for (const auto lint : {lint_times, lint_roots, lint_intermediates, lint_bodies, lint_certificates, lint_shared,
                            lint_keys, lint_grants, lint_history, lint_packs, lint_objects, lint_delegation}) {
        lint(check);
    }
    if (!faults.has_error()) ask_the_builder(json, base, now, source.delegation, faults);
    return faults.take();
}

}  // namespace elic
