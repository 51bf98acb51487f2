#include <catch2/catch.hpp>

#include "elic/crypto/sm3.h"
#include "unit/crypto/made_list.h"
#include "unit/verify/tree_world.h"

using namespace elic;

namespace {

/// The county goes over from key to key, once an hour; the last signs the license.
Report after_rollovers(int count) {
    Tree tree;
    tree.to_county.body.certificates[0].kinds |= kinds({SignatureKind::rollover});
    std::vector<KeyAndCertificate> keys;
    for (int i = 0; i < count; ++i) keys.push_back(certified(tree.world.ca, "CN=TEST county " + std::to_string(i)));
    for (int i = 0; i < count; ++i) {
        auto& old = i == 0 ? tree.county : keys[static_cast<std::size_t>(i - 1)];
        auto& fresh = keys[static_cast<std::size_t>(i)];
        const auto when = "2026-11-19T0" + std::to_string(i) + ":00:00+08:00";
        const Rollover rollover{.body = county_code(),
                                .old_fingerprint = old.certificate.fingerprint(),
                                .new_certificate = fresh.certificate,
                                .issued_at = at(when.c_str()),
                                .from = at(when.c_str())};
        tree.files["rollovers/" + to_hex(key_hint(fresh.certificate.fingerprint())) + ".elic"] =
            make_rollover(rollover, old.key, old.certificate, fresh.key).value();
    }
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    return verified(text_of(tree.license(), keys.back()), written, tree.world.pins());
}

/// The county's certificate in revocation lists of these days: revoked in it or not.
Report with_lists(const std::vector<std::pair<const char*, bool>>& lists, const char* next_update = "2026-12-20") {
    return in_tree([&](Tree& t, TreeAsk&) {
        std::int64_t number = 0;
        for (const auto& [day, revoked] : lists) {
            RevocationListPlan plan{.number = ++number, .this_update = at(day), .next_update = at(next_update)};
            if (revoked) {
                plan.revoked = {{.serial = serial_certified_by(t.world.ca, t.county.certificate).value(),
                                 .at = at("2026-11-10"),
                                 .reason = RevocationReason::superseded}};
            }
            const auto list = make_revocation_list(t.world.ca, plan).value();
            t.files["revocation/" + to_hex(sm3(list)) + ".crl"] = list;
        }
    });
}

/// A license of the county whose key its authority says was lost, in a genuine list that the city made; `altered`: a
/// byte of that list's signature is another.
Report genuine_by_authority(const char* lost, std::optional<Timestamp> listed_since, bool altered = false) {
    Tree tree;
    tree.to_city.body.certificates[0].kinds |= kinds({SignatureKind::genuine_list});
    tree.to_county.body.certificates[0].compromised_since = listed_since;
    const auto text = text_of(tree.license(), tree.county);
    const auto payload = read_payload(text).value();
    Bytes envelope(payload.hint.begin(), payload.hint.end());
    envelope.insert(envelope.end(), payload.claims.begin(), payload.claims.end());
    envelope.insert(envelope.end(), payload.signature.begin(), payload.signature.end());
    const GenuineList genuine{
        .issuer = county_code(), .as_of = at("2026-11-21T12:00:00+08:00"), .digests = {sm3(envelope)}};
    auto file = Tree::object(SignatureKind::genuine_list, write_genuine_list(genuine), tree.city);
    if (altered) file.back() ^= 1;
    tree.files["genuine/" + county_code().text() + "/" + to_hex(sm3(file)) + ".elic"] = file;
    const RevocationListPlan plan{
        .number = 1,
        .this_update = at("2026-11-22"),
        .next_update = at("2026-12-20"),
        .revoked = {{.serial = serial_certified_by(tree.world.ca, tree.county.certificate).value(),
                     .at = at(lost),
                     .reason = RevocationReason::key_compromise}}};
    const auto list = make_revocation_list(tree.world.ca, plan).value();
    tree.files["revocation/" + to_hex(sm3(list)) + ".crl"] = list;
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    return verified(text, written, tree.world.pins());
}

/// A license at the end of this many delegations, each body vouching for the next.
Report below(int delegations) {
    Tree tree;
    auto& top = tree.world.body();
    top.grants = {grant_with("430000", may_delegate | may_issue)};
    std::vector<KeyAndCertificate> keys;
    std::vector<Uscc> codes;
    for (int i = 0; i < delegations; ++i) {
        keys.push_back(certified(tree.world.ca, "CN=TEST body " + std::to_string(i)));
        codes.push_back(uscc_of("11430102MB00TX10" + std::to_string(i)));
    }
    const WrittenTrust written(tree.world);
    for (int i = 0; i < delegations; ++i) {
        const auto at_i = static_cast<std::size_t>(i);
        const auto parent = i == 0 ? province_code() : codes[at_i - 1];
        auto listed_key = listed(keys[at_i].certificate);
        listed_key.kinds = kinds({SignatureKind::payload, SignatureKind::delegation});
        const Delegation delegation{.parent = parent,
                                    .number = 1,
                                    .issued_at = at("2026-11-02"),
                                    .not_before = at("2026-11-02"),
                                    .next_update = at("2027-11-01T00:00:00+08:00"),
                                    .body = {.code = codes[at_i],
                                             .name = "示例机关" + std::to_string(i),
                                             .hosts = {},
                                             .certificates = {listed_key},
                                             .grants = {grant_with("430000", may_delegate | may_issue)}},
                                    .certificates = {keys[at_i].certificate}};
        auto& signer = i == 0 ? tree.world.office : keys[at_i - 1];
        written.put("delegations/" + parent.text() + "/" + codes[at_i].text() + ".elic",
                    Tree::object(SignatureKind::delegation, write_delegation(delegation), signer));
    }
    auto said = a_license();
    said.id = LicenseId::make(area_type(), codes.back(), "20260000001", 1).value();
    said.issuing_authority_name = "示例机关" + std::to_string(delegations - 1);
    return verified(text_of(said, keys.back()), written, tree.world.pins());
}

}  // namespace

