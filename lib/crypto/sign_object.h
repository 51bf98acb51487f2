#pragma once

#include "crypto/openssl_ptr.h"
#include "elic/crypto/sm2.h"

namespace elic {

/// Signs with the default user id; `sign` is X509_sign_ctx, X509_REQ_sign_ctx or X509_CRL_sign_ctx.
template <class Object, class Sign>
Status sign_object(Object* object, Sign sign, EVP_PKEY* key) {
    const openssl::DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    const bool fine = context != nullptr &&
                      EVP_DigestSignInit(context.get(), &key_context, EVP_sm3(), nullptr, key) == 1 &&
                      EVP_PKEY_CTX_set1_id(key_context, sm2_default_user_id.data(), sm2_default_user_id.size()) == 1 &&
                      sign(object, context.get()) > 0;
    if (!fine) return openssl::failure("sign");
    return {};
}

}  // namespace elic
