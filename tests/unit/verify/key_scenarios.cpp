#include "elic/crypto/sm3.h"
#include "unit/verify/scenario.h"
#include "unit/verify/tree_world.h"

namespace elic {

namespace {

using Code = FindingCode;

/// Its own serial number list, signed by the world's CA.
Bytes list_of(const Tree& tree, std::vector<RevokedCertificate> revoked, const char* next_update = "2026-12-20") {
    return make_revocation_list(tree.world.ca, {.number = 1,
                                                .this_update = at("2026-11-21"),
                                                .next_update = at(next_update),
                                                .revoked = std::move(revoked)})
        .value();
}

void add_list(Tree& tree, const Bytes& list) { tree.files["revocation/" + to_hex(sm3(list)) + ".crl"] = list; }

RevokedCertificate revoked(const Tree& tree, const Certificate& certificate, const char* when,
                           RevocationReason reason = RevocationReason::superseded) {
    return {.serial = serial_certified_by(tree.world.ca, certificate).value(), .at = at(when), .reason = reason};
}

Bytes empty_list(const PilotCa& ca, const char* next_update) {
    return make_revocation_list(ca, {.number = 1, .this_update = at("2026-11-21"), .next_update = at(next_update)})
        .value();
}

/// A good license of a body that a list names, and a revocation list.
Report beside(const std::function<Bytes(const PilotCa&)>& make) {
    return in_folder([&](TrustWorld& world, const WrittenTrust& written) {
        const auto list = make(world.ca);
        written.put("revocation/" + to_hex(sm3(list)) + ".crl", list);
    });
}

std::vector<Scenario> revocations() {
    return {
        {Code::certificate_revoked, "revoked before it signed",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 add_list(t, list_of(t, {revoked(t, t.county.certificate, "2026-11-20T09:30:00+08:00")}));
             });
         }},
        {Code::certificate_ok, "revoked after it signed, for no theft",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 add_list(t, list_of(t, {revoked(t, t.county.certificate, "2026-11-20T09:30:01+08:00")}));
             });
         }},
        {Code::certificate_compromised, "revoked after it signed, since the key was lost",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 add_list(t, list_of(t, {revoked(t, t.county.certificate, "2026-11-21T09:30:00+08:00",
                                                 RevocationReason::key_compromise)}));
             });
         }},
        {Code::certificate_crl, "a revocation list past its next update",
         [] { return beside([](const PilotCa& ca) { return empty_list(ca, "2026-11-22"); }); }},
        {Code::certificate_crl, "a revocation list under the CA's name by another key",
         [] {
             return beside(
                 [](const PilotCa&) { return empty_list(make_pilot_ca(at("2025-11-01")).value(), "2026-12-20"); });
         }},
        {Code::delegation_signer, "the parent's certificate was revoked when it delegated",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 add_list(t, list_of(t, {revoked(t, t.city.certificate, "2026-11-02T00:00:00+08:00")}));
             });
         }},
    };
}

/// The county's key is compromised; codes in a list of genuine issues stay good.
Report compromised(const std::function<void(GenuineList&, Tree&)>& change, KeyAndCertificate Tree::*signer,
                   bool names_it = true) {
    Tree tree;
    tree.to_county.body.certificates[0].compromised_since = at("2026-11-22T00:00:00+08:00");
    tree.to_city.body.certificates[0].kinds |= kinds({SignatureKind::genuine_list});
    tree.to_county.body.certificates[0].kinds |= kinds({SignatureKind::genuine_list});
    const auto text = text_of(tree.license(), tree.county);
    const auto payload = read_payload(text).value();
    Bytes envelope(payload.hint.begin(), payload.hint.end());
    envelope.insert(envelope.end(), payload.claims.begin(), payload.claims.end());
    envelope.insert(envelope.end(), payload.signature.begin(), payload.signature.end());
    GenuineList list{.issuer = county_code(), .as_of = at("2026-11-21T23:59:59+08:00"), .digests = {}};
    list.digests = {sm3(envelope)};
    if (!names_it) list.digests[0][0] ^= 1;
    if (change) change(list, tree);
    const auto file = Tree::object(SignatureKind::genuine_list, write_genuine_list(list), tree.*signer);
    tree.files["genuine/" + county_code().text() + "/" + to_hex(sm3(file)) + ".elic"] = file;
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    return verified(text, written, tree.world.pins());
}

