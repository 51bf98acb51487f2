#include "elic/crypto/sm3.h"
#include "vectors/matrix_world.h"

namespace elic::test {

namespace {

using Code = FindingCode;

/// Of the county's issuing key, as the delegation lists it.
BodyCertificate& issuing(Scene& s) { return s.to_county.body.certificates[0]; }

/// The county signs with another certificate, which the delegation lists in the place of the first.
void sign_with(Scene& s, const KeyAndCertificate& key) {
    issuing(s).fingerprint = key.certificate.fingerprint();
    issuing(s).from = at("2025-01-01T00:00:00+08:00");
    s.to_county.certificates[0] = key.certificate;
    s.license_by = &key;
}

/// The county's certificate with a changed bit in its issuer's signature, listed as such.
const KeyAndCertificate& with_changed_signature(const KeyAndCertificate& whole) {
    static std::map<std::string, KeyAndCertificate> made;
    auto der = whole.certificate.der();
    der.back() ^= 1;
    return made.try_emplace(to_hex(sm3(der)), KeyAndCertificate{whole.key, Certificate::parse(der).value()})
        .first->second;
}

std::vector<MatrixVector> certificates() {
    return {
        {"certificate-before", "the signer's certificate begins after it signed", Code::certificate_expired,
         [](Scene& s) { sign_with(s, s.keys.county_late); }},
        {"certificate-in", "the signer's certificate was valid and listed when it signed", Code::certificate_ok, {}},
        {"certificate-after", "the signer's certificate had ended when it signed", Code::certificate_expired,
         [](Scene& s) { sign_with(s, s.keys.county_early); }},
        {"certificate-withdrawn", "the signer's certificate was withdrawn the second before it signed",
         Code::certificate_retired, [](Scene& s) { issuing(s).until = at("2026-11-20T09:29:59+08:00"); }},
        {"certificate-compromised", "the signer's key was lost two days after it signed; no list of genuine issues",
         Code::certificate_compromised,
         [](Scene& s) { issuing(s).compromised_since = at("2026-11-22T00:00:00+08:00"); }},
        {"certificate-missing", "the list names the signer's certificate, and its file is not in the folder",
         Code::certificate_missing,
         [](Scene& s) {
             s.issued_by_other();
             s.tamper = [&s](auto& files) { files.erase(WrittenTrust::certificate_file(s.keys.other.certificate)); };
         }},
        {"certificate-tampered", "a listed certificate whose issuer's signature has a changed bit",
         Code::certificate_chain, [](Scene& s) { sign_with(s, with_changed_signature(s.keys.county)); }},
        {"certificate-rolled-back",
         "the signer's certificate comes from a roll-over whose old key had been withdrawn when it was made",
         Code::certificate_rollover,
         [](Scene& s) {
             issuing(s).until = at("2026-11-18T23:59:59+08:00");
             roll_over(s, at("2026-11-20T00:00:00+08:00"));
         }},
        {"certificate-wrong-kind", "the signer's certificate may publish status lists, not sign licenses",
         Code::certificate_usage, [](Scene& s) { s.license_by = &s.keys.publisher; }},
    };
}

std::function<void(Scene&)> in_state(LicenseState state) {
    return [state](Scene& s) {
        s.status->changes = {{.index = 42, .effective = at("2026-11-22T00:00:00+08:00"), .state = state}};
    };
}

std::vector<MatrixVector> licenses() {
    return {
        {"license-before", "the license is valid from tomorrow on", Code::validity_not_yet,
         [](Scene& s) { s.license.validity.valid_from = on("2026-11-24"); }},
        {"license-in", "the license is within its days", Code::validity_ok, {}},
        {"license-after", "the license ended yesterday", Code::validity_expired,
         [](Scene& s) { s.license.validity.valid_until = on("2026-11-22"); }},
        {"license-withdrawn", "the license was withdrawn yesterday", Code::status_withdrawn,
         in_state(LicenseState::withdrawn)},
        {"license-compromised", "the signer's key was lost, and the list of genuine issues has another license only",
         Code::certificate_compromised,
         [](Scene& s) {
             lose_key(s);
             s.to_city.body.certificates[0].kinds |= kinds({SignatureKind::genuine_list});
             add_genuine_list(s, s.keys.city, Digest{1});
         }},
        {"license-missing", "the status list was made after the license and has no such entry: never issued",
         Code::status_never_issued, [](Scene& s) { s.status->allotted = 42; }},
        {"license-tampered", "a bit of the claims is changed", Code::signature_wrong,
         [](Scene& s) { s.tamper_code = [](Payload& p) { p.claims[p.claims.size() / 2] ^= 1; }; }},
        {"license-rolled-back", "a revision that was replaced by a newer one is shown", Code::status_replaced,
         in_state(LicenseState::replaced)},
        {"license-wrong-kind", "the claims were signed as a status list", Code::signature_wrong,
         [](Scene& s) { s.license_as = SignatureKind::status_list; }},
    };
}

}  // namespace

void lose_key(Scene& s) { issuing(s).compromised_since = at("2026-11-22T00:00:00+08:00"); }

void add_genuine_list(Scene& s, const KeyAndCertificate& signer, const Digest& digest, const char* as_of) {
    const GenuineList list{.issuer = county_code(), .as_of = at(as_of), .digests = {digest}};
    const auto file = seal_object(SignatureKind::genuine_list, write_genuine_list(list).value(), signer);
    s.more["genuine/" + county_code().text() + "/" + to_hex(sm3(file)) + ".elic"] = file;
}

Digest envelope_digest(const Scene& s) {
    const auto payload = s.code();
    Bytes envelope(payload.hint.begin(), payload.hint.end());
    envelope.insert(envelope.end(), payload.claims.begin(), payload.claims.end());
    envelope.insert(envelope.end(), payload.signature.begin(), payload.signature.end());
    return sm3(envelope);
}

void roll_over(Scene& s, Timestamp from) {
    const Rollover rollover{.body = county_code(),
                            .old_fingerprint = s.keys.county.certificate.fingerprint(),
                            .new_certificate = s.keys.county_next.certificate,
                            .issued_at = at("2026-11-19T00:00:00+08:00"),
                            .from = from};
    auto old_key = s.keys.county.key;
    auto new_key = s.keys.county_next.key;
    const auto hint = key_hint(s.keys.county_next.certificate.fingerprint());
    s.more["rollovers/" + to_hex(hint) + ".elic"] =
        make_rollover(rollover, old_key, s.keys.county.certificate, new_key).value();
    s.license_by = &s.keys.county_next;
}

std::vector<MatrixVector> matrix_of_licenses() {
    auto all = certificates();
    for (auto&& each : licenses()) all.push_back(std::move(each));
    return all;
}

}  // namespace elic::test
