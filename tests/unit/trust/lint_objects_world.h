#pragma once

#include "trust/lint_checks.h"
#include "unit/trust/import_world.h"
#include "unit/trust/lint_reading.h"

namespace elic {

/// Of example_root, made by tests/unit/crypto/made_list.cpp: from 2026-11-01 on, without a next update.
inline constexpr std::string_view open_list_pem = R"(-----BEGIN X509 CRL-----
MIG6MGICAQEwCgYIKoEcz1UBg3UwQDEaMBgGA1UEAwwRZWxpYyBleGFtcGxlIHJv
b3QxFTATBgNVBAoMDGVsaWMgZXhhbXBsZTELMAkGA1UEBhMCQ04YDzIwMjYxMTAx
MDAwMDAwWjAKBggqgRzPVQGDdQNIADBFAiBboPaJibR09IhDvVAryYQQGf1EOEqs
glgTaK8aZxMAVwIhAJfhJQZYjVc2QUUDgzzWrQaOzvH3SHx9VnbFoZiPJyyF
-----END X509 CRL-----
)";

/// The objects of a source that has one body, the province: what the lint says of them alone.
struct ObjectsWorld : ImportWorld {
    ObjectsWorld() {
        auto& body = add_body(province());
        add_key(body, world.office.certificate);
        body.grants.push_back({.place = "",
                               .types = {{area_type(), ""}},
                               .areas = {{AreaCode::parse("430100").value(), ""}},
                               .from = on("2026-01-01"),
                               .until = {},
                               .rights = 3});
        roots = {world.ca.certificate};
    }

    LintBody& add_body(const Uscc& code) {
        source.bodies.emplace_back().code = code;
        return source.bodies.back();
    }
    /// Of every kind, from the begin of the certificate on.
    static LintKey& add_key(LintBody& body, const Certificate& certificate) {
        auto& key = body.keys.emplace_back();
        key.place = "key " + std::to_string(body.keys.size());
        key.file = LintCertificate{.place = key.place, .file = "", .certificate = certificate, .facts = {}};
        key.from = certificate.not_before();
        key.kinds = kinds_of(every_kind);
        return key;
    }
    LintBody& body() { return source.bodies.front(); }
    LintKey& key() { return body().keys.front(); }

    void lint(const std::vector<Bytes>& objects) {
        source.objects.clear();
        for (const auto& bytes : objects) {
            source.objects.push_back(
                {.place = "objects[" + std::to_string(source.objects.size()) + "]", .bytes = bytes});
        }
        LintFaults found;
        lint_objects({.source = source,
                      .against = {},
                      .now = now,
                      .faults = found,
                      .roots = roots,
                      .intermediates = intermediates});
        faults = found.take();
    }
    std::string said(const std::vector<Bytes>& objects) {
        lint(objects);
        return kinds_and_places(faults);
    }
    /// The text of the one fault.
    std::string text(const std::vector<Bytes>& objects) {
        lint(objects);
        return faults.size() == 1 ? faults.front().text : std::to_string(faults.size()) + " faults";
    }
    static Bytes signed_by(KeyAndCertificate& signer, SignatureKind kind, Bytes content) {
        return sign_object(kind, std::move(content), signer.key, signer.certificate).value();
    }

    LintSource source;
    std::vector<Certificate> roots, intermediates;
    Timestamp now = world_time();
    std::vector<LintFault> faults;
};

}  // namespace elic