std::vector<Scenario> compromises() {
    return {
        {Code::certificate_compromised, "no list of genuine issues",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 t.to_county.body.certificates[0].compromised_since = at("2026-11-22T00:00:00+08:00");
             });
         }},
        {Code::certificate_genuine, "in the list that the parent signed", [] { return compromised({}, &Tree::city); }},
        {Code::certificate_compromised, "not in the list", [] { return compromised({}, &Tree::city, false); }},
        {Code::certificate_compromised, "in a list that the lost key itself signed",
         [] { return compromised({}, &Tree::county); }},
        {Code::certificate_compromised, "in a list made after the key was lost",
         [] {
             return compromised([](GenuineList& list, Tree&) { list.as_of = at("2026-11-22T00:00:00+08:00"); },
                                &Tree::city);
         }},
        {Code::certificate_compromised, "in a list that a stranger signed",
         [] { return compromised({}, &Tree::stranger); }},
        {Code::certificate_genuine, "in a list made after its certificate was revoked for another reason",
         [] {
             return compromised(
                 [](GenuineList&, Tree& t) {
                     add_list(t, list_of(t, {revoked(t, t.county.certificate, "2026-11-20T12:00:00+08:00")}));
                 },
                 &Tree::city);
         }},
        {Code::certificate_compromised, "in a list of another body",
         [] { return compromised([](GenuineList& list, Tree&) { list.issuer = city_code(); }, &Tree::city); }},
        {Code::certificate_compromised, "in a list by a key that may not make such lists",
         [] {
             return compromised(
                 [](GenuineList&, Tree& t) {
                     t.to_city.body.certificates[0].kinds = kinds({SignatureKind::delegation});
                 },
                 &Tree::city);
         }},
    };
}

/// The county goes over to a new key, which signs the license.
Report rolled_over(const std::function<void(Rollover&, Tree&)>& change = {}, bool tampered = false) {
    Tree tree;
    tree.to_county.body.certificates[0].kinds |= kinds({SignatureKind::rollover});
    auto fresh = certified(tree.world.ca, "CN=TEST county 2,C=CN");
    Rollover rollover{.body = county_code(),
                      .old_fingerprint = tree.county.certificate.fingerprint(),
                      .new_certificate = fresh.certificate,
                      .issued_at = at("2026-11-19"),
                      .from = at("2026-11-20T00:00:00+08:00")};
    if (change) change(rollover, tree);
    auto file = make_rollover(rollover, tree.county.key, tree.county.certificate, fresh.key).value();
    if (tampered) file.back() ^= 1;
    const auto hint = key_hint(fresh.certificate.fingerprint());
    tree.files["rollovers/" + to_hex(hint) + ".elic"] = file;
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    return verified(text_of(tree.license(), fresh), written, tree.world.pins());
}

std::vector<Scenario> rollovers() {
    return {
        {Code::certificate_ok, "signed by the new key", [] { return rolled_over(); }},
        {Code::certificate_retired, "signed by the new key before its day",
         [] { return rolled_over([](Rollover& r, Tree&) { r.from = at("2026-11-20T09:30:01+08:00"); }); }},
        {Code::certificate_rollover, "the old key's signature was changed", [] { return rolled_over({}, true); }},
        {Code::certificate_rollover, "the old key may not roll over",
         [] {
             return rolled_over(
                 [](Rollover&, Tree& t) { t.to_county.body.certificates[0].kinds = kinds({SignatureKind::payload}); });
         }},
        {Code::certificate_rollover, "the old key is compromised",
         [] {
             return rolled_over(
                 [](Rollover&, Tree& t) { t.to_county.body.certificates[0].compromised_since = at("2026-12-01"); });
         }},
        {Code::certificate_rollover, "the old key had been withdrawn",
         [] {
             return rolled_over([](Rollover&, Tree& t) { t.to_county.body.certificates[0].until = at("2026-11-18"); });
         }},
        {Code::signer_unknown, "a roll-over of another body",
         [] { return rolled_over([](Rollover& r, Tree&) { r.body = city_code(); }); }},
    };
}

}  // namespace

std::vector<Scenario> key_scenarios() {
    auto all = revocations();
    for (auto&& each : compromises()) all.push_back(std::move(each));
    for (auto&& each : rollovers()) all.push_back(std::move(each));
    return all;
}

}  // namespace elic
