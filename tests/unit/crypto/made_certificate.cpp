#include "made_certificate.h"

#include <openssl/x509v3.h>
#include <stdexcept>

#include "crypto/certificate_impl.h"
#include "crypto/key_impl.h"

namespace elic::test {

namespace {

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> authority_extensions(int path_length) {
    const std::string limit = path_length < 0 ? "" : ",pathlen:" + std::to_string(path_length);
    return {{"basicConstraints", "critical,CA:TRUE" + limit},
            {"keyUsage", "critical,keyCertSign,cRLSign"},
            {"subjectKeyIdentifier", "hash"},
            {"authorityKeyIdentifier", "keyid"}};
}

std::vector<std::pair<std::string, std::string>> leaf_extensions(const std::string& key_usage) {
    return {{"basicConstraints", "critical,CA:FALSE"},
            {"keyUsage", key_usage},
            {"subjectKeyIdentifier", "hash"},
            {"authorityKeyIdentifier", "keyid"}};
}

Bytes made_certificate(const PrivateKey& key, const PilotCa* issuer, const Wish& wish) {
    static long serial = 1000;
    const openssl::X509Ptr owned(X509_new());
    X509* made = owned.get();
    X509_NAME* name = X509_get_subject_name(made);
    const auto* text = reinterpret_cast<const unsigned char*>(wish.common_name.c_str());
    require(X509_set_version(made, X509_VERSION_3) == 1 &&
                ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial) == 1 &&
                X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
                X509_set_pubkey(made, key.impl().key.get()) == 1,
            "names and key");
    X509* above = issuer != nullptr ? issuer->certificate.impl().x509.get() : made;
    require(X509_set_issuer_name(made, X509_get_subject_name(above)) == 1 &&
                ASN1_TIME_set(X509_getm_notBefore(made), static_cast<time_t>(wish.from.unix_seconds())) != nullptr &&
                ASN1_TIME_set(X509_getm_notAfter(made), static_cast<time_t>(wish.until.unix_seconds())) != nullptr,
            "issuer and times");
    for (const auto& [what, value] : wish.extensions) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, above, made, nullptr, nullptr, 0);
        const openssl::Extension extension(X509V3_EXT_conf(nullptr, &context, what.c_str(), value.c_str()));
        require(extension != nullptr && X509_add_ext(made, extension.get(), -1) == 1, what.c_str());
    }
    const openssl::DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    EVP_PKEY* signer = (issuer != nullptr ? issuer->key : key).impl().key.get();
    require(EVP_DigestSignInit(context.get(), &key_context, EVP_sm3(), nullptr, signer) == 1 &&
                EVP_PKEY_CTX_set1_id(key_context, wish.user_id.data(), static_cast<int>(wish.user_id.size())) == 1 &&
                X509_sign_ctx(made, context.get()) > 0,
            "signature");
    unsigned char* der = nullptr;
    const int size = i2d_X509(made, &der);
    require(size > 0, "DER");
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace elic::test
