#pragma once

#include "elic/crypto/private_key.h"

namespace elic {

/// Signs with elic's own SM2 arithmetic instead of OpenSSL's, which takes some fifteen times as long (docs/sm2.md). For
/// whoever makes licenses by the thousand and has the key in a file: what OpenSSL does stays what is done unless this
/// is asked for.
///
/// It holds the key besides OpenSSL's; both are zeroed when destroyed. Constant in time. Its first signature is
/// verified by OpenSSL before it is given back. Errors: signer_failed (that one does not hold; no random numbers).
Result<std::unique_ptr<Signer>> make_fast_signer(const PrivateKey& key);

}  // namespace elic
