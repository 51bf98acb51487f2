#pragma once

#include <optional>

#include "crypto/openssl_ptr.h"
#include "elic/crypto/certificate.h"

namespace elic {

/// The trust list purpose (extended key usage), under 2.25 (a UUID as a number: anyone may make one).
inline constexpr const char* trust_list_purpose_oid = "2.25.307412318740259172904158204412036189541";

struct Certificate::Impl {
    openssl::X509Ptr x509;
    Bytes der;
    Digest fingerprint{};
    std::string subject, issuer, common_name;
    std::optional<PublicKey> key;
    std::optional<Timestamp> not_before, not_after;
    bool ca = false, signs = false, signs_trust_lists = false, stamps_times = false, self_issued = false;
};

/// A name as Certificate::subject gives it: one line, UTF-8, escaped for output.
std::string name_text(const X509_NAME* name);

/// UTCTime or GeneralizedTime as an instant; none when it is not one that Timestamp holds.
std::optional<Timestamp> instant_of(const ASN1_TIME* time);

/// The default user id as X509_set0_distinguishing_id and X509_REQ_set0_distinguishing_id take it (and own it): without
/// one, OpenSSL verifies with an empty id. Null when there is no memory.
ASN1_OCTET_STRING* default_user_id();

}  // namespace elic
