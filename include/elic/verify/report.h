#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "elic/base/timestamp.h"
#include "elic/license/metadata.h"
#include "elic/trust/seen_state.h"
#include "elic/verify/finding.h"

namespace elic {

/// The answer to one of the three questions.
enum class Answer { yes, no, unknown };
std::string_view name_of(Answer answer) noexcept;

/// How old what the verdict rests on is.
struct Freshness {
    std::optional<Timestamp> as_of;
    std::int64_t age_hours = 0;  ///< at the time asked about; 0 when as_of is not set or lies after it
};
Freshness freshness_of(Timestamp as_of, Timestamp at) noexcept;

/// What a verifier says of one license. Starts with every mandatory check "not run": a forgotten check can make it
/// unsure, never sure. Only verify/ writes one.
class Report {
public:
    explicit Report(Timestamp at);

    Verdict verdict() const noexcept;                 ///< indeterminate until every mandatory check has run
    Answer answer(Question question) const noexcept;  ///< genuine, in_force, authorised
    std::span<const Finding> findings() const noexcept { return findings_; }  ///< in the order of the checks
    /// Of a mandatory check: always there.
    const Finding& finding(Check mandatory) const;
    /// Null unless the signature held and the signer is trusted.
    const Metadata* license() const noexcept { return license_ ? &*license_ : nullptr; }
    Timestamp at() const noexcept { return at_; }
    bool test() const noexcept { return test_; }                                   ///< a TEST root was used
    const std::vector<std::string>& allowed() const noexcept { return allowed_; }  ///< weakening options in force
    const Freshness& trust() const noexcept { return trust_; }
    const Freshness& status() const noexcept { return status_; }
    /// Lists and delegations that were found good, for the memory of this machine: to be taken into its file.
    const SeenState& seen() const noexcept { return seen_; }

    /// A check that must be made too: "not run" until it is, as the mandatory ones are.
    void expect(Check check);
    /// Replaces the finding of the row's check.
    void record(FindingCode code, std::string detail = {});
    void set_license(Metadata license) { license_ = std::move(license); }
    void set_test() { test_ = true; }
    void set_allowed(std::vector<std::string> options) { allowed_ = std::move(options); }
    void set_trust(Freshness freshness) { trust_ = freshness; }
    void set_status(Freshness freshness) { status_ = freshness; }
    void see(const std::string& name, std::uint64_t number, Timestamp issued_at);

private:
    Timestamp at_;
    std::vector<Finding> findings_;
    std::optional<Metadata> license_;
    bool test_ = false;
    std::vector<std::string> allowed_;
    Freshness trust_;
    Freshness status_;
    SeenState seen_;
};

/// One line of JSON as schemas/report.schema.json has it. `chinese`: the language of the sentences.
std::string to_json(const Report& report, bool chinese);

}  // namespace elic
