#pragma once

#include "elic/crypto/private_key.h"

namespace elic {

/// Signs with elic's own SM2 arithmetic instead of OpenSSL's, which takes some fifteen times as long
/// (docs/sm2-signing.md). For whoever makes licenses by the thousand and has the key in a file: what OpenSSL does stays
/// what is done unless this is asked for.
///
/// It holds the key besides OpenSSL's; both are zeroed when destroyed. Constant in time. When it is made it signs once,
/// for OpenSSL to verify; what it signs later is to be verified before it leaves, as `sign_message` and a batch do. It
/// may be used by several threads. Errors: crypto_failure (the key cannot be read); signer_failed (that one does not
/// hold; no random numbers).
Result<std::unique_ptr<Signer>> make_fast_signer(const PrivateKey& key);

}  // namespace elic
