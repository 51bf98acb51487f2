#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "elic/crypto/pilot_ca.h"
#include "elic/ledger/checkpoint.h"
#include "ledger/fixture.h"

namespace elic {

/// A key made for the test, and a certificate of it.
struct SigningHand {
    PilotCa ca = make_pilot_ca(a_time()).value();
    Certificate certificate = ca.certificate;

    std::string sign(const Checkpoint& checkpoint) {
        auto text = sign_checkpoint(checkpoint, ca.key, certificate);
        if (!text) FAIL(text.error().context);
        return *text;
    }
};

}  // namespace elic
