#include "vectors/matrix_world.h"

#include "codec/cbor.h"
#include "trust/trust_codec.h"
#include "vectors/vector_support.h"

namespace elic::test {

namespace {

constexpr cbor::Limits wide{.depth = 8, .entries = 100000, .bytes = 1 << 22};

/// A fixed key with a new certificate.
KeyAndCertificate certified_as(const PilotCa& ca, int key_number, const char* subject,
                               CertificatePurpose purpose = CertificatePurpose::issuing,
                               const char* from = "2026-01-01T00:00:00+08:00", int years = 5) {
    auto key = fixed_key(key_number);
    const auto request = make_certificate_request(key, std::string(subject) + ",O=elic TEST,C=CN").value();
    auto certificate = certify(ca, request, purpose, at(from), years).value();
    return {std::move(key), std::move(certificate)};
}

std::uint32_t delegating() { return kinds({SignatureKind::delegation}); }

BodyCertificate row(const KeyAndCertificate& key, std::uint32_t may) {
    return {.fingerprint = key.certificate.fingerprint(),
            .from = at("2026-01-01T00:00:00+08:00"),
            .until = {},
            .kinds = may};
}

TrustListContent make_list(const MatrixKeys& keys) {
    const auto pack = read_type_pack(as_bytes(area_pack_json)).value();
    TrustListContent list{.number = 7,
                          .issued_at = at("2026-11-01T00:00:00+08:00"),
                          .not_before = at("2026-11-01T00:00:00+08:00"),
                          .next_update = at("2027-11-01T00:00:00+08:00"),
                          .previous = {},
                          .roots = {keys.root.certificate.fingerprint()},
                          .intermediates = {keys.authority.certificate.fingerprint()},
                          .packs = {{.digest = pack.digest, .type = pack.code, .version = 1, .name = pack.name}},
                          .bodies = {}};
    list.bodies = {{.code = province_code(),
                    .name = "示例省政务服务局（测试）",
                    .hosts = {},
                    .certificates = {row(keys.province, delegating())},
                    .grants = {grant_with("430000", may_delegate)}},
                   {.code = other_code(),
                    .name = "样例市行政审批局（测试）",
                    .hosts = {},
                    .certificates = {row(keys.other, kinds({SignatureKind::payload, SignatureKind::status_list}))},
                    .grants = {grant_with("440100", may_issue)}}};
    return list;
}

Delegation make_city(const MatrixKeys& keys) {
    return {.parent = province_code(),
            .number = 3,
            .issued_at = at("2026-11-02T00:00:00+08:00"),
            .not_before = at("2026-11-02T00:00:00+08:00"),
            .next_update = at("2027-11-01T00:00:00+08:00"),
            .previous = {},
            .body = {.code = city_code(),
                     .name = "示例市行政审批局（测试）",
                     .hosts = {},
                     .certificates = {row(
                         keys.city, delegating() | kinds({SignatureKind::status_list, SignatureKind::genuine_list}))},
                     .grants = {grant_with("430100", may_delegate)}},
            .certificates = {keys.city.certificate}};
}

Delegation make_county(const MatrixKeys& keys) {
    const auto issuing = kinds({SignatureKind::payload, SignatureKind::rollover});
    const auto publishing = kinds({SignatureKind::status_list, SignatureKind::status_delta});
    return {.parent = city_code(),
            .number = 5,
            .issued_at = at("2026-11-03T00:00:00+08:00"),
            .not_before = at("2026-11-03T00:00:00+08:00"),
            .next_update = at("2027-11-01T00:00:00+08:00"),
            .previous = {},
            .body = {.code = county_code(),
                     .name = "示例区行政审批局（测试）",
                     .hosts = {},
                     .certificates = {row(keys.county, issuing), row(keys.publisher, publishing)},
                     .grants = {grant_with("430102", may_issue)}},
            .certificates = {keys.county.certificate, keys.publisher.certificate}};
}

/// Says nothing against the county's entries 0 to 99.
StatusListContent make_status() {
    return {.issuer = county_code(),
            .list = 1,
            .number = 9,
            .as_of = at("2026-11-22T18:00:00+08:00"),
            .next_update = at("2026-11-30T18:00:00+08:00"),
            .previous = {},
            .allotted = 100,
            .base = at("2026-01-01T00:00:00+08:00"),
            .entries = {},
            .changes = {}};
}

Metadata make_license() {
    auto said = a_license();
    said.id = LicenseId::make(area_type(), county_code(), "20260000001", 1).value();
    said.issuing_authority_name = "示例区行政审批局（测试）";
    return said;
}

/// `make` is done once for each key.
Bytes remembered(const std::string& key, const std::function<Bytes()>& make) {
    static std::map<std::string, Bytes> done;
    const auto found = done.find(key);
    return found != done.end() ? found->second : done.emplace(key, make()).first->second;
}

std::string memory_key(std::string_view what, const Bytes& content, const KeyAndCertificate& signer) {
    return std::string(what) + to_hex(content) + to_hex(signer.certificate.fingerprint());
}

/// The envelope with another domain string and another signature.
Bytes relabel(const Bytes& file, SignatureKind said, const Sm2Signature& signature) {
    auto parts = *cbor::read(file, wide)->array();
    parts.front() = cbor::Value(std::string(domain_of(said)));
    parts.back() = cbor::Value(Bytes(signature.begin(), signature.end()));
    return cbor::write(cbor::Value(std::move(parts)));
}

Sm2Signature signature_as(SignatureKind kind, const Bytes& content, const KeyAndCertificate& signer) {
    auto key = signer.key;
    const auto hint = key_hint(signer.certificate.fingerprint());
    return sign_message(key, signing_input(kind, hint, content)).value();
}

}  // namespace

MatrixKeys make_matrix_keys() {
    const auto root = make_pilot_ca(at("2024-01-01T00:00:00+08:00")).value();
    const auto stranger_root = make_pilot_ca(at("2024-01-01T00:00:00+08:00")).value();
    const auto middle =
        certified_as(root, 101, "CN=TEST authority of bodies", CertificatePurpose::ca, "2024-01-01T00:00:00+08:00", 15);
    const PilotCa authority{middle.key, middle.certificate};
    using enum CertificatePurpose;
    return {root,
            authority,
            stranger_root,
            certified_as(root, 102, "CN=TEST trust lists", trust_list),
            certified_as(root, 103, "CN=TEST trust lists until 2025", trust_list, "2025-01-01T00:00:00+08:00", 1),
            certified_as(authority, 104, "CN=TEST province"),
            certified_as(authority, 105, "CN=TEST city"),
            certified_as(authority, 106, "CN=TEST county"),
            certified_as(authority, 107, "CN=TEST county next"),
            certified_as(authority, 108, "CN=TEST county until 2025", issuing, "2025-01-01T00:00:00+08:00", 1),
            certified_as(authority, 109, "CN=TEST county from December", issuing, "2026-12-01T00:00:00+08:00"),
            certified_as(authority, 110, "CN=TEST county status"),
            certified_as(authority, 111, "CN=TEST other body"),
            certified_as(stranger_root, 112, "CN=TEST stranger", trust_list),
            certified_as(authority, 113, "CN=TEST trust lists of an authority", trust_list)};
}

KeyAndCertificate certified_by_root(const MatrixKeys& keys, int key_number, const char* subject) {
    return certified_as(keys.root, key_number, subject);
}

Bytes seal_object(SignatureKind kind, const Bytes& content, const KeyAndCertificate& signer) {
    return remembered(memory_key(domain_of(kind), content, signer), [&] {
        auto key = signer.key;
        return sign_object(kind, content, key, signer.certificate).value();
    });
}

Bytes seal_list(const TrustListContent& content, const KeyAndCertificate& signer,
                const std::vector<Certificate>& path) {
    return remembered(memory_key("list", write_trust_content(content).value(), signer), [&] {
        auto key = signer.key;
        return TrustList::build(content, key, signer.certificate, path).value();
    });
}

Bytes with_content(const Bytes& file, const Bytes& content) {
    auto parts = *cbor::read(file, wide)->array();
    parts[parts.size() - 2] = cbor::Value(content);
    return cbor::write(cbor::Value(std::move(parts)));
}

Bytes seal_wrongly(SignatureKind said, SignatureKind made, const Bytes& content, const KeyAndCertificate& signer) {
    return relabel(seal_object(made, content, signer), said, signature_as(made, content, signer));
}

Bytes seal_list_wrongly(SignatureKind made, const TrustListContent& content, const KeyAndCertificate& signer) {
    return relabel(seal_list(content, signer), SignatureKind::trust_list,
                   signature_as(made, write_trust_content(content).value(), signer));
}

void add_revocation_list(Scene& s, const PilotCa& signer, const Certificate* revoked, const char* when,
                         RevocationReason reason, const char* next_update) {
    RevocationListPlan plan{
        .number = 1, .this_update = at("2026-11-21T00:00:00+08:00"), .next_update = at(next_update)};
    if (revoked != nullptr) {
        plan.revoked = {{.serial = serial_certified_by(signer, *revoked).value(), .at = at(when), .reason = reason}};
    }
    const auto list = make_revocation_list(signer, plan).value();
    s.more["revocation/" + to_hex(sm3(list)) + ".crl"] = list;
}

Scene::Scene(const MatrixKeys& all)
    : keys(all),
      pins{format_fingerprint(all.root.certificate.fingerprint())},
      list(make_list(all)),
      list_by(&all.list_signer),
      to_city(make_city(all)),
      to_county(make_county(all)),
      city_by(&all.province),
      county_by(&all.city),
      status(make_status()),
      status_by(&all.publisher),
      license(make_license()),
      license_by(&all.county) {}

void Scene::issued_by_other() {
    license.id = LicenseId::make(area_type(), other_code(), "20260000001", 1).value();
    license.issuing_authority_name = "样例市行政审批局（测试）";
    license.number = "例4401020001";
    license_by = &keys.other;
}

std::string Scene::list_file() const { return "lists/" + to_hex(list.roots[0]) + ".elic"; }

Payload Scene::code() const {
    const auto claims = claims_of(license);
    const auto signed_as = remembered(memory_key(domain_of(license_as), claims, *license_by), [&] {
        const auto signature = signature_as(license_as, claims, *license_by);
        return Bytes(signature.begin(), signature.end());
    });
    Payload payload{.hint = key_hint(license_by->certificate.fingerprint()), .claims = claims};
    std::copy(signed_as.begin(), signed_as.end(), payload.signature.begin());
    if (tamper_code) tamper_code(payload);
    return payload;
}

std::map<std::string, Bytes> Scene::files() const {
    auto all = more;
    all.emplace(list_file(), seal_list(list, *list_by, list_path));
    all.emplace(delegation_file(to_city.parent, city_code()),
                seal_object(SignatureKind::delegation, write_delegation(to_city).value(), *city_by));
    all.emplace(county_file(), seal_object(SignatureKind::delegation, write_delegation(to_county).value(), *county_by));
    for (const auto* certificate :
         {&keys.root.certificate, &keys.authority.certificate, &keys.province.certificate, &keys.other.certificate}) {
        all.emplace(WrittenTrust::certificate_file(*certificate), certificate->der());
    }
    all.emplace("types/" + area_type().text() + "/1.json", Bytes(area_pack_json.begin(), area_pack_json.end()));
    if (status) {
        all.emplace(status_folder() + std::to_string(status->number) + ".elic",
                    seal_object(SignatureKind::status_list, write_status_list(*status).value(), *status_by));
    }
    if (tamper) tamper(all);
    return all;
}

}  // namespace elic::test
