#pragma once

#include "trust/lint_faults.h"
#include "trust/lint_model.h"

namespace elic {

/// What the checks across a source share.
struct LintCheck {
    const LintSource& source;
    const LintAgainst& against;
    Timestamp now;
    LintFaults& faults;
    std::vector<Certificate> roots, intermediates;  ///< those of the source, or those it is held against
};

/// Each names the faults of its part; none relies on another having run.
void lint_times(const LintCheck& check);
void lint_roots(const LintCheck& check);
void lint_intermediates(const LintCheck& check);
void lint_certificates(const LintCheck& check);  ///< of bodies, each by itself
void lint_shared(const LintCheck& check);        ///< certificates and keys that occur more than once
void lint_keys(const LintCheck& check);          ///< kinds, gaps, overlaps, compromise
void lint_bodies(const LintCheck& check);        ///< codes, names and hosts of two bodies
void lint_grants(const LintCheck& check);
void lint_history(const LintCheck& check);  ///< former names, successors
void lint_packs(const LintCheck& check);
void lint_objects(const LintCheck& check);
void lint_delegation(const LintCheck& check);

std::string in_quotes(const LintBody& body);             ///< its name in quotes, or its place
std::string days_from_to(Timestamp from, Timestamp to);  ///< "2026-01-01 to 2026-02-01"
constexpr std::int64_t day_seconds = 86400;

/// A time in which a key may make a kind of signature, by its listing and its certificate.
struct UsableTime {
    Timestamp from, until;
    const LintKey* key;
};
/// By begin. Keys whose certificate or times did not read are left out; `unknown` is set when there is one.
std::vector<UsableTime> usable_times(const LintBody& body, SignatureKind kind, bool& unknown);

}  // namespace elic
