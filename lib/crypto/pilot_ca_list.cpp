#include <openssl/x509v3.h>

#include "crypto/certificate_impl.h"
#include "crypto/key_impl.h"
#include "crypto/sign_object.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/crypto/revocation_list.h"

namespace elic {

namespace {

using List = std::unique_ptr<X509_CRL, openssl::Freed<X509_CRL_free>>;
using Entry = std::unique_ptr<X509_REVOKED, openssl::Freed<X509_REVOKED_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, openssl::Freed<ASN1_INTEGER_free>>;
using Enumerated = std::unique_ptr<ASN1_ENUMERATED, openssl::Freed<ASN1_ENUMERATED_free>>;
using Time = std::unique_ptr<ASN1_TIME, openssl::Freed<ASN1_TIME_free>>;

/// UTCTime until 2049, GeneralizedTime after (RFC 5280, 5.1.2.4).
Time time_of(Timestamp at) { return Time(ASN1_TIME_set(nullptr, static_cast<time_t>(at.unix_seconds()))); }

Time generalized(Timestamp at) {
    return Time(ASN1_GENERALIZEDTIME_set(nullptr, static_cast<time_t>(at.unix_seconds())));
}

bool add_entry(X509_CRL* list, const RevokedCertificate& revoked) {
    Entry entry(X509_REVOKED_new());
    const openssl::Number number(BN_bin2bn(revoked.serial.data(), static_cast<int>(revoked.serial.size()), nullptr));
    const Integer serial(number != nullptr ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
    const auto at = time_of(revoked.at);
    if (entry == nullptr || serial == nullptr || at == nullptr ||
        X509_REVOKED_set_serialNumber(entry.get(), serial.get()) != 1 ||
        X509_REVOKED_set_revocationDate(entry.get(), at.get()) != 1) {
        return false;
    }
    if (revoked.reason != RevocationReason::unspecified) {  // RFC 5280, 5.3.1: absent rather than unspecified
        const Enumerated reason(ASN1_ENUMERATED_new());
        if (reason == nullptr || ASN1_ENUMERATED_set(reason.get(), static_cast<long>(revoked.reason)) != 1 ||
            X509_REVOKED_add1_ext_i2d(entry.get(), NID_crl_reason, reason.get(), 0, 0) != 1) {
            return false;
        }
    }
    if (revoked.invalid_since) {
        const auto since = generalized(*revoked.invalid_since);
        if (since == nullptr || X509_REVOKED_add1_ext_i2d(entry.get(), NID_invalidity_date, since.get(), 0, 0) != 1)
            return false;
    }
    if (X509_CRL_add0_revoked(list, entry.get()) != 1) return false;
    (void)entry.release();  // the list's now
    return true;
}

bool add_extensions(X509_CRL* list, X509* issuer, std::int64_t number) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, nullptr, nullptr, list, 0);
    const openssl::Extension key(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
    const Integer counted(ASN1_INTEGER_new());
    return key != nullptr && X509_CRL_add_ext(list, key.get(), -1) == 1 && counted != nullptr &&
           ASN1_INTEGER_set_int64(counted.get(), number) == 1 &&
           X509_CRL_add1_ext_i2d(list, NID_crl_number, counted.get(), 0, 0) == 1;
}

bool fill(X509_CRL* list, X509* issuer, const RevocationListPlan& plan) {
    const auto from = time_of(plan.this_update);
    const auto next = time_of(plan.next_update);
    if (from == nullptr || next == nullptr || X509_CRL_set_version(list, X509_CRL_VERSION_2) != 1 ||
        X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer)) != 1 ||
        X509_CRL_set1_lastUpdate(list, from.get()) != 1 || X509_CRL_set1_nextUpdate(list, next.get()) != 1) {
        return false;
    }
    for (const auto& revoked : plan.revoked) {
        if (!add_entry(list, revoked)) return false;
    }
    X509_CRL_sort(list);
    return add_extensions(list, issuer, plan.number);
}

}  // namespace

Result<Bytes> serial_certified_by(const PilotCa& ca, const Certificate& certificate) {
    X509* x509 = certificate.impl().x509.get();
    const bool named =
        X509_NAME_cmp(X509_get_issuer_name(x509), X509_get_subject_name(ca.certificate.impl().x509.get())) == 0;
    if (!named || X509_verify(x509, X509_get0_pubkey(ca.certificate.impl().x509.get())) != 1) {
        openssl::last_error();
        return fail(Errc::bad_argument,
                    certificate.subject() + " is no certificate of this CA, " + ca.certificate.subject());
    }
    const openssl::Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509), nullptr));
    if (number == nullptr) return openssl::failure("serial number");
    Bytes serial(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), serial.data());
    return serial;
}

Result<Bytes> make_revocation_list(const PilotCa& ca, const RevocationListPlan& plan) {
    if (plan.next_update <= plan.this_update || plan.number < 1)
        return fail(Errc::bad_argument, "a revocation list has a number from 1 on, and a next update after its own");
    const List list(X509_CRL_new());
    if (list == nullptr || !fill(list.get(), ca.certificate.impl().x509.get(), plan))
        return openssl::failure("revocation list");
    if (auto done = sign_object(list.get(), X509_CRL_sign_ctx, ca.key.impl().key.get()); !done)
        return tl::unexpected(done.error());
    unsigned char* der = nullptr;
    const int size = i2d_X509_CRL(list.get(), &der);
    if (size <= 0) return openssl::failure("revocation list");
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    auto again = RevocationList::parse(bytes);
    if (!again) return tl::unexpected(again.error());
    if (!again->issued_by(ca.certificate))
        return fail(Errc::bad_argument,
                    ca.certificate.subject() + " may not sign revocation lists, or its key is another");
    return bytes;
}

}  // namespace elic
