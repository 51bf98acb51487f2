#pragma once

#include <cstdlib>
#include <memory>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "elic/crypto/sm2.h"

namespace elic {

/// OpenSSL's own word on a signature.
class OpensslVerifier {
public:
    explicit OpensslVerifier(const PublicKey& key) {
        const auto spki = key.spki();
        const unsigned char* at = spki.data();
        key_.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
        context_.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
        if (context_ == nullptr || EVP_PKEY_verify_init(context_.get()) != 1) std::abort();
    }
    bool verify(const Digest& e, const Sm2Signature& signature) {
        const auto der = signature_to_der(signature);
        return EVP_PKEY_verify(context_.get(), der.data(), der.size(), e.data(), e.size()) == 1;
    }

private:
    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_{nullptr, EVP_PKEY_free};
    std::unique_ptr<EVP_PKEY_CTX, void (*)(EVP_PKEY_CTX*)> context_{nullptr, EVP_PKEY_CTX_free};
};

}  // namespace elic
