#pragma once

#include <string>
#include <utility>
#include <vector>

#include "elic/crypto/pilot_ca.h"

namespace elic::test {

/// Extensions by name or OID, as OpenSSL's configuration writes them.
using Extensions = std::vector<std::pair<std::string, std::string>>;

/// An entry of a revocation list; times as they are put in ("20260301000000Z").
struct RevokedWish {
    long serial = 0;
    std::string at = "20260301000000Z";
    int reason = -1;              ///< < 0: none
    std::string invalidity = {};  ///< GeneralizedTime; empty: none
    Extensions extensions = {};
};

/// What a revocation list of these tests says.
struct ListWish {
    std::string this_update = "20261101000000Z";
    std::string next_update = "20261201000000Z";  ///< empty: none
    std::vector<RevokedWish> revoked = {};
    Extensions extensions = {};
    int version = 1;  ///< as encoded: 1 = version 2
    std::string user_id = std::string(sm2_default_user_id);
};

/// DER of a list of `issuer`. Throws when OpenSSL fails.
Bytes made_list(const PilotCa& issuer, const ListWish& wish);

}  // namespace elic::test
