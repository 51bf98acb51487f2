#pragma once

#include <string>

#include "elic/crypto/certificate.h"
#include "elic/verify/verify_payload.h"

namespace elic {

/// A license that is about to be signed.
struct IssuePreview {
    const Certificate& certificate;
    const Uscc& issuer;
    const LicenseTypeCode& type;
    const std::string& area;  ///< division code in the number; empty when there is none
    Timestamp signed_at;
};

/// Where an issuing authority stands: its entry, and the list at the top, whose type packs its licenses name.
struct IssuerStanding {
    IssuingBody body;
    const TrustList* list;  ///< of the context's trust folder
};

/// The first standing that can be relied on, else the first. Errors: not_authorised (nobody vouches for it, with what
/// is missing), malformed_trust, io.
Result<IssuerStanding> standing_of_issuer(const VerifyContext& context, const Uscc& issuer);

/// What a verifier would find of a license signed now by this certificate: the checks trust, certificate, issuer, type
/// and authority are made by the very code that verify_payload uses; the others stay "not run".
Report preview_issue(const VerifyContext& context, const IssuePreview& preview);

}  // namespace elic
