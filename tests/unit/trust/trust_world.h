#pragma once

#include <filesystem>
#include <string>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/crypto/sm3.h"
#include "elic/trust/root_pins.h"
#include "elic/trust/trust_folder.h"
#include "elic/trust/trust_source.h"
#include "unit/base/temporary_folder.h"
#include "unit/trust/chain_keys.h"

namespace elic {

// A small world for tests of trust and verify: a pilot CA, two bodies with a key each, two type packs. All names and
// codes are invented; check characters are computed.

inline Timestamp at(const char* text) { return Timestamp::parse(text).value(); }
inline Date on(const char* text) { return Date::parse(text).value(); }
inline Timestamp world_time() { return at("2026-11-23T10:00:00+08:00"); }

/// The code whose check character fits these 17 characters (GB 32100).
inline Uscc uscc_of(const std::string& seventeen) {
    for (char c : std::string("0123456789ABCDEFGHJKLMNPQRTUWXY")) {
        if (auto code = Uscc::parse(seventeen + c)) return *code;
    }
    std::abort();
}

inline Uscc office_code() { return uscc_of("11430199MB00TX017"); }
inline Uscc other_code() { return uscc_of("11440199MB00TX025"); }
inline LicenseTypeCode area_type() { return LicenseTypeCode::parse("11100000000013338W991").value(); }
inline LicenseTypeCode masked_type() { return LicenseTypeCode::parse("11100000000013338W992").value(); }

// A number with a division code in it; holder codes in the open.
inline constexpr std::string_view area_pack_json = R"({
  "format": "elic type pack 0", "code": "11100000000013338W991", "version": 1, "provisional": true,
  "name": "示例许可证", "defining_authority": "示例部", "sources": ["made for tests"], "words": 1,
  "holders": {"min": 1, "max": 2, "code_types": [], "carried": "value"},
  "validity": {"allowed": ["until", "long-term", "none"]},
  "number": {"patterns": [[{"literal": "例"}, {"area": true}, {"digits": 4}]]},
  "fields": [
    {"n": 1, "label": "许可范围", "keys": ["XKFW"], "kind": "text", "max": 60, "required": "O"},
    {"label": "发证机关", "keys": ["FZJG"], "kind": "text", "required": "R", "derive": "issuer.name"}
  ]
})";

// No number of its own; holder codes masked.
inline constexpr std::string_view masked_pack_json = R"({
  "format": "elic type pack 0", "code": "11100000000013338W992", "version": 1, "provisional": true,
  "name": "示例证明", "defining_authority": "示例部", "sources": ["made for tests"], "words": 1,
  "holders": {"min": 1, "max": 2, "code_types": [], "carried": "masked"},
  "validity": {"allowed": ["until", "long-term", "none"]},
  "number": {"optional": true, "patterns": []},
  "fields": [{"n": 1, "label": "事项", "keys": ["SX"], "kind": "text", "max": 60, "required": "O"}]
})";

struct KeyAndCertificate {
    PrivateKey key;
    Certificate certificate;
};

inline Certificate certificate_of(std::string_view pem) { return Certificate::parse(as_bytes(pem)).value(); }

inline KeyAndCertificate published(std::string_view key_pem, std::string_view pem) {
    return {PrivateKey::from_pem(as_bytes(key_pem), {}).value(), certificate_of(pem)};
}

inline KeyAndCertificate certified(const PilotCa& ca, const std::string& subject,
                                   CertificatePurpose purpose = CertificatePurpose::issuing,
                                   Timestamp from = at("2026-01-01T00:00:00+08:00"), int years = 5) {
    auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, subject).value();
    auto certificate = certify(ca, request, purpose, from, years).value();
    return {std::move(key), std::move(certificate)};
}

inline BodyCertificate listed(const Certificate& certificate, SignatureKind kind = SignatureKind::payload) {
    return {.fingerprint = certificate.fingerprint(),
            .from = certificate.not_before(),
            .until = {},
            .kinds = 1U << static_cast<unsigned>(kind)};
}

inline TypeGrant grant(const LicenseTypeCode& type, const char* area, const char* from = "2026-01-01") {
    return {.type = type, .areas = {AreaCode::parse(area).value()}, .from = on(from), .until = {}};
}

