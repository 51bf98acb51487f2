#pragma once

#include <string>
#include <vector>

#include "elic/trust/trust_lint.h"

namespace elic {

/// Where the checks put what they find.
class LintFaults {
public:
    /// `text` and `mend` are escaped here; an empty text stands for the table's sentence, an empty mend for its mend.
    void add(LintCode code, const std::string& place, const std::string& text = {}, const std::string& mend = {});

    bool has_error() const noexcept { return errors_ != 0; }
    std::vector<LintFault> take() { return std::move(faults_); }

private:
    std::vector<LintFault> faults_;
    std::size_t errors_ = 0;
};

std::string indexed(const std::string& place, std::size_t i);  ///< "bodies[3]"
std::string in_quotes(std::string_view text);                  ///< in single quotes, shortened when it is long

}  // namespace elic
