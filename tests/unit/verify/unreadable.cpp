// What the system cannot read (here a folder in the place of a file) is told as that, and nothing rests on it.
#include <catch2/catch.hpp>

#include "elic/crypto/sm3.h"
#include "unit/trust/unreadable_body.h"
#include "unit/verify/tree_world.h"

using namespace elic;

namespace {

void put_folder(const WrittenTrust& written, const std::string& name) {
    if (!make_folders(written.path() / WrittenTrust::version / name)) std::abort();
}

std::string rollover_file(const Certificate& certificate) {
    return "rollovers/" + to_hex(key_hint(certificate.fingerprint())) + ".elic";
}

/// The county below its city, with something unreadable in the folder.
Report county_with(const std::string& unreadable, const std::function<void(Tree&)>& change = {}) {
    Tree tree;
    if (change) change(tree);
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    put_folder(written, unreadable);
    return verified(text_of(tree.license(), tree.county), written, tree.world.pins());
}

}  // namespace

TEST_CASE("A roll-over that cannot be read is a failure of the system, not a stranger's key") {
    auto world = make_world();
    auto fresh = certified(world.ca, "CN=TEST second key,C=CN");
    const WrittenTrust written(world);
    put_folder(written, rollover_file(fresh.certificate));
    const auto report = verified(text_of(a_license(), fresh), written, world.pins());
    CHECK_THAT(detail(report, FindingCode::internal_failure), Catch::Contains("rollovers"));
}

TEST_CASE("A parent's roll-over that cannot be read leaves the delegation without a signer") {
    Tree tree;
    auto fresh = certified(tree.world.ca, "CN=TEST city second key,C=CN");
    tree.county_vouched_by = &fresh;
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    put_folder(written, rollover_file(fresh.certificate));
    const auto report = verified(text_of(tree.license(), tree.county), written, tree.world.pins());
    CHECK_THAT(detail(report, FindingCode::delegation_signer), Catch::StartsWith("internal.failure: "));
}

TEST_CASE("A roll-over of a body that cannot be read is in a malformed list") {
    auto world = make_world();
    auto fresh = certified(world.ca, "CN=TEST second key,C=CN");
    const WrittenTrust written(world);
    written.put(rollover_file(fresh.certificate),
                make_rollover({.body = office_code(),
                               .old_fingerprint = world.office.certificate.fingerprint(),
                               .new_certificate = fresh.certificate,
                               .issued_at = at("2026-11-19"),
                               .from = at("2026-11-20")},
                              world.office.key, world.office.certificate, fresh.key)
                    .value());
    written.put_list(list_with_unreadable_body(world));
    const auto report = verified(text_of(a_license(), fresh), written, world.pins());
    CHECK(has(report, FindingCode::trust_malformed));
}

TEST_CASE("A revocation list that cannot be read is unusable") {
    auto world = make_world();
    const WrittenTrust written(world);
    put_folder(written, "revocation/" + std::string(64, 'a') + ".crl");
    const auto report = verified(text_of(a_license(), world.office), written, world.pins());
    CHECK(has(report, FindingCode::certificate_crl));
}

TEST_CASE("Lists of genuine issues that cannot be read make nothing genuine") {
    const auto report =
        county_with("genuine/" + county_code().text() + "/" + std::string(64, 'a') + ".elic",
                    [](Tree& tree) { tree.to_county.body.certificates[0].compromised_since = at("2026-11-22"); });
    CHECK(has(report, FindingCode::certificate_compromised));
    CHECK_FALSE(has(report, FindingCode::certificate_genuine));
}

TEST_CASE("A successor that cannot be read publishes nothing") {
    Tree tree;
    tree.to_county.body.successor = Successor{.code = other_code(), .from = on("2026-11-21")};
    tree.status = tree.a_status_list();
    tree.status_signed_by = &tree.world.other;
    tree.world.other_body().certificates[0].kinds |= kinds({SignatureKind::status_list});
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    REQUIRE(has(verified(text_of(tree.license(), tree.county), written, tree.world.pins(), world_time(), {}),
                FindingCode::status_valid));
    written.put_list(list_with_unreadable_body(tree.world, tree.world.other_body().name));
    const auto report = verified(text_of(tree.license(), tree.county), written, tree.world.pins(), world_time(), {});
    CHECK_THAT(detail(report, FindingCode::status_signer), Catch::StartsWith("key sm3:"));
}

TEST_CASE("A status list by a key whose certificate is not there says which is missing") {
    auto world = make_world();
    auto publisher = certified(world.ca, "CN=TEST publisher,C=CN");
    world.body().certificates.push_back(listed(publisher.certificate, SignatureKind::status_list));
    const WrittenTrust written(world);  // without the publisher's certificate
    written.put("status/" + office_code().text() + "/1/9.elic",
                Tree::object(SignatureKind::status_list, write_status_list(status_list_of(office_code())), publisher));
    const auto report = verified(text_of(a_license(), world.office), written, world.pins(), world_time(), {});
    CHECK(detail(report, FindingCode::status_signer) ==
          "certificate.missing: " + format_fingerprint(publisher.certificate.fingerprint()));
    CHECK(report.verdict() == Verdict::indeterminate);
}
