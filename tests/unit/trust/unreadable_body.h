#pragma once

#include <algorithm>

#include "codec/cbor.h"
#include "trust/trust_codec.h"
#include "unit/trust/trust_world.h"

namespace elic {

/// The list of a world, the name of one of its bodies made invalid UTF-8, which nobody sees before the body is read: it
/// opens, and its signature holds.
inline Bytes list_with_unreadable_body(TrustWorld& world, const std::string& name) {
    auto content = write_trust_content(world.source.content).value();
    const auto bytes = as_bytes(name);
    const auto found = std::search(content.begin(), content.end(), bytes.begin(), bytes.end());
    if (found == content.end()) std::abort();
    *found = 0xFF;
    const auto hint = key_hint(world.ca.certificate.fingerprint());
    const auto signature = sign_message(world.ca.key, signing_input(SignatureKind::trust_list, hint, content)).value();
    cbor::Array envelope;
    envelope.emplace_back(std::string("elic trust-list 1"));
    envelope.emplace_back(world.ca.certificate.der());
    envelope.emplace_back(cbor::Array{});
    envelope.emplace_back(std::move(content));
    envelope.emplace_back(Bytes(signature.begin(), signature.end()));
    return cbor::write(std::move(envelope));
}
inline Bytes list_with_unreadable_body(TrustWorld& world) {
    return list_with_unreadable_body(world, world.body().name);
}

}  // namespace elic
