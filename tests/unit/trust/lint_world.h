#pragma once

#include <algorithm>
#include <set>

#include "codec/json.h"
#include "elic/trust/trust_lint.h"
#include "elic/trust/trust_source.h"
#include "unit/trust/lint_certificates.h"
#include "unit/trust/trust_world.h"

namespace elic {

inline constexpr const char* lint_type = "11100000000013661B006";

/// A source in which nothing is wrong, and the files that it and its mutations name.
struct LintWorld {
    LintWorld()
        : ca(make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value()),
          office(certified(ca, "CN=示例市住房和城乡建设局,O=示例市住房和城乡建设局,C=CN")),
          other(certified(ca, "CN=样本市交通运输局,O=样本市交通运输局,C=CN")),
          delegating(certified(ca, "CN=示例市住房和城乡建设局,C=CN")) {
        put("root.pem", ca.certificate.pem());
        put("office.cer", office.certificate.der());
        put("other.pem", other.certificate.pem());
        put("delegating.pem", delegating.certificate.pem());
        put("area.json", as_bytes(area_pack_json));
        put("nonsense.bin", as_bytes("nonsense"));
        for (const auto& [name, pem] : {std::pair{"example_root.pem", example_root_pem},
                                        {"intermediate.pem", chain_intermediate_pem},
                                        {"chain_root.pem", chain_root_pem},
                                        {"encryption.pem", chain_encryption_pem},
                                        {"list.pem", chain_list_pem},
                                        {"chain_office.pem", chain_office_pem},
                                        {"short_root.pem", short_root_pem},
                                        {"long_intermediate.pem", long_intermediate_pem},
                                        {"long_leaf.pem", long_leaf_pem},
                                        {"bare_leaf.pem", bare_leaf_pem},
                                        {"unfit_root.pem", unfit_root_pem},
                                        {"p256.pem", p256_pem}}) {
            put(name, as_bytes(pem));
        }
        json = read_json(R"({"format": "elic trust source 1", "number": 3, "not_before": "2026-11-20",
          "next_update": "2027-11-19", "roots": ["root.pem"], "packs": ["builtin"],
          "bodies": [
            {"code": "", "name": "示例市住房和城乡建设局", "hosts": ["zw.shili.example"],
             "certificates": [{"file": "office.cer"}],
             "types": [{"types": ["11100000000013661B006"], "areas": ["430100"], "from": "2026-01-01"}]},
            {"code": "", "name": "样本市交通运输局", "hosts": ["jt.yangben.example"],
             "certificates": [{"file": "other.pem"}],
             "types": [{"types": ["11100000000013661B006"], "areas": ["440100"], "from": "2026-01-01"}]}]})")
                   .value();
        json["bodies"][0]["code"] = office_code().text();
        json["bodies"][1]["code"] = other_code().text();
    }

    void put(const std::string& name, BytesView bytes) { REQUIRE(write_file_durably(folder / name, bytes)); }
    std::string text() const { return write_json(json); }
    std::vector<LintFault> lint(const LintAgainst& against = {}) const {
        return lint_trust_source(as_bytes(raw.empty() ? text() : raw), folder.path(), now, against);
    }
    bool builds() const {
        const auto bytes = raw.empty() ? text() : raw;
        if (json.is_object() && json.value("format", "") == "elic delegation source 1")
            return read_delegation_source(as_bytes(bytes), folder.path(), now).has_value();
        return read_trust_source(as_bytes(bytes), folder.path(), now).has_value();
    }

    Json& body() { return json["bodies"][0]; }
    Json& second() { return json["bodies"][1]; }
    Json& key() { return body()["certificates"][0]; }
    Json& grant() { return body()["types"][0]; }
    /// Another certificate of the first body.
    std::string renewed(const char* from, int years = 5, const PrivateKey* key = nullptr) {
        const auto fresh = PrivateKey::generate().value();
        const auto request =
            make_certificate_request(key != nullptr ? *key : fresh, "CN=示例市住房和城乡建设局").value();
        const auto name = "renewed" + std::to_string(++count) + ".pem";
        put(name, certify(ca, request, CertificatePurpose::issuing, at(from), years).value().pem());
        return name;
    }
    /// A certificate for a subject.
    std::string made(const std::string& subject, CertificatePurpose purpose = CertificatePurpose::issuing) {
        const auto name = "made" + std::to_string(++count) + ".pem";
        put(name, certified(ca, subject, purpose).certificate.pem());
        return name;
    }
    /// The first body may delegate, and does to a child.
    void delegate() {
        body()["certificates"].push_back({{"file", "delegating.pem"}, {"kinds", {"delegation"}}});
        grant()["rights"] = {"issue", "delegate"};
    }
    /// The source of a delegation to the child instead.
    void turn_into_delegation() {
        auto child = body();
        child["code"] = child_code().text();
        child["name"] = "示例市样例区住房和城乡建设局";
        child["certificates"][0]["file"] = made("CN=示例市样例区住房和城乡建设局");
        child["types"][0]["areas"] = {"430102"};
        json = Json{{"format", "elic delegation source 1"},
                    {"parent", office_code().text()},
                    {"not_before", "2026-11-20"},
                    {"next_update", "2027-11-19"},
                    {"body", std::move(child)}};
    }
    static Uscc child_code() { return uscc_of("11430102MB00TX033"); }
    /// What the parent has, for delegation sources.
    LintAgainst parent() const {
        LintAgainst against;
        IssuingBody body{
            .code = office_code(), .name = "示例市住房和城乡建设局", .hosts = {}, .certificates = {}, .grants = {}};
        body.certificates = {listed(delegating.certificate, SignatureKind::delegation)};
        body.grants = {grant_of("430100")};
        against.known = std::vector<IssuingBody>{body};
        against.roots = {ca.certificate};
        return against;
    }
    static TypeGrant grant_of(const char* area) {
        auto given = elic::grant(LicenseTypeCode::parse(lint_type).value(), area);
        given.rights = 3;
        return given;
    }

    PilotCa ca;
    KeyAndCertificate office, other, delegating;
    TemporaryFolder folder;
    Json json;
    std::string raw;  ///< instead of json, when it is not empty
    Timestamp now = at("2026-12-01T10:00:00+08:00");
    int count = 0;
};

inline std::string lines_of(const std::vector<LintFault>& faults) {
    std::string lines;
    for (const auto& fault : faults) {
        lines += std::string(name_of(fault.severity)) + " " + std::string(kind_of(fault.code).name) + " " +
                 fault.place + ": " + fault.text + "; " + fault.mend + "\n";
    }
    return lines;
}

inline bool names(const std::vector<LintFault>& faults, LintCode code) {
    return std::any_of(faults.begin(), faults.end(), [&](const LintFault& fault) { return fault.code == code; });
}

inline bool has_error(const std::vector<LintFault>& faults) {
    return std::any_of(faults.begin(), faults.end(),
                       [](const LintFault& fault) { return fault.severity == LintSeverity::error; });
}

}  // namespace elic
