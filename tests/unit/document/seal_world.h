#pragma once

#include "elic/crypto/pilot_ca.h"
#include "elic/document/electronic_seal.h"

namespace elic::test {

inline Timestamp instant(std::string_view text) { return Timestamp::parse(text).value(); }

struct KeyPair {
    PrivateKey key;
    Certificate certificate;
};

/// A pilot CA with a seal maker, a sealer and a stranger. Keys are made anew: TEST.
struct SealWorld {
    Timestamp start = instant("2026-01-01T00:00:00Z");
    PilotCa ca = make_pilot_ca(start).value();
    KeyPair maker = certified("CN=TEST seal maker,O=elic TEST,C=CN");
    KeyPair sealer = certified("CN=TEST sealer,O=elic TEST,C=CN");
    KeyPair stranger = certified("CN=TEST stranger,O=elic TEST,C=CN");

    KeyPair certified(const std::string& subject, CertificatePurpose purpose = CertificatePurpose::issuing) const {
        auto key = PrivateKey::generate().value();
        const auto request = make_certificate_request(key, subject).value();
        auto certificate = certify(ca, request, purpose, start).value();
        return {std::move(key), std::move(certificate)};
    }

    SealPlan plan(SignerListKind kind = SignerListKind::certificates) const {
        return {.id = "TEST-0001",
                .maker_id = "elic-TEST",
                .name = "示例市政务服务局",
                .list_kind = kind,
                .signers = {sealer.certificate},
                .created_at = instant("2026-02-01T00:00:00Z"),
                .valid_from = instant("2026-02-01T00:00:00Z"),
                .valid_until = instant("2028-02-01T00:00:00Z"),
                .picture = {.format = "PNG", .bytes = {1, 2, 3}, .width_mm = 42, .height_mm = 42},
                .maker = maker.certificate};
    }

    Bytes seal(SignerListKind kind = SignerListKind::certificates) {
        return make_electronic_seal(plan(kind), maker.key).value();
    }
};

}  // namespace elic::test
