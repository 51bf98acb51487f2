#include "crypto/openssl_ptr.h"

#include <openssl/err.h>

namespace elic::openssl {

std::string last_error() {
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "no reason given";
    char text[256];
    ERR_error_string_n(code, text, sizeof text);
    return text;
}

bool is_sm2(const EVP_PKEY* key) noexcept { return key != nullptr && EVP_PKEY_is_a(key, "SM2") != 0; }

}  // namespace elic::openssl
