#pragma once

#include <string>
#include <utility>
#include <vector>

#include "elic/crypto/pilot_ca.h"

namespace elic::test {

/// What a certificate of these tests says; extensions as OpenSSL's configuration writes them.
struct Wish {
    std::string common_name;
    Timestamp from;
    Timestamp until;
    std::vector<std::pair<std::string, std::string>> extensions = {};
    std::string user_id = std::string(sm2_default_user_id);
};

/// The extensions of an authority; `path_length` < 0: without one.
std::vector<std::pair<std::string, std::string>> authority_extensions(int path_length = -1);
/// The extensions of an issuing certificate.
std::vector<std::pair<std::string, std::string>> leaf_extensions(
    const std::string& key_usage = "critical,digitalSignature,nonRepudiation");

/// DER of a certificate for `key`, signed by `issuer`; null: by itself. Throws when OpenSSL fails.
Bytes made_certificate(const PrivateKey& key, const PilotCa* issuer, const Wish& wish);

}  // namespace elic::test
