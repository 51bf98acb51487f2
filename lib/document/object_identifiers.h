#pragma once

namespace elic::oid {

inline constexpr const char* sm3 = "1.2.156.10197.1.401";
inline constexpr const char* sm2 = "1.2.156.10197.1.301";
inline constexpr const char* sm2_sign = "1.2.156.10197.1.301.1";
inline constexpr const char* sm2_with_sm3 = "1.2.156.10197.1.501";
/// Without the arc 1: a constant of a widespread product.
inline constexpr const char* sm2_with_sm3_misspelt = "1.2.156.10197.501";

// GB/T 35275 and, for the same things, PKCS#7.
inline constexpr const char* gm_data = "1.2.156.10197.6.1.4.2.1";
inline constexpr const char* gm_signed_data = "1.2.156.10197.6.1.4.2.2";
inline constexpr const char* pkcs7_data = "1.2.840.113549.1.7.1";
inline constexpr const char* pkcs7_signed_data = "1.2.840.113549.1.7.2";

// Signed attributes (PKCS#9, RFC 5035) and the content of a time stamp (RFC 3161).
inline constexpr const char* content_type = "1.2.840.113549.1.9.3";
inline constexpr const char* message_digest = "1.2.840.113549.1.9.4";
inline constexpr const char* signing_time = "1.2.840.113549.1.9.5";
inline constexpr const char* signing_certificate_v2 = "1.2.840.113549.1.9.16.2.47";
inline constexpr const char* tst_info = "1.2.840.113549.1.9.16.1.4";

}  // namespace elic::oid