inline void add_pack(TrustSource& source, std::string_view json) {
    const auto pack = read_type_pack(as_bytes(json)).value();
    const PackEntry entry{.digest = pack.digest, .type = pack.code, .version = 1, .name = pack.name, .words = 1};
    source.content.packs.push_back(entry);
    source.pack_files.emplace_back(entry, Bytes(json.begin(), json.end()));
}

struct TrustWorld {
    PilotCa ca;
    KeyAndCertificate office;
    KeyAndCertificate other;
    TrustSource source;

    IssuingBody& body() { return source.content.bodies[0]; }
    IssuingBody& other_body() { return source.content.bodies[1]; }
    RootPins pins() const { return RootPins::of({ca.certificate.fingerprint()}); }
};

/// Made anew each time: a test may change what it likes.
inline TrustWorld make_world() {
    const auto ca = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
    auto office = certified(ca, "CN=TEST office,O=elic TEST,C=CN");
    auto other = certified(ca, "CN=TEST other office,O=elic TEST,C=CN");
    TrustSource source{.content = {.number = 7,
                                   .issued_at = at("2026-11-01T00:00:00+08:00"),
                                   .not_before = at("2026-11-01T00:00:00+08:00"),
                                   .next_update = at("2027-11-01T00:00:00+08:00"),
                                   .previous = {},
                                   .roots = {ca.certificate.fingerprint()},
                                   .intermediates = {},
                                   .packs = {},
                                   .bodies = {}},
                       .certificates = {ca.certificate, office.certificate, other.certificate},
                       .pack_files = {}};
    add_pack(source, area_pack_json);
    add_pack(source, masked_pack_json);
    source.content.bodies.push_back({.code = office_code(),
                                     .name = "示例市住房和城乡建设局",
                                     .hosts = {"verify.example"},
                                     .certificates = {listed(office.certificate)},
                                     .grants = {grant(area_type(), "430100"), grant(masked_type(), "000000")}});
    source.content.bodies.push_back({.code = other_code(),
                                     .name = "样例市行政审批局",
                                     .hosts = {},
                                     .certificates = {listed(other.certificate)},
                                     .grants = {grant(area_type(), "440100")}});
    return {ca, std::move(office), std::move(other), std::move(source)};
}

/// A trust folder on the disk, signed by the world's CA (or by another), gone after the test.
class WrittenTrust {
public:
    explicit WrittenTrust(TrustWorld& world) : WrittenTrust(world, world.ca.key, world.ca.certificate) {}
    WrittenTrust(TrustWorld& world, Signer& signer, const Certificate& certificate,
                 const std::vector<Certificate>& path_to_root = {}) {
        // The list by itself, so that any signer can be tried; the files as write_trust_folder has them.
        put_list(TrustList::build(world.source.content, signer, certificate, path_to_root).value());
        for (const auto& file : world.source.certificates) put(certificate_file(file), file.der());
        for (const auto& [entry, bytes] : world.source.pack_files) put(pack_file(entry), bytes);
    }

    std::filesystem::path path() const { return folder_.path() / "trust"; }
    TrustFolder open() const { return TrustFolder::open(path()).value(); }
    /// Under the name that its first root gives it; what is no list any more keeps the name of the one before.
    void put_list(const Bytes& list) const {
        if (const auto opened = TrustList::open(list)) list_file_ = "lists/" + to_hex(opened->roots()[0]) + ".elic";
        put(list_file_, list);
    }
    /// A file of the one version there is.
    void put(const std::string& name, BytesView bytes) const {
        const auto file = path() / version / name;
        if (!make_folders(file.parent_path()) || !write_file_durably(file, bytes)) std::abort();
    }
    void remove(const std::string& name) const {
        if (!std::filesystem::remove(path() / version / name)) std::abort();
    }
    static std::string certificate_file(const Certificate& certificate) {
        return "certificates/" + to_hex(certificate.fingerprint()) + ".cer";
    }

    static std::string pack_file(const PackEntry& entry) {
        return "types/" + entry.type.text() + "/" + std::to_string(entry.version) + ".json";
    }

    static constexpr const char* version = "versions/000001";

private:
    TemporaryFolder folder_;
    mutable std::string list_file_;
};

}  // namespace elic
