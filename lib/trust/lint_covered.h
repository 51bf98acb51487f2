#pragma once

#include "trust/lint_checks.h"

namespace elic {

/// A body with what is said of it, by a source, a folder or a delegation.
struct LintStanding {
    IssuingBody body;
    std::vector<Certificate> certificates;
};

/// Names what of a child's grants its parent could not pass on: type, area, time. `places` are those of the grants, or
/// one for all.
void lint_covered(const IssuingBody& child, const std::vector<std::string>& places,
                  const std::vector<const IssuingBody*>& parents, LintFaults& faults);

/// What was understood of a body, as a standing; `places` gets the place of each grant.
LintStanding standing_of(const LintBody& body, std::vector<std::string>& places);

}  // namespace elic
