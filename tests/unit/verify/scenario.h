#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "unit/verify/license_world.h"

namespace elic {

/// A verification that gives a finding, and what comes of the whole.
struct Scenario {
    FindingCode code;
    const char* what;
    std::function<Report()> report;
    std::optional<Verdict> verdict = {};  ///< of the whole report; else the row's
};

std::vector<Scenario> hierarchy_scenarios();  ///< delegations, and authority seen from above
std::vector<Scenario> key_scenarios();        ///< roll-overs, compromised keys, revocation lists
std::vector<Scenario> status_scenarios();
std::vector<Scenario> memory_scenarios();  ///< the machine's memory and clock

}  // namespace elic
