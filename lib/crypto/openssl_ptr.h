#pragma once

#include <memory>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic::openssl {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* pointer) const noexcept {
        Free(pointer);
    }
};

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<X509_free>>;
using X509Request = std::unique_ptr<X509_REQ, Freed<X509_REQ_free>>;
using X509NamePtr = std::unique_ptr<X509_NAME, Freed<X509_NAME_free>>;
using X509Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using X509StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;

/// Reads `bytes` where they are; an empty span too, whose pointer OpenSSL would refuse. Null when there is no memory.
inline Bio reader_of(BytesView bytes) {
    return Bio(
        BIO_new_mem_buf(bytes.empty() ? "" : static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size())));
}

/// The library's last error as text; its queue is emptied.
std::string last_error();

/// An error of the library itself, not of its input.
inline tl::unexpected<Error> failure(const std::string& doing) {
    return fail(Errc::crypto_failure, doing + ": " + last_error());
}

/// True for a key that signs as SM2. Asked by name: a certificate's key has no type number. An "EC" key, on whatever
/// curve, would sign and verify as ECDSA.
bool is_sm2(const EVP_PKEY* key) noexcept;

}  // namespace elic::openssl
