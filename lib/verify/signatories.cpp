#include "verify/signatories.h"

#include "base/hex.h"

namespace elic {

namespace {

/// A search for one code.
class Search {
public:
    Search(const VerifyContext& context, const Payload& payload) : context_(context), payload_(payload) {}

    Signatories run() {
        const auto& trust = *context_.trust;
        auto bodies = trust.bodies_with_key(payload_.hint);
        if (!bodies) return failed(FindingCode::trust_malformed, bodies.error().context);
        for (const auto& body : *bodies) {
            for (const auto& listed : body.body.certificates) {
                if (key_hint(listed.fingerprint) == payload_.hint) try_key(body, listed.fingerprint);
            }
        }
        auto rollover = trust.rollover(payload_.hint);
        if (!rollover) return failed(FindingCode::internal_failure, rollover.error().context);
        if (*rollover) {
            const auto& said = (*rollover)->rollover;
            bodies = trust.bodies(said.body);
            if (!bodies) return failed(FindingCode::trust_malformed, bodies.error().context);
            for (const auto& body : *bodies) {
                const auto fingerprint = said.new_certificate.fingerprint();
                if (body.body.certificate(fingerprint) == nullptr) try_key(body, fingerprint);
            }
        }
        return conclude();
    }

private:
    static Signatories failed(FindingCode code, const std::string& detail) {
        return {.found = {}, .fault = KeyFault{.code = code, .detail = detail}};
    }

    void try_key(const KnownBody& body, const Digest& fingerprint) {
        auto found = find_key(*context_.trust, body, fingerprint);
        if (!found.key && !found.fault) return;
        fits_ = true;
        if (found.fault) {
            if (!key_fault_) key_fault_ = found.fault;
            return;
        }
        if (!signature_holds(payload_, found.key->certificate.public_key())) return;
        result_.signature_holds = true;
        auto standings = standings_of(context_, body);
        if (standings.fault && !standing_fault_) standing_fault_ = standings.fault;
        for (auto& standing : standings.found) {
            result_.found.push_back({.standing = std::move(standing), .key = *found.key});
        }
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

Signatories find_signatories(const VerifyContext& context, const Payload& payload) {
    return Search(context, payload).run();
}

}  // namespace elic
