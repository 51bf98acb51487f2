#include "vectors/matrix_world.h"

namespace elic::test {

namespace {

using Code = FindingCode;

BodyCertificate& issuing(Scene& s) { return s.to_county.body.certificates[0]; }

/// A day after list 9.
void add_delta(Scene& s, const std::vector<StatusChange>& changes, const char* name = "10") {
    const auto list = seal_object(SignatureKind::status_list, write_status_list(*s.status).value(), *s.status_by);
    const StatusDelta delta{.issuer = county_code(),
                            .list = 1,
                            .number = 10,
                            .as_of = at("2026-11-23T08:00:00+08:00"),
                            .next_update = at("2026-12-01T18:00:00+08:00"),
                            .previous = sm3(list),
                            .allotted = 120,
                            .changes = changes};
    s.more[status_folder() + name + ".delta.elic"] =
        seal_object(SignatureKind::status_delta, write_status_delta(delta).value(), *s.status_by);
}

void succeed(Scene& s, const char* from) {
    s.to_county.body.successor = Successor{.code = other_code(), .from = on(from)};
    s.status_by = &s.keys.other;
}

/// A list of a root that this machine does not know, which names the county too.
void add_foreign_list(Scene& s) {
    auto list = s.list;
    list.roots = {s.keys.stranger_root.certificate.fingerprint()};
    list.intermediates = {};
    list.packs = {};
    list.bodies = {s.to_county.body};
    s.more["lists/" + to_hex(list.roots[0]) + ".elic"] = seal_list(list, s.keys.stranger);
}

/// Signed under a root that the list does not name, but carries; both roots are pinned, that one so far only.
void carry_root(Scene& s, const std::string& only_for) {
    s.list.number = 8;
    s.list_by = &s.keys.stranger;
    s.list_path = {s.keys.stranger_root.certificate};
    s.pins.push_back(format_fingerprint(s.keys.stranger_root.certificate.fingerprint()) + only_for);
}

std::vector<MatrixVector> trust_ok() {
    return {
        {"ok-root-constraints", "the root is pinned for this province and type", Code::authority_ok,
         [](Scene& s) { s.pins[0] += " area=330000,430000 type=" + area_type().text() + "  # compared"; }},
        {"ok-root-signs", "the root signed the list itself", Code::trust_ok,
         [](Scene& s) {
             static const KeyAndCertificate root{s.keys.root.key, s.keys.root.certificate};
             s.list_by = &root;
         }},
        {"ok-list-signer-below", "the list's signer is certified by an authority that the list carries", Code::trust_ok,
         [](Scene& s) {
             s.list_by = &s.keys.list_signer_below;
             s.list_path = {s.keys.authority.certificate};
         }},
        {"ok-list-signer-revoked", "the list's signer was superseded a second after it signed the list", Code::trust_ok,
         [](Scene& s) {
             add_revocation_list(s, s.keys.root, &s.keys.list_signer.certificate, "2026-11-01T00:00:01+08:00");
         }},
        {"ok-two-lists", "a list of another root names the county too, and nobody pinned it", Code::trust_ok,
         add_foreign_list},
        {"ok-named-by-list", "the issuer is named by the list itself: no delegation is asked for",
         Code::status_missing_allowed,
         [](Scene& s) {
             s.issued_by_other();
             s.allow_missing_status = true;
         }},
        {"ok-memory", "this machine has seen these very lists, and its clock is right", Code::memory_compared,
         [](Scene& s) {
             s.seen = {
                 "delegation " + to_hex(s.list.roots[0]) + " " + city_code().text() + " " + county_code().text() +
                     " 5 2026-11-03T00:00:00+08:00",
                 "status " + to_hex(s.list.roots[0]) + " " + county_code().text() + " 1 9 2026-11-22T18:00:00+08:00",
                 "trust-list " + to_hex(s.list.roots[0]) + " 7 2026-11-01T00:00:00+08:00",
                 "time 2026-11-22T18:00:00+08:00"};
             s.now = at("2026-11-23T10:00:00+08:00");
         }},
        {"ok-roll-over", "the county went over to its next key, which signed", Code::certificate_ok,
         [](Scene& s) { roll_over(s, at("2026-11-20T00:00:00+08:00")); }},
        {"ok-genuine-listed", "the signer's key was lost later; the city's list of genuine issues has this code",
         Code::certificate_genuine,
         [](Scene& s) {
             lose_key(s);
             add_genuine_list(s, s.keys.city, envelope_digest(s));
         }},
        {"ok-revoked-later", "the signer's certificate was revoked after it signed, for no theft", Code::certificate_ok,
         [](Scene& s) {
             add_revocation_list(s, s.keys.authority, &s.keys.county.certificate, "2026-11-20T09:30:01+08:00");
         }},
    };
}

std::vector<MatrixVector> status_ok() {
    return {
        {"ok-successor-publishes", "the county is gone; its successor publishes", Code::status_valid,
         [](Scene& s) { succeed(s, "2026-11-22"); }},
        {"ok-parent-publishes", "the city publishes for the county", Code::status_valid,
         [](Scene& s) { s.status_by = &s.keys.city; }},
        {"ok-delta", "a delta ends the suspension that the list has", Code::status_valid,
         [](Scene& s) {
             s.status->entries = {{.index = 42, .state = LicenseState::suspended}};
             add_delta(s, {{42, at("2026-11-23T07:00:00+08:00"), LicenseState::valid}});
         }},
        {"ok-to-come", "the revocation counts from tomorrow on", Code::status_valid,
         [](Scene& s) {
             s.status->changes = {{42, at("2026-11-24T00:00:00+08:00"), LicenseState::revoked}};
         }},
        {"ok-stale-allowed", "the list is stale, which the caller allows", Code::status_stale_allowed,
         [](Scene& s) {
             s.status->next_update = at("2026-11-23T09:59:59+08:00");
             s.allow_missing_status = true;
         }},
    };
}

std::vector<MatrixVector> more_trust() {
    return {
        {"more-root-not-pinned", "the machine relies on another root, which the list has not", Code::trust_unpinned,
         [](Scene& s) { s.pins = {format_fingerprint(s.keys.stranger_root.certificate.fingerprint())}; }},
        {"more-list-signer-usage", "the list's signer was not made for trust lists", Code::trust_signer_refused,
         [](Scene& s) {
             static const auto plain = certified_by_root(s.keys, 120, "CN=TEST no trust lists");
             s.list_by = &plain;
         }},
        {"more-list-authority-lost", "the root revoked the authority above the list's signer: its key was lost later",
         Code::trust_signer_refused,
         [](Scene& s) {
             s.list_by = &s.keys.list_signer_below;
             s.list_path = {s.keys.authority.certificate};
             add_revocation_list(s, s.keys.root, &s.keys.authority.certificate, "2026-11-20T12:00:00+08:00",
                                 RevocationReason::ca_compromise);
         }},
        {"more-list-revocations-stale", "the root's revocation list is past its next update",
         Code::trust_signer_refused,
         [](Scene& s) { add_revocation_list(s, s.keys.root, nullptr, "", {}, "2026-11-23T09:59:59+08:00"); }},
        {"more-list-stranger", "the list names the root, and another root's certificate signed it",
         Code::trust_signer_refused, [](Scene& s) { s.list_by = &s.keys.stranger; }},
        {"more-root-file-missing", "the certificate of the pinned root is not in the folder", Code::trust_malformed,
         [](Scene& s) {
             s.tamper = [&s](auto& files) { files.erase(WrittenTrust::certificate_file(s.keys.root.certificate)); };
         }},
        {"more-real-root-pinned", "a root that is not at hand is pinned too: the TEST root counts no more",
         Code::trust_test_refused, [](Scene& s) { s.pins.push_back("sm3:" + std::string(64, 'a')); }},
        {"more-newer-list", "a list of the next format", Code::trust_newer,
         [](Scene& s) {
             s.tamper = [name = s.list_file()](auto& files) {
                 auto& file = files.at(name);
                 const std::string text(file.begin(), file.end());
                 file[text.find("elic trust-list 1") + 16] = '2';
             };
         }},
        {"more-delegation-circle", "the county vouches for the city, and the city for the county",
         Code::delegation_depth,
         [](Scene& s) {
             s.to_city.parent = county_code();
             issuing(s).kinds |= kinds({SignatureKind::delegation});
             s.city_by = &s.keys.county;
         }},
        {"more-delegation-stranger", "the delegation names a signer that is no certificate of the city",
         Code::delegation_signer, [](Scene& s) { s.county_by = &s.keys.other; }},
        {"more-delegation-revoked", "the city's certificate was revoked when it delegated", Code::delegation_signer,
         [](Scene& s) {
             add_revocation_list(s, s.keys.authority, &s.keys.city.certificate, "2026-11-03T00:00:00+08:00");
         }},
        {"more-clock-behind-list", "the clock is 5 minutes and a second behind the status list", Code::clock_set_back,
         [](Scene& s) { s.now = at("2026-11-22T17:54:59+08:00"); }},
        {"more-clock", "this machine has seen a signature of December", Code::clock_set_back,
         [](Scene& s) {
             s.seen = {"time 2026-12-01T00:00:00+08:00"};
             s.now = at("2026-11-23T10:00:00+08:00");
         }},
    };
}

std::vector<MatrixVector> more_keys() {
    return {
        {"more-signer-unknown", "nobody in the folder has this key", Code::signer_unknown,
         [](Scene& s) { s.license_by = &s.keys.county_next; }},
        {"more-issuer-other", "the county signed a license in the name of the other body", Code::issuer_mismatch,
         [](Scene& s) {
             s.issued_by_other();
             s.license_by = &s.keys.county;
         }},
        {"more-certificate-stranger", "a listed certificate of another root", Code::certificate_chain,
         [](Scene& s) {
             issuing(s).fingerprint = s.keys.stranger.certificate.fingerprint();
             s.to_county.certificates[0] = s.keys.stranger.certificate;
             s.license_by = &s.keys.stranger;
         }},
        {"more-authority-file-missing", "the certificate of the authority in between is not in the folder",
         Code::delegation_signer,
         [](Scene& s) {
             s.tamper = [&s](auto& files) {
                 files.erase(WrittenTrust::certificate_file(s.keys.authority.certificate));
             };
         }},
        {"more-certificate-revoked", "the signer's certificate was revoked the second that it signed",
         Code::certificate_revoked,
         [](Scene& s) {
             add_revocation_list(s, s.keys.authority, &s.keys.county.certificate, "2026-11-20T09:30:00+08:00");
         }},
        {"more-certificate-revoked-lost", "revoked after it signed, since the key was lost",
         Code::certificate_compromised,
         [](Scene& s) {
             add_revocation_list(s, s.keys.authority, &s.keys.county.certificate, "2026-11-21T00:00:00+08:00",
                                 RevocationReason::key_compromise);
         }},
        {"more-revocation-list-stale",
         "the authority's revocation list is past its next update; the issuer is named "
         "by the trust list",
         Code::certificate_crl,
         [](Scene& s) {
             s.issued_by_other();
             s.allow_missing_status = true;
             add_revocation_list(s, s.keys.authority, nullptr, "", {}, "2026-11-22T00:00:00+08:00");
         }},
        {"more-roll-over-early", "the next key signed the second before its time", Code::certificate_retired,
         [](Scene& s) { roll_over(s, at("2026-11-20T09:30:01+08:00")); }},
        {"more-roll-over-lost", "the old key was lost: it vouches for nothing", Code::certificate_rollover,
         [](Scene& s) {
             lose_key(s);
             roll_over(s, at("2026-11-20T00:00:00+08:00"));
         }},
        {"more-genuine-own", "the list of genuine issues is signed by the lost key itself",
         Code::certificate_compromised,
         [](Scene& s) {
             lose_key(s);
             issuing(s).kinds |= kinds({SignatureKind::genuine_list});
             add_genuine_list(s, s.keys.county, envelope_digest(s));
         }},
        {"more-genuine-late", "the list of genuine issues was made when the key was lost already",
         Code::certificate_compromised,
         [](Scene& s) {
             lose_key(s);
             add_genuine_list(s, s.keys.city, envelope_digest(s), "2026-11-22T00:00:00+08:00");
         }},
    };
}

std::vector<MatrixVector> more_rights() {
    return {
        {"more-pack-altered", "the type's file is not the one of the list", Code::type_pack_altered,
         [](Scene& s) {
             s.tamper = [](auto& files) { files.at("types/" + area_type().text() + "/1.json").push_back(' '); };
         }},
        {"more-pack-missing", "the type's file is not in the folder", Code::type_pack_missing,
         [](Scene& s) { s.tamper = [](auto& files) { files.erase("types/" + area_type().text() + "/1.json"); }; }},
        {"more-type-unknown", "the list has no such type", Code::type_unknown,
         [](Scene& s) { s.list.packs[0].digest[0] ^= 1; }},
        {"more-right-to-issue", "the county may let others issue, not issue itself", Code::authority_type,
         [](Scene& s) { s.to_county.body.grants[0].rights = may_delegate; }},
        {"more-grant-ended", "the county's grant had ended the day before it signed", Code::authority_time,
         [](Scene& s) { s.to_county.body.grants[0].until = on("2026-11-19"); }},
        {"more-area", "the license is for a division outside the county", Code::authority_area,
         [](Scene& s) { s.license.number = "例4301030001"; }},
        {"more-parent-type", "the city never had the type", Code::authority_parent,
         [](Scene& s) { s.to_city.body.grants[0].type = masked_type(); }},
        {"more-parent-ended", "the province's right had ended the day before the license was signed",
         Code::authority_parent, [](Scene& s) { s.list.bodies[0].grants[0].until = on("2026-11-19"); }},
        {"more-parent-area", "the county was given a division that the city has not", Code::authority_parent,
         [](Scene& s) {
             s.to_county.body.grants[0].areas = {AreaCode::parse("430000").value()};
             s.license.number = "例4303020001";
         }},
        {"more-root-area", "the root is pinned for another province", Code::authority_root_area,
         [](Scene& s) { s.pins[0] += " area=330000"; }},
        {"more-root-type", "the root is pinned for another type", Code::authority_root_type,
         [](Scene& s) { s.pins[0] += " type=" + masked_type().text(); }},
        {"more-carried-root", "the list's own root is carried in its path and pinned for this type", Code::trust_ok,
         [](Scene& s) { carry_root(s, " type=" + area_type().text()); }},
        {"more-carried-root-type", "the list's own root is carried in its path and pinned for another type",
         Code::authority_root_type, [](Scene& s) { carry_root(s, " type=" + masked_type().text()); }},
        {"more-carried-root-area", "the list's own root is carried in its path and pinned for another province",
         Code::authority_root_area, [](Scene& s) { carry_root(s, " area=330000"); }},
        {"more-signed-later", "signed six minutes after the time asked about", Code::signed_later,
         [](Scene& s) { s.license.signed_at = at("2026-11-23T10:06:00+08:00"); }},
    };
}

std::vector<MatrixVector> more_status() {
    return {
        {"more-delta-revokes", "a delta revokes the license", Code::status_revoked,
         [](Scene& s) {
             add_delta(s, {{42, at("2026-11-23T07:00:00+08:00"), LicenseState::revoked}});
         }},
        {"more-delta-gap", "a delta that does not go on from the list that is there", Code::status_malformed,
         [](Scene& s) {
             add_delta(s, {});
             s.status->allotted = 101;
         }},
        {"more-delta-kind", "the delta's signer may sign lists, not deltas", Code::status_signer,
         [](Scene& s) {
             s.status_by = &s.keys.city;
             add_delta(s, {});
         }},
        {"more-status-content", "the revocation was taken out of the list's content", Code::status_signature,
         [](Scene& s) {
             const auto clean = write_status_list(*s.status).value();
             s.status->entries = {{.index = 42, .state = LicenseState::revoked}};
             s.tamper = [clean, file = status_folder() + "9.elic"](auto& files) {
                 files.at(file) = with_content(files.at(file), clean);
             };
         }},
        {"more-status-other", "the list under the county's name is another authority's", Code::status_malformed,
         [](Scene& s) { s.status->issuer = city_code(); }},
        {"more-successor-early", "the successor publishes the day before its first", Code::status_signer,
         [](Scene& s) { succeed(s, "2026-11-23"); }},
        {"more-history-short", "the time asked about lies before the list's history", Code::status_history,
         [](Scene& s) {
             s.status->base = at("2026-11-22T00:00:00+08:00");
             s.at = at("2026-11-21T00:00:00+08:00");
         }},
        {"more-stale-suspension", "a suspension in a stale list may have ended", Code::status_stale,
         [](Scene& s) {
             s.status->next_update = at("2026-11-23T09:59:59+08:00");
             s.status->entries = {{.index = 42, .state = LicenseState::suspended}};
         }},
        {"more-stale-revocation", "a revocation in a stale list stays", Code::status_revoked,
         [](Scene& s) {
             s.status->next_update = at("2026-11-23T09:59:59+08:00");
             s.status->entries = {{.index = 42, .state = LicenseState::revoked}};
         }},
    };
}

}  // namespace

std::vector<MatrixVector> beside_the_matrix() {
    auto all = trust_ok();
    for (const auto& part : {status_ok(), more_trust(), more_keys(), more_rights(), more_status()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace elic::test
