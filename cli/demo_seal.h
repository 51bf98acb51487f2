#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "elic/crypto/pilot_ca.h"
#include "elic/issue/office.h"

namespace elic::cli {

/// A new key and what the demo's CA says of it.
struct CertifiedKey {
    PrivateKey key;
    Certificate certificate;
};

/// `subject` as make_certificate_request takes it.
Result<CertifiedKey> make_certified_key(const PilotCa& ca, std::string_view subject, Timestamp from);

/// Writes KEY.pem and its plain KEY.key.pem (0600).
Status save_certified_key(const CertifiedKey& made, const std::filesystem::path& folder, const std::string& name);

/// Whose seal the demo draws.
struct DemoSealPlan {
    const PilotCa& ca;
    std::filesystem::path folder;  ///< takes the seal maker's key and certificate: seal-maker.key.pem, seal-maker.pem
    std::string issuer, name;      ///< of the office
    Timestamp from, now;
};

/// A round seal of the office with a TEST seal maker and a sealer of its own. A verifier wants the sealer's certificate
/// to name the issuing authority or its code: this one has both. None where no fonts are installed: then there are no
/// documents either.
Result<std::optional<OfficeSeal>> make_demo_seal(const DemoSealPlan& plan);

}  // namespace elic::cli
