#include "verify/genuine_checks.h"

#include "verify/revocation_checks.h"

namespace elic {

namespace {

/// When the key may have been lost: the earliest that anybody says.
std::optional<Timestamp> since(const VerifyContext& context, const Standing& standing, const SigningKey& key) {
    auto instant = key.listed.compromised_since;
    const auto facts = revocation_of(context, standing.anchors, key.certificate);
    if (facts.revocation && facts.revocation->key_compromised) {
        const auto said = facts.revocation->invalidity.value_or(facts.revocation->at);
        if (!instant || said < *instant) instant = said;
    }
    return instant;
}

/// A key of the body or of one above it; a compromised one is none (strict_key_fault).
bool signed_rightly(const VerifyContext& context, const Standing& standing, const SignedGenuineList& signed_list) {
    for (const auto& body : standing.path) {
        const auto found = find_key(*context.trust, body, signed_list.object.signer);
        if (!found.key) continue;
        return signed_list.object.holds(found.key->certificate.public_key()) &&
               !strict_key_fault(context, *standing.list, standing.anchors, *found.key, SignatureKind::genuine_list,
                                 signed_list.list.as_of);
    }
    return false;
}

}  // namespace

bool is_genuine(const VerifyContext& context, const Standing& standing, const SigningKey& compromised,
                const Digest& envelope) {
    const auto lost = since(context, standing, compromised);
    const auto lists = context.trust->genuine_lists(standing.body().code);
    if (!lost || !lists) return false;
    for (const auto& each : *lists) {
        if (each.object.kind != SignatureKind::genuine_list || !(each.list.issuer == standing.body().code)) continue;
        if (!(each.list.as_of < *lost) || !each.list.holds(envelope)) continue;
        if (signed_rightly(context, standing, each)) return true;
    }
    return false;
}

}  // namespace elic
