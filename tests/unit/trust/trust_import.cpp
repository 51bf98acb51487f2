#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

std::vector<Uscc> codes_of(const std::vector<KnownBody>& bodies) {
    std::vector<Uscc> codes;
    for (const auto& known : bodies) codes.push_back(known.body.code);
    return codes;
}

}  // namespace

TEST_CASE("A delegation is taken in, and found by key and by code") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto report = w.take({w.city_file()});
    REQUIRE(report);
    CHECK(report->changed);
    CHECK(report->version == "000002");
    CHECK(has_line(*report, "added " + delegation_name(province(), city())));
    const auto trust = w.open();
    CHECK(trust.version() == "000002");
    const auto found = trust.bodies_with_key(key_hint(w.city_key.certificate.fingerprint())).value();
    REQUIRE(found.size() == 1);
    CHECK(found[0].list == nullptr);
    CHECK(found[0].delegation->delegation.parent == province());
    CHECK(trust.certificate_of(found[0], w.city_key.certificate.fingerprint()).value() == w.city_key.certificate);
    CHECK(codes_of(trust.bodies(city()).value()) == std::vector<Uscc>{city()});
    CHECK(codes_of(trust.all_bodies().value()) == std::vector<Uscc>{province(), stranger(), city()});
    CHECK(trust.bodies(county()).value().empty());
    const auto listed = trust.bodies_with_key(key_hint(w.world.office.certificate.fingerprint())).value();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].list == &trust.lists().front());
}

TEST_CASE("An opened folder stays at its version") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto before = w.open();
    REQUIRE(w.take({w.city_file()}));
    CHECK(before.version() == "000001");
    CHECK(before.bodies(city()).value().empty());
    CHECK(before.certificate(w.world.office.certificate.fingerprint()));
}

TEST_CASE("Children are taken in with their parents, in any order") {
    ImportWorld w;
    REQUIRE(w.build());
    REQUIRE(w.take({w.county_file(), w.city_file()}));
    CHECK(w.open().bodies(county()).value().size() == 1);
}

TEST_CASE("A delegation whose signer nothing names for its parent is refused, with all that came with it") {
    ImportWorld w;
    REQUIRE(w.build());
    CHECK(w.refusal({w.county_file()}).code == Errc::not_found);
    const auto body = body_of(county(), w.county_key.certificate);
    // Signed by another body of the list, and by a key of no kind for it.
    CHECK(w.refusal({w.delegation(province(), w.world.other, body, w.county_key.certificate)}).code == Errc::not_found);
    CHECK(w.refusal({w.delegation(stranger(), w.world.other, body, w.county_key.certificate)}).code == Errc::not_found);
    // Two that only vouch for each other.
    const auto up =
        w.delegation(county(), w.county_key, body_of(city(), w.city_key.certificate), w.city_key.certificate);
    CHECK(w.refusal({w.county_file(), up}).code == Errc::not_found);
}

TEST_CASE("A delegation that was altered is refused") {
    ImportWorld w;
    REQUIRE(w.build());
    auto file = w.city_file();
    file.back() ^= 1;
    CHECK(w.refusal({file}).code == Errc::malformed_trust);
}

TEST_CASE("A number that does not count up is refused, the same file is unchanged") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto second = w.city_file(2);
    REQUIRE(w.take({second}));
    const auto older = w.refusal({w.city_file(1)});
    CHECK(older.code == Errc::malformed_trust);
    CHECK_THAT(older.context, Catch::Contains("older than what is there"));
    CHECK_THAT(w.refusal({w.city_file(2, "样例市")}).context, Catch::Contains("another delegation of number 2"));
    const auto again = w.take({second}).value();
    CHECK_FALSE(again.changed);
    CHECK(again.version == "000002");
    CHECK(has_line(again, "unchanged " + delegation_name(province(), city())));
    CHECK(has_line(w.take({w.city_file(3)}).value(), "replaced " + delegation_name(province(), city())));
}

