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
    bool ca = false, signs = false, signs_trust_lists = false, self_issued = false;
};

/// Tells OpenSSL which user id the certificate was signed with (it would take an empty one). Errors: crypto_failure.
Status set_user_id(X509* certificate);

}  // namespace elic
