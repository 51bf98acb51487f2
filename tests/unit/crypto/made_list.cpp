#include "made_list.h"

#include <openssl/x509v3.h>
#include <stdexcept>

#include "crypto/certificate_impl.h"
#include "crypto/key_impl.h"

namespace elic::test {

namespace {

using Time = std::unique_ptr<ASN1_TIME, openssl::Freed<ASN1_TIME_free>>;

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(what);
}

/// As it is written: ASN1_TIME_set_string would refuse what a reader must refuse.
Time time_of(const std::string& text) {
    const bool utc = text.size() < 15;
    Time time(ASN1_STRING_type_new(utc ? V_ASN1_UTCTIME : V_ASN1_GENERALIZEDTIME));
    require(time != nullptr && ASN1_STRING_set(time.get(), text.data(), static_cast<int>(text.size())) == 1, "time");
    return time;
}

openssl::Extension extension_of(const std::string& name, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, nullptr, nullptr, nullptr, nullptr, 0);
    openssl::Extension extension(X509V3_EXT_conf(nullptr, &context, name.c_str(), value.c_str()));
    require(extension != nullptr, name.c_str());
    return extension;
}

void add_entry(X509_CRL* list, const RevokedWish& wish) {
    X509_REVOKED* entry = X509_REVOKED_new();
    ASN1_INTEGER* serial = ASN1_INTEGER_new();
    require(ASN1_INTEGER_set(serial, wish.serial) == 1 && X509_REVOKED_set_serialNumber(entry, serial) == 1, "serial");
    ASN1_INTEGER_free(serial);
    require(X509_REVOKED_set_revocationDate(entry, time_of(wish.at).get()) == 1, "revocation date");
    if (wish.reason >= 0) {
        ASN1_ENUMERATED* reason = ASN1_ENUMERATED_new();
        require(ASN1_ENUMERATED_set(reason, wish.reason) == 1 &&
                    X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0) == 1,
                "reason");
        ASN1_ENUMERATED_free(reason);
    }
    if (!wish.invalidity.empty()) {
        require(X509_REVOKED_add1_ext_i2d(entry, NID_invalidity_date, time_of(wish.invalidity).get(), 0, 0) == 1,
                "invalidity");
    }
    for (const auto& [name, value] : wish.extensions)
        require(X509_REVOKED_add_ext(entry, extension_of(name, value).get(), -1) == 1, name.c_str());
    require(X509_CRL_add0_revoked(list, entry) == 1, "entry");
}

}  // namespace

Bytes made_list(const PilotCa& issuer, const ListWish& wish) {
    using List = std::unique_ptr<X509_CRL, openssl::Freed<X509_CRL_free>>;
    const List list(X509_CRL_new());
    require(
        X509_CRL_set_version(list.get(), wish.version) == 1 &&
            X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.certificate.impl().x509.get())) == 1 &&
            X509_CRL_set1_lastUpdate(list.get(), time_of(wish.this_update).get()) == 1,
        "issuer and time");
    if (!wish.next_update.empty())
        require(X509_CRL_set1_nextUpdate(list.get(), time_of(wish.next_update).get()) == 1, "next update");
    for (const auto& entry : wish.revoked) add_entry(list.get(), entry);
    for (const auto& [name, value] : wish.extensions)
        require(X509_CRL_add_ext(list.get(), extension_of(name, value).get(), -1) == 1, name.c_str());
    const openssl::DigestContext context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* key_context = nullptr;
    require(EVP_DigestSignInit(context.get(), &key_context, EVP_sm3(), nullptr, issuer.key.impl().key.get()) == 1 &&
                EVP_PKEY_CTX_set1_id(key_context, wish.user_id.data(), static_cast<int>(wish.user_id.size())) == 1 &&
                X509_CRL_sign_ctx(list.get(), context.get()) > 0,
            "signature");
    unsigned char* der = nullptr;
    const int size = i2d_X509_CRL(list.get(), &der);
    require(size > 0, "DER");
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace elic::test
