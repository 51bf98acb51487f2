#pragma once

#include "crypto/openssl_ptr.h"
#include "elic/crypto/private_key.h"
#include "elic/crypto/sm2.h"

namespace elic {

struct PublicKey::Impl {
    openssl::Key key;
    std::array<std::uint8_t, 65> point{};
};

struct PrivateKey::Impl {
    openssl::Key key;
};

/// Takes a key of OpenSSL as ours. Errors: malformed_key (not SM2).
Result<PublicKey> adopt_public_key(openssl::Key key);

}  // namespace elic
