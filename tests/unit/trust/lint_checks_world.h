#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "trust/lint_checks.h"
#include "unit/trust/trust_world.h"

namespace elic {

/// "kind place: text" of each fault.
inline std::vector<std::string> said(LintFaults& faults) {
    std::vector<std::string> lines;
    for (const auto& fault : faults.take()) {
        lines.push_back(std::string(kind_of(fault.code).name) + " " + fault.place + ": " + fault.text);
    }
    return lines;
}

using Said = std::vector<std::string>;

/// A source as it was read, made by hand, for one check across it.
struct LintChecks {
    LintSource source = {};
    LintAgainst against = {};
    Timestamp now = at("2026-12-01T10:00:00+08:00");

    Said said_by(void (*check)(const LintCheck&)) const {
        LintFaults faults;
        check({.source = source, .against = against, .now = now, .faults = faults, .roots = {}, .intermediates = {}});
        return said(faults);
    }
};

}  // namespace elic
