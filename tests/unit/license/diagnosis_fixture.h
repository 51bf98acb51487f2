#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "elic/license/diagnosis.h"

namespace elic {

inline std::vector<std::string> rules_of(std::string_view text) {
    std::vector<std::string> rules;
    for (const auto& remark : diagnose(text).remarks) rules.push_back(remark.rule);
    return rules;
}

inline bool has_rule(const Diagnosis& diagnosis, std::string_view rule) {
    return std::ranges::any_of(diagnosis.remarks, [&](const Remark& remark) { return remark.rule == rule; });
}

/// The English sentence of a rule; empty when the diagnosis does not say it.
inline std::string sentence(const Diagnosis& diagnosis, std::string_view rule) {
    for (const auto& remark : diagnosis.remarks) {
        if (remark.rule == rule) return remark.en;
    }
    return {};
}

}  // namespace elic
