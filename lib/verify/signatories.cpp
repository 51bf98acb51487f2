#include "verify/signatories.h"

#include "base/hex.h"
#include "verify/verify_cache.h"

namespace elic {

namespace {

KeyCandidates failed(FindingCode code, const std::string& detail) {
    return {.all = {}, .fault = KeyFault{.code = code, .detail = detail}};
}

void add(const TrustFolder& trust, const KnownBody& body, const Digest& fingerprint, KeyCandidates& candidates) {
    auto found = find_key(trust, body, fingerprint);
    if (!found.key && !found.fault) return;
    candidates.all.push_back(std::make_shared<const KeyCandidate>(body, std::move(found)));
}

KeyCandidates find_candidates(const TrustFolder& trust, const KeyHint& hint) {
    KeyCandidates candidates;
    auto bodies = trust.bodies_with_key(hint);
    if (!bodies) return failed(FindingCode::trust_malformed, bodies.error().context);
    for (const auto& body : *bodies) {
        for (const auto& listed : body.body.certificates) {
            if (key_hint(listed.fingerprint) == hint) add(trust, body, listed.fingerprint, candidates);
        }
    }
    auto rollover = trust.rollover(hint);
    if (!rollover) return failed(FindingCode::internal_failure, rollover.error().context);
    if (!*rollover) return candidates;
    const auto& said = (*rollover)->rollover;
    bodies = trust.bodies(said.body);
    if (!bodies) return failed(FindingCode::trust_malformed, bodies.error().context);
    for (const auto& body : *bodies) {
        const auto fingerprint = said.new_certificate.fingerprint();
        if (body.body.certificate(fingerprint) == nullptr) add(trust, body, fingerprint, candidates);
    }
    return candidates;
}

/// A search for one code.
class Search {
public:
    Search(const VerifyContext& context, const Payload& payload) : context_(context), payload_(payload) {}

    Signatories run(const KeyCandidates& candidates) {
        if (candidates.fault) {
            result_.fault = candidates.fault;
            return std::move(result_);
        }
        for (const auto& candidate : candidates.all) try_key(candidate);
        return conclude();
    }

private:
    void try_key(const std::shared_ptr<const KeyCandidate>& candidate) {
        const auto& found = candidate->found();
        if (found.fault) {
            if (!key_fault_) key_fault_ = found.fault;
            return;
        }
        fits_ = true;
        if (!signature_holds(payload_, found.key->certificate.public_key())) return;
        result_.signature_holds = true;
        const auto& standings = candidate->standings(context_);
        if (standings.fault && !standing_fault_) standing_fault_ = standings.fault;
        for (const auto& standing : standings.found) result_.found.emplace_back(candidate, standing);
    }

    /// The nearest to a signature first.
    Signatories conclude() {
        if (!result_.found.empty()) return std::move(result_);
        const auto hint = "key " + to_hex(payload_.hint);
        if (standing_fault_) {
            result_.fault = standing_fault_;
        } else if (key_fault_) {
            result_.fault = key_fault_;
        } else if (fits_) {
            result_.fault = KeyFault{.code = FindingCode::signature_wrong, .detail = hint};
        } else if (!context_.trust->damaged().empty()) {
            // The list that would name the signer may be the one that cannot be read.
            result_.fault =
                KeyFault{.code = FindingCode::trust_malformed, .detail = context_.trust->damaged().front().context};
        } else {
            result_.fault = KeyFault{.code = FindingCode::signer_unknown, .detail = hint};
        }
        return std::move(result_);
    }

    const VerifyContext& context_;
    const Payload& payload_;
    Signatories result_;
    bool fits_ = false;
    std::optional<KeyFault> key_fault_, standing_fault_;
};

}  // namespace

const Standings& KeyCandidate::standings(const VerifyContext& context) const {
    std::call_once(climbed_, [&] { standings_ = standings_of(context, body_); });
    return standings_;
}

Signatories find_signatories(const VerifyContext& context, const Payload& payload) {
    const auto find = [&] { return find_candidates(*context.trust, payload.hint); };
    if (context.cache == nullptr) return Search(context, payload).run(find());
    return Search(context, payload).run(*context.cache->candidates(payload.hint, find));
}

}  // namespace elic
