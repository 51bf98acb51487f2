#include "verify/document/document_anchors.h"

#include "verify/signing_key.h"

namespace elic {

DocumentAnchors::DocumentAnchors(const VerifyContext& context) : context_(context) {
    if (context.trust == nullptr) return;
    for (const auto& list : context.trust->lists()) {
        lists_.push_back({.list = &list, .anchors = anchors_of(context, list)});
    }
}

ChainAnswer DocumentAnchors::chain_of(const EmbeddedCertificate& certificate,
                                      std::span<const EmbeddedCertificate> between, Timestamp at) const {
    using Kind = ChainAnswer::Kind;
    if (!certificate.certificate) return {.kind = Kind::no_anchor, .detail = certificate.fault};
    const auto& leaf = *certificate.certificate;
    ChainAnswer answer{.kind = Kind::no_anchor, .detail = leaf.subject() + ", issued by " + leaf.issuer()};
    if (lists_.empty()) answer.detail += ": no trust folder";
    for (const auto& [list, anchors] : lists_) {
        auto intermediates = anchors.intermediates;
        for (const auto& each : between) {
            if (each.certificate && each.certificate->is_ca()) intermediates.push_back(*each.certificate);
        }
        auto root = verify_chain(leaf, intermediates, anchors.roots, at);
        if (!root) continue;
        if (root->is_test() && some_pin_is_real(context_, *list)) {
            answer = {.kind = Kind::test_refused, .detail = root->subject()};
            continue;
        }
        // A lost key may have signed at any time, whatever it claims.
        const auto fault = revocation_fault(context_, anchors, leaf, at, true);
        if (!fault) return {.kind = Kind::anchored, .detail = leaf.subject(), .root = std::move(*root)};
        const bool revoked = fault->code == FindingCode::certificate_revoked;
        answer = {.kind = revoked ? Kind::revoked : Kind::unusable_list, .detail = fault->detail};
        if (revoked) return answer;
    }
    return answer;
}

}  // namespace elic
