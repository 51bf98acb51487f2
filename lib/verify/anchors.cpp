#include "verify/anchors.h"

#include <algorithm>

#include "verify/verify_cache.h"

namespace elic {

namespace {

/// Puts what is found into `found` and the first that is not into `missing`.
void collect(const TrustFolder& trust, const TrustList& list, const std::vector<Digest>& fingerprints,
             std::vector<Certificate>& found, std::optional<Digest>& missing) {
    for (const auto& fingerprint : fingerprints) {
        if (auto certificate = find_certificate(trust, list, fingerprint)) {
            found.push_back(std::move(*certificate));
        } else if (!missing) {
            missing = fingerprint;
        }
    }
}

}  // namespace

std::optional<Certificate> find_certificate(const TrustFolder& trust, const TrustList& list,
                                            const Digest& fingerprint) {
    if (list.signer().fingerprint() == fingerprint) return list.signer();
    for (const auto& certificate : list.signer_intermediates()) {
        if (certificate.fingerprint() == fingerprint) return certificate;
    }
    auto certificate = trust.certificate(fingerprint);
    return certificate ? std::optional(std::move(*certificate)) : std::nullopt;
}

Anchors anchors_of(const VerifyContext& context, const TrustList& list) {
    std::vector<Digest> pinned;
    for (const auto& root : list.roots()) {
        if (context.pins.holds(root)) pinned.push_back(root);
    }
    Anchors anchors;
    collect(*context.trust, list, pinned, anchors.roots, anchors.missing_root);
    collect(*context.trust, list, list.intermediates(), anchors.intermediates, anchors.missing_intermediate);
    return anchors;
}

bool some_pin_is_real(const VerifyContext& context, const TrustList& list) {
    const auto& pins = context.pins.pins;
    const auto look = [&] {
        return std::any_of(pins.begin(), pins.end(), [&](const RootPin& pin) {
            const auto certificate = find_certificate(*context.trust, list, pin.fingerprint);
            return !certificate || !certificate->is_test();
        });
    };
    return context.cache != nullptr ? context.cache->real_pin(list, look) : look();
}

Anchors anchors_of_signer(const VerifyContext& context, const TrustList& list, const Anchors& anchors) {
    Anchors above{.roots = anchors.roots,
                  .intermediates = list.signer_intermediates(),
                  .missing_root = {},
                  .missing_intermediate = {}};
    for (const auto& carried : list.signer_intermediates()) {
        if (context.pins.holds(carried.fingerprint())) above.roots.push_back(carried);
    }
    return above;
}

}  // namespace elic
