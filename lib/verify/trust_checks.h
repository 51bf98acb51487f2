#pragma once

#include <optional>
#include <vector>

#include "elic/verify/verify_payload.h"

namespace elic {

/// Checks the trust list itself and records the trust (and test) finding. True: it can be relied on.
bool check_trust(const VerifyContext& context, Report& report);

/// Checks a body's certificate for the signing time: kind, listed window, validity, chain to a pinned root of the list.
/// Records the certificate finding (and test; and trust, when a TEST root is reached though a real root is pinned).
bool check_certificate(const VerifyContext& context, const BodyCertificate& listed, const Certificate& certificate,
                       SignatureKind kind, Timestamp signed_at, Report& report);

/// Whether the body may issue the type then, there. Records the authority finding. `area` empty: none is known.
bool check_authority(const IssuingBody& body, const LicenseTypeCode& type, const std::string& area, Timestamp signed_at,
                     Report& report);

}  // namespace elic
