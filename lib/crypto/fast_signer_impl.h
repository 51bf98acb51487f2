#pragma once

#include <span>

#include "elic/crypto/fast_signer.h"

namespace elic {

/// Fills its argument. Errors: io.
using RandomSource = Status (*)(std::span<std::uint8_t>);

Result<std::unique_ptr<Signer>> make_fast_signer(const PrivateKey& key, RandomSource random);

/// Has it sign something, and OpenSSL, of which nothing of ours is part, verify that. Errors: signer_failed.
Status try_out(Signer& signer, const PrivateKey& key);

}  // namespace elic
