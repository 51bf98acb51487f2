#pragma once

#include "crypto/openssl_ptr.h"
#include "elic/base/bytes.h"

namespace elic {

/// The first private key of a PEM text: PKCS#8, plain or encrypted with PBES2 (PBKDF2). Of any algorithm.
/// Errors: malformed_key, wrong_passphrase, limit_exceeded (size, rounds).
Result<openssl::Key> read_pkcs8(BytesView pem, BytesView passphrase);

/// PEM, encrypted with PBES2: AES-256-CBC, PBKDF2 with HMAC-SHA-256. Errors: bad_argument (no passphrase),
/// limit_exceeded (its length), crypto_failure.
Result<Bytes> write_encrypted_pkcs8(EVP_PKEY* key, BytesView passphrase);

}  // namespace elic
