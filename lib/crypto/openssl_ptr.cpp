#include "crypto/openssl_ptr.h"

#include <openssl/err.h>
#include <openssl/objects.h>

namespace elic::openssl {

std::string last_error() {
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "no reason given";
    char text[256];
    ERR_error_string_n(code, text, sizeof text);
    return text;
}

bool is_sm2(EVP_PKEY* key) noexcept {
    if (EVP_PKEY_is_a(key, "SM2") != 0) return true;
    if (EVP_PKEY_is_a(key, "EC") == 0) return false;
    char group[64] = {};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 && std::string_view(group, size) == "SM2";
}

}  // namespace elic::openssl
