#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "elic/payload/payload.h"
#include "verify/standing.h"

namespace elic {

/// A body and its key that a code's hint fits, whoever made the signature. Where the body stands is found when it is
/// first asked for: not before a signature holds.
class KeyCandidate {
public:
    KeyCandidate(KnownBody body, FoundKey found) : body_(std::move(body)), found_(std::move(found)) {}

    const FoundKey& found() const noexcept { return found_; }
    const Standings& standings(const VerifyContext& context) const;

private:
    KnownBody body_;
    FoundKey found_;
    mutable std::once_flag climbed_;
    mutable Standings standings_;
};

/// All that a hint fits, in the order in which they are tried; or why that cannot be said.
struct KeyCandidates {
    std::vector<std::shared_ptr<const KeyCandidate>> all;
    std::optional<KeyFault> fault;
};

/// Whose key signed a code: where the body stands, and its key.
class Signatory {
public:
    Signatory(std::shared_ptr<const KeyCandidate> candidate, const Standing& standing)
        : candidate_(std::move(candidate)), standing_(&standing) {}

    const Standing& standing() const noexcept { return *standing_; }
    const SigningKey& key() const noexcept { return *candidate_->found().key; }

private:
    std::shared_ptr<const KeyCandidate> candidate_;
    const Standing* standing_;  ///< of the candidate
};

/// Every body whose key made the signature, in every standing; or why there is none.
struct Signatories {
    std::vector<Signatory> found;
    std::optional<KeyFault> fault;  ///< there exactly when `found` is empty
    bool signature_holds = false;   ///< a key made it, whatever became of its standing
};

/// The hint of a code is a hint: every certificate that it fits is tried, listed ones and rolled-over ones.
Signatories find_signatories(const VerifyContext& context, const Payload& payload);

}  // namespace elic
