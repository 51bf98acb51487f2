#pragma once

#include <optional>
#include <vector>

#include "elic/verify/verify_payload.h"

namespace elic {

/// Checks the trust list itself and records the trust (and test) finding. True: it can be relied on.
bool check_trust(const VerifyContext& context, Report& report);

/// The pinned roots of the list, as certificates.
std::vector<Certificate> pinned_roots(const VerifyContext& context);

/// Checks a body's certificate for the signing time: kind, listed window, validity, chain, usage. Records the certificate finding.
bool check_certificate(const VerifyContext& context, const BodyCertificate& listed, const Certificate& certificate, SignatureKind kind, Timestamp signed_at,
                       Report& report);

/// Whether the body may issue the type then, there. Records the authority finding. `area` empty: none is known.
bool check_authority(const IssuingBody& body, const LicenseTypeCode& type, const std::string& area, Timestamp signed_at, Report& report);

}  // namespace elic
