#include "crypto/own_program.h"

#include <openssl/crypto.h>

namespace elic {

void start_crypto_of_own_program() noexcept { OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr); }

}  // namespace elic