TEST_CASE("A key may have four roll-overs behind it, not five") {
    const auto four = after_rollovers(4);
    INFO(summary(four));
    CHECK(four.verdict() == Verdict::valid);
    CHECK(has(after_rollovers(5), FindingCode::signer_unknown));
}

TEST_CASE("A body may stand eight delegations below a list, not nine") {
    const auto eight = below(8);
    INFO(summary(eight));
    CHECK(eight.verdict() == Verdict::valid);
    CHECK_THAT(detail(eight, FindingCode::delegation_ok), Catch::EndsWith("示例机关6 > 示例机关7"));
    CHECK(has(below(9), FindingCode::delegation_depth));
}

TEST_CASE("The newest revocation list of an authority is the one that counts") {
    CHECK(with_lists({{"2026-11-20", true}, {"2026-11-21", false}}).verdict() == Verdict::valid);
    CHECK(has(with_lists({{"2026-11-20", false}, {"2026-11-21", true}}), FindingCode::certificate_revoked));
    CHECK(has(with_lists({{"2026-11-21", true}, {"2026-11-20", false}}), FindingCode::certificate_revoked));
}

TEST_CASE("A revocation list counts to its next update") {
    CHECK(with_lists({{"2026-11-20", false}}, "2026-11-23T10:00:00+08:00").verdict() == Verdict::valid);
    const auto late = with_lists({{"2026-11-20", false}}, "2026-11-23T09:59:59+08:00");
    CHECK_THAT(detail(late, FindingCode::delegation_signer),
               Catch::Contains("certificate.crl_unusable: next update was due 2026-11-23T09:59:59+08:00"));
}

