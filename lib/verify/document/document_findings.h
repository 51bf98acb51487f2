#pragma once

#include <map>
#include <string>

#include "elic/verify/report.h"
#include "verify/detail.h"

namespace elic {

/// Findings of several signatures, folded: of each check the worst counts, the first of equals.
class DocumentFindings {
public:
    /// What is put before each detail from now on: which signature it is.
    void set_place(std::string place) { place_ = std::move(place); }

    void note(FindingCode code, const std::string& detail = {}) {
        const auto& row = row_of(code);
        const auto found = found_.find(row.check);
        if (found != found_.end() && found->second.verdict() >= row.verdict) return;
        found_[row.check] = {.code = code, .check = row.check, .detail = detail_of(place_ + detail)};
    }

    void record_in(Report& report) const {
        for (const auto& [check, finding] : found_) report.record(finding.code, finding.detail);
    }

private:
    std::string place_;
    std::map<Check, Finding> found_;
};

}  // namespace elic
