#pragma once

#include "crypto/openssl_ptr.h"
#include "crypto/sm2_verifier.h"
#include "elic/crypto/private_key.h"
#include "elic/crypto/sm2.h"

namespace elic {

struct PublicKey::Impl {
    Impl(const std::array<std::uint8_t, 65>& bytes, const sm2::AffinePoint& point, const Digest& z)
        : encoded(bytes), default_user(z), verifier(point) {}

    std::array<std::uint8_t, 65> encoded;  ///< 04 || x || y
    Digest default_user;                   ///< Z of the default user id
    sm2::Verifier verifier;
};

struct PrivateKey::Impl {
    openssl::Key key;
};

}  // namespace elic