TEST_CASE("A list of genuine issues must be older than the earliest day on which the key may have been lost") {
    CHECK(has(genuine_by_authority("2026-11-21T12:00:01+08:00", {}), FindingCode::certificate_genuine));
    CHECK(has(genuine_by_authority("2026-11-21T12:00:00+08:00", {}), FindingCode::certificate_compromised));
    CHECK(
        has(genuine_by_authority("2026-11-21T12:00:00+08:00", at("2026-11-22")), FindingCode::certificate_compromised));
    CHECK(
        has(genuine_by_authority("2026-11-22", at("2026-11-21T12:00:00+08:00")), FindingCode::certificate_compromised));
    CHECK(has(genuine_by_authority("2026-11-22", at("2026-11-21T12:00:01+08:00")), FindingCode::certificate_genuine));
}

TEST_CASE("A list of genuine issues whose signature does not hold vouches for nothing") {
    CHECK(has(genuine_by_authority("2026-11-22", {}), FindingCode::certificate_genuine));
    CHECK(has(genuine_by_authority("2026-11-22", {}, true), FindingCode::certificate_compromised));
}

TEST_CASE("A status list may be signed by the key that the authority went over to") {
    Tree tree;
    tree.to_county.body.certificates[0].kinds |=
        kinds({SignatureKind::rollover, SignatureKind::status_list, SignatureKind::payload});
    auto fresh = certified(tree.world.ca, "CN=TEST county second key");
    const Rollover rollover{.body = county_code(),
                            .old_fingerprint = tree.county.certificate.fingerprint(),
                            .new_certificate = fresh.certificate,
                            .issued_at = at("2026-11-19T00:00:00+08:00"),
                            .from = at("2026-11-19T00:00:00+08:00")};
    tree.files["rollovers/" + to_hex(key_hint(fresh.certificate.fingerprint())) + ".elic"] =
        make_rollover(rollover, tree.county.key, tree.county.certificate, fresh.key).value();
    tree.status = tree.a_status_list();
    tree.status_signed_by = &fresh;
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    const auto trust = written.open();
    const auto report = verify_payload(text_of(tree.license(), tree.county),
                                       {.trust = &trust, .pins = tree.world.pins(), .at = world_time()});
    INFO(summary(report));
    CHECK(report.verdict() == Verdict::valid);
}

TEST_CASE("Bodies that vouch for each other are told at the first that comes again") {
    const auto report = in_tree([](Tree& t, TreeAsk&) {
        t.to_city.parent = county_code();
        t.to_county.body.certificates[0].kinds |= kinds({SignatureKind::delegation});
        t.city_vouched_by = &t.county;
    });
    CHECK(detail(report, FindingCode::delegation_depth) == "示例市行政审批局");
}

TEST_CASE("A body that a list names rests on no delegation") {
    CHECK_FALSE(has(in_world(), FindingCode::delegation_ok));
    CHECK(has(in_tree(), FindingCode::delegation_ok));
}

TEST_CASE("A missing certificate is named by its fingerprint") {
    auto world = make_world();
    const WrittenTrust written(world);
    written.remove(WrittenTrust::certificate_file(world.office.certificate));
    const auto report = verified(text_of(a_license(), world.office), written, world.pins());
    CHECK(detail(report, FindingCode::certificate_missing) ==
          format_fingerprint(world.office.certificate.fingerprint()));
}

TEST_CASE("A revocation list without a next update is never past it") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto list = test::made_list(world.ca, {.next_update = ""});
    written.put("revocation/" + to_hex(sm3(list)) + ".crl", list);
    const auto report = verified(text_of(a_license(), world.office), written, world.pins());
    INFO(summary(report));
    CHECK(has(report, FindingCode::certificate_ok));
}

TEST_CASE("A status list that is relied on dates the report") {
    const auto report = in_tree([](Tree& t, TreeAsk&) { t.status = t.a_status_list(); });
    CHECK(report.status().as_of == at("2026-11-22T18:00:00+08:00"));
    CHECK(report.status().age_hours == 16);
    CHECK_FALSE(in_tree().status().as_of);
}
