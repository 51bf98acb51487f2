#include "elic/crypto/sm3.h"

#include <openssl/evp.h>

#include "elic/base/assert.h"

namespace elic {

Digest sm3(BytesView bytes) {
    Digest digest{};
    unsigned int size = 0;
    const int done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sm3(), nullptr);
    ELIC_ASSERT(done == 1 && size == digest.size());  // only a broken library or no memory
    return digest;
}

}  // namespace elic
