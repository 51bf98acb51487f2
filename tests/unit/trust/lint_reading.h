#pragma once

#include "trust/lint_reader.h"
#include "unit/trust/lint_world.h"

namespace elic {

// Made with OpenSSL 3.0 as those of lint_certificates.h; the keys were thrown away.
//   foreign_key: a P-256 key, signed with SM2 and SM3; weakly_signed: an SM2 key, signed with ECDSA and SHA-256

inline constexpr std::string_view foreign_key_pem = R"(-----BEGIN CERTIFICATE-----
MIIBUDCB9gICMAEwCgYIKoEcz1UBg3UwMzEdMBsGA1UEAwwUZWxpYyBURVNUIG1p
eGVkIHJvb3QxEjAQBgNVBAoMCWVsaWMgVEVTVDAeFw0yNjExMjcxMTUxMjNaFw00
NjAxMjYxMTUxMjNaMDQxHjAcBgNVBAMMFWVsaWMgVEVTVCBmb3JlaWduIGtleTES
MBAGA1UECgwJZWxpYyBURVNUMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2BTt
9LoAg9H4C/IgQ5EbnnRO2BlKpOlm+Usny7LqMLzTc0eerUSR9toqu76H9pXBlWRe
S827e1Ct+LXywtHl2TAKBggqgRzPVQGDdQNJADBGAiEAuMEQAGQ/IVWfWxHrwzCd
YgQAOUK7KNxOETSlzQB+x/wCIQC08eZ7i+cy8MBk+WIB9QpS4cHkDCJjQFE+08jA
QAy36Q==
-----END CERTIFICATE-----
)";

inline constexpr std::string_view weakly_signed_pem = R"(-----BEGIN CERTIFICATE-----
MIIBUTCB+AICMAIwCgYIKoZIzj0EAwIwMzEdMBsGA1UEAwwUZWxpYyBURVNUIG90
aGVyIHJvb3QxEjAQBgNVBAoMCWVsaWMgVEVTVDAeFw0yNjExMjcxMTUxMjNaFw00
NjAxMjYxMTUxMjNaMDYxIDAeBgNVBAMMF2VsaWMgVEVTVCB3ZWFrbHkgc2lnbmVk
MRIwEAYDVQQKDAllbGljIFRFU1QwWTATBgcqhkjOPQIBBggqgRzPVQGCLQNCAARq
SkVR6p9/2eT4QmvwuvRe3xUxw7ogYircjava1NVzEDNINXs9ujqnNBNZCudiGObm
f1HhNgMdu+xgtmV2n/5VMAoGCCqGSM49BAMCA0gAMEUCIAmRY40M3IpVe0hdRAcn
Y6e6p99h3rkDt6CSA7LGZL4UAiEAsXL+YIOhrz99jGupJqu+rftiWF3ZpD/bsxlD
t8S6oGA=
-----END CERTIFICATE-----
)";

/// The kind and place of each fault, a line each.
inline std::string kinds_and_places(const std::vector<LintFault>& faults) {
    std::string lines;
    for (const auto& fault : faults) {
        lines += (lines.empty() ? "" : "\n") + std::string(kind_of(fault.code).name) + " " + fault.place;
    }
    return lines;
}

/// A small source in whose form nothing is wrong, the files that it and its changes name, and what the lenient reading
/// makes of it. Nothing is checked across the source.
struct LintReading {
    LintReading() {
        for (const auto& [name, pem] : {std::pair{"root.pem", chain_root_pem},
                                        {"intermediate.pem", chain_intermediate_pem},
                                        {"office.pem", chain_office_pem},
                                        {"p256.pem", p256_pem},
                                        {"foreign_key.pem", foreign_key_pem},
                                        {"weakly_signed.pem", weakly_signed_pem}}) {
            put(name, as_bytes(pem));
        }
        put("nonsense.bin", as_bytes("nonsense"));
        put("area.json", as_bytes(area_pack_json));
        put("masked.json", as_bytes(masked_pack_json));
        json = Json{{"format", "elic trust source 1"},
                    {"number", 3},
                    {"roots", {"root.pem"}},
                    {"packs", {"area.json"}},
                    {"bodies", Json::array({Json{{"code", office_code().text()},
                                                 {"name", "示例市住房和城乡建设局"},
                                                 {"certificates", Json::array({Json{{"file", "office.pem"}}})}}})}};
    }

    void put(const std::string& name, BytesView bytes) { REQUIRE(write_file_durably(folder / name, bytes)); }
    /// Reads it; the faults are kept.
    LintSource read() { return read(json); }
    LintSource read(const Json& other) {
        LintFaults found;
        auto source = LintReader(folder.path(), now, found).source(other);
        faults = found.take();
        return source;
    }
    std::string said() const { return kinds_and_places(faults); }
    std::string read_and_said() {
        read();
        return said();
    }

    Json& body() { return json["bodies"][0]; }
    Json& key() { return body()["certificates"][0]; }
    LintBody read_body() { return read().bodies.at(0); }

    TemporaryFolder folder;
    Json json;
    Timestamp now = at("2026-12-01T10:00:00+08:00");
    std::vector<LintFault> faults;
};

}  // namespace elic
