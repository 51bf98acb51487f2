#include "trust/lint_faults.h"

#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t longest_shown = 120;  ///< bytes of a text from the source

}  // namespace

const std::vector<LintKind>& lint_kinds() {
    static const std::vector<LintKind> kinds = {
#define ELIC_LINT(name, code, severity, what, mend) {LintCode::name, code, LintSeverity::severity, what, mend},
#include "elic/trust/lint_codes.def"
#undef ELIC_LINT
    };
    return kinds;
}

const LintKind& kind_of(LintCode code) noexcept { return lint_kinds()[static_cast<std::size_t>(code)]; }

std::string_view name_of(LintSeverity severity) noexcept {
    return severity == LintSeverity::error ? "error" : "warning";
}

void LintFaults::add(LintCode code, const std::string& place, const std::string& text, const std::string& mend) {
    const auto& kind = kind_of(code);
    if (kind.severity == LintSeverity::error) ++errors_;
    faults_.push_back({.code = code,
                       .severity = kind.severity,
                       .place = escape_for_output(place),
                       .text = text.empty() ? std::string(kind.what) : escape_for_output(text),
                       .mend = mend.empty() ? std::string(kind.mend) : escape_for_output(mend)});
}

std::string indexed(const std::string& place, std::size_t i) { return place + "[" + std::to_string(i) + "]"; }

std::string in_quotes(std::string_view text) {
    if (text.size() <= longest_shown) return "'" + std::string(text) + "'";
    auto end = longest_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // whole characters
    return "'" + std::string(text.substr(0, end)) + "...'";
}

}  // namespace elic
