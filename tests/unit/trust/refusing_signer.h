#pragma once

#include <utility>

#include "elic/crypto/signer.h"

namespace elic {

/// A key that signs nothing: a crypto machine that is switched off.
class RefusingSigner final : public Signer {
public:
    explicit RefusingSigner(PublicKey key) : key_(std::move(key)) {}
    const PublicKey& public_key() const override { return key_; }
    Result<Sm2Signature> sign_digest(const Digest&) override { return fail(Errc::signer_failed, "switched off"); }

private:
    PublicKey key_;
};

}  // namespace elic
