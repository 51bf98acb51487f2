#pragma once

#include <map>
#include <tuple>

#include "base/memo.h"
#include "verify/signatories.h"

namespace elic {

/// What an issuer's verifications of its own codes have in common, found once: whom a hint fits, and for one instant
/// what the standing and the certificate are worth. Belongs to one trust folder and one set of pins, which outlive it;
/// several threads may use it. Only issuing makes one: a context that has it asks nothing about status or expectations
/// (those stay "not run", so that such a report is never valid), and looks into no memory.
class VerifyCache {
public:
    /// A standing at an instant: whether it can be relied on, and the report so far.
    struct StandingFacts {
        bool good = false;
        Report report;
    };
    /// A signatory's certificate at a signing time, asked at an instant.
    struct CertificateFacts {
        std::optional<KeyFault> fault = {};
        std::optional<Certificate> root = {};
        std::optional<std::string> compromised = {};
    };

    /// Never emptied: what is kept below goes by the addresses of standings in it.
    std::shared_ptr<const KeyCandidates> candidates(const KeyHint& hint, const auto& find) {
        return candidates_.get(hint, find);
    }
    std::shared_ptr<const StandingFacts> standing(const Standing& standing, Timestamp at, const auto& check) {
        return standings_.get({&standing, at}, check);
    }
    std::shared_ptr<const CertificateFacts> certificate(const Signatory& signatory, Timestamp signed_at, Timestamp at,
                                                        const auto& check) {
        return certificates_.get({&signatory.standing(), &signatory.key(), signed_at, at}, check);
    }
    bool real_pin(const TrustList& list, const auto& look) { return *real_pins_.get(&list, look); }
    /// The root that the list's signer chains to.
    std::optional<Digest> list_root(const Standing& standing, const auto& climb) {
        return *list_roots_.get(&standing, climb);
    }

private:
    static constexpr std::size_t instants = 64;
    static constexpr std::size_t hints = 1 << 20;
    Memo<KeyHint, KeyCandidates> candidates_{hints};
    Memo<std::pair<const Standing*, Timestamp>, StandingFacts> standings_{instants};
    Memo<std::tuple<const Standing*, const SigningKey*, Timestamp, Timestamp>, CertificateFacts> certificates_{
        instants};
    Memo<const TrustList*, bool> real_pins_{hints};
    Memo<const Standing*, std::optional<Digest>> list_roots_{hints};
};

}  // namespace elic
