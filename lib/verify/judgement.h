#pragma once

#include "elic/payload/payload.h"
#include "verify/signatories.h"

namespace elic {

/// Everything that is to be said of a code whose signature holds by a signatory's key: the standing of the body, the
/// claims, the certificate at the signing time, issuer, type, authority, validity, status, what the caller expects.
/// `report` has the findings of the form already.
void judge(const VerifyContext& context, const Payload& payload, const Signatory& signatory, Report& report);

}  // namespace elic
