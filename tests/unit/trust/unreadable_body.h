#pragma once

#include "codec/cbor.h"
#include "unit/trust/trust_world.h"

namespace elic {

/// The world's list, which opens and whose signature holds, with a first body that does not read.
inline Bytes list_with_unreadable_body(TrustWorld& world) {
    constexpr cbor::Limits limits{.depth = 4, .entries = 1000, .bytes = 1 << 20};
    const auto whole = TrustList::build(world.source.content, world.ca.key, world.ca.certificate, {}).value();
    auto parts = *cbor::read(whole, limits).value().array();
    auto map = *cbor::read(*parts[3].bytes(), limits).value().map();
    auto bodies = *map[8].second.map();
    bodies[0].second = Bytes{0xA0};
    map[8].second = std::move(bodies);
    const auto content = cbor::write(std::move(map));
    const auto hint = key_hint(world.ca.certificate.fingerprint());
    const auto signature = sign_message(world.ca.key, signing_input(SignatureKind::trust_list, hint, content)).value();
    parts[3] = content;
    parts[4] = Bytes(signature.begin(), signature.end());
    return cbor::write(std::move(parts));
}

}  // namespace elic