TEST_CASE("Replacing one level leaves the bytes of the others as they were") {
    ImportWorld w;
    REQUIRE(w.build());
    REQUIRE(w.take({w.city_file(), w.county_file()}));
    const auto path = [&](const char* version, const std::string& name) {
        return w.path() / "versions" / version / name;
    };
    REQUIRE(w.take({w.city_file(2)}));
    const auto trust = w.open();
    REQUIRE(trust.version() == "000003");
    const auto city_name = delegation_name(province(), city());
    CHECK_FALSE(read_file(path("000002", city_name), 1 << 20).value() ==
                read_file(path("000003", city_name), 1 << 20).value());
    for (const auto& name : {delegation_name(city(), county()), list_name(trust.lists().front().roots().front()),
                             certificate_name(w.world.office.certificate.fingerprint())}) {
        CHECK(std::filesystem::equivalent(path("000002", name), path("000003", name)));
    }
}

TEST_CASE("After a roll-over the new key signs for the body; who is not the old key rolls nothing over") {
    ImportWorld w;
    REQUIRE(w.build());
    auto fresh = certified(w.world.ca, "CN=TEST office 2,C=CN");
    const auto signed_by_new =
        w.delegation(province(), fresh, body_of(city(), w.city_key.certificate), w.city_key.certificate);
    CHECK(w.refusal({signed_by_new}).code == Errc::not_found);
    CHECK(w.refusal({w.rollover_file(fresh, w.city_key)}).code == Errc::not_found);
    CHECK(w.refusal({w.rollover_file(fresh, w.world.other, stranger())}).code ==
          Errc::not_found);  // it may make no roll-overs
    REQUIRE(w.take({w.rollover_file(fresh, w.world.office)}));
    const auto rollover = w.open().rollover(key_hint(fresh.certificate.fingerprint())).value();
    REQUIRE(rollover);
    CHECK(rollover->rollover.body == province());
    CHECK(w.open().rollovers().value().size() == 1);
    CHECK(w.take({signed_by_new}));
    // A damaged one is none, and is told.
    w.damage(rollover_name(key_hint(fresh.certificate.fingerprint())));
    const auto damaged = w.open();
    CHECK_FALSE(damaged.rollover(key_hint(fresh.certificate.fingerprint())).value());
    CHECK(damaged.passed_over().size() == 1);
}

TEST_CASE("Certificates and packs that nothing names are refused; those named are taken in") {
    ImportWorld w;
    const auto certificates = w.world.source.certificates;
    const auto packs = w.world.source.pack_files;
    w.world.source.certificates.erase(w.world.source.certificates.begin() + 1, w.world.source.certificates.end());
    w.world.source.pack_files.pop_back();
    REQUIRE(w.build());
    CHECK(w.open().certificate(certificates[1].fingerprint()).error().code == Errc::not_found);
    const auto report = w.take({certificates[1].pem(), packs[1].second}).value();
    CHECK(has_line(report, "added " + certificate_name(certificates[1].fingerprint())));
    CHECK(w.open().certificate(certificates[1].fingerprint()).value() == certificates[1]);
    CHECK(w.open().pack(packs[1].first));
    CHECK(w.refusal({w.county_key.certificate.der()}).code == Errc::not_found);
    std::string other(area_pack_json);
    other.replace(other.find("示例许可证"), std::string("示例许可证").size(), "样例许可证");
    CHECK(w.refusal({Bytes(other.begin(), other.end())}).code == Errc::not_found);
}

TEST_CASE("What is nothing that a trust folder holds is refused") {
    ImportWorld w;
    REQUIRE(w.build());
    CHECK(w.refusal({Bytes{}}).code == Errc::malformed_trust);
    CHECK(w.refusal({Bytes{'x'}}).code == Errc::malformed_trust);
    CHECK(w.refusal({Bytes{0x30, 0x00}}).code == Errc::malformed_certificate);
    CHECK(w.refusal({Bytes{'{', '}'}}).code == Errc::malformed_pack);
    CHECK(w.refusal({Bytes{0x81, 0x61, 'x'}}).code == Errc::malformed_trust);
    auto checkpoint = sign_object(SignatureKind::checkpoint, {1}, w.world.office.key, w.world.office.certificate);
    CHECK(w.refusal({checkpoint.value()}).code == Errc::malformed_trust);
    // One bad file among good ones: none is taken in.
    CHECK(w.refusal({w.city_file(), Bytes{'x'}}).code == Errc::malformed_trust);
}

TEST_CASE("Without a trust list nothing is taken into an empty folder") {
    ImportWorld w;
    const auto report = w.take({w.city_file()});
    REQUIRE_FALSE(report);
    CHECK(report.error().code == Errc::not_found);
    CHECK_FALSE(file_exists(w.path()));
}
