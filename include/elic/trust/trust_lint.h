#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/trust/issuing_body.h"

namespace elic {

/// What can be said of a source: lint_codes.def.
enum class LintCode : std::uint16_t {
#define ELIC_LINT(name, code, severity, what, mend) name,
#include "elic/trust/lint_codes.def"
#undef ELIC_LINT
};

enum class LintSeverity : std::uint8_t { warning, error };

/// One row of the table.
struct LintKind {
    LintCode code;
    std::string_view name;  ///< "grant.overlap"
    LintSeverity severity;
    std::string_view what;  ///< the kind in general
    std::string_view mend;
};
const LintKind& kind_of(LintCode code) noexcept;
const std::vector<LintKind>& lint_kinds();

std::string_view name_of(LintSeverity severity) noexcept;  ///< "warning", "error"

/// One thing wrong with a source. All texts are fit for one line of output.
struct LintFault {
    LintCode code;
    LintSeverity severity;
    std::string place;  ///< JSON path: "bodies[3].types[0].areas[1]"; empty = the whole source
    std::string text;   ///< what is wrong
    std::string mend;   ///< what to do
};

/// What a source is held against besides itself. Each part may be left out.
struct LintAgainst {
    std::optional<std::uint64_t> number = {};         ///< of the list or delegation that it follows
    std::optional<std::vector<IssuingBody>> known{};  ///< where the parent of a delegation is looked for
    std::vector<Certificate> roots = {};              ///< that a delegated body's certificates chain to
    std::vector<Certificate> intermediates = {};
};

/// Everything that is wrong with a source of a trust list ("elic trust source 1") or of a delegation ("elic delegation
/// source 1"), in the order of the source, then across it. Total: any bytes give faults, there is no error channel; it
/// goes on after each fault with what could be understood. What read_trust_source or read_delegation_source refuses
/// gives at least one error. Files named are relative to `base`.
std::vector<LintFault> lint_trust_source(BytesView json, const std::filesystem::path& base, Timestamp now,
                                         const LintAgainst& against = {});

}  // namespace elic
