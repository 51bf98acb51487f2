#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

Bytes list_of(const TrustWorld& world, Signer& key, const Certificate& certificate) {
    return TrustList::build(world.source.content, key, certificate, {}).value();
}

}  // namespace

TEST_CASE("A list takes the place of the one of the same root when it counts up") {
    ImportWorld w;
    REQUIRE(w.build());
    auto& content = w.world.source.content;
    CHECK_THAT(w.refusal({list_of(w.world, w.world.ca.key, w.world.ca.certificate)}).context,
               Catch::Contains("another trust list of number 7"));
    content.number = 6;
    CHECK_THAT(w.refusal({list_of(w.world, w.world.ca.key, w.world.ca.certificate)}).context,
               Catch::Contains("older than what is there"));
    content.number = 8;
    const auto newer = list_of(w.world, w.world.ca.key, w.world.ca.certificate);
    const auto report = w.take({newer}).value();
    CHECK(has_line(report, "replaced " + list_name(content.roots[0])));
    REQUIRE(w.open().lists().size() == 1);
    CHECK(w.open().lists()[0].number() == 8);
    CHECK(w.open().lists()[0].digest() == sm3(newer));
}

TEST_CASE("Nobody takes a list's place but its own roots and those whom they certified for lists") {
    ImportWorld w;
    REQUIRE(w.build());
    auto foreign = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
    auto& content = w.world.source.content;
    content.number = 8;
    const auto root = content.roots[0];
    // The foreign root names the true one beside itself, and signs.
    content.roots = {root, foreign.certificate.fingerprint()};
    content.previous = w.open().lists()[0].digest();
    const auto file = list_of(w.world, foreign.key, foreign.certificate);
    CHECK(w.refusal({file, foreign.certificate.der()}).code == Errc::malformed_trust);
    content.roots = {root};
    content.previous.reset();
    CHECK(w.refusal({list_of(w.world, w.world.office.key, w.world.office.certificate)}).code == Errc::malformed_trust);
    auto outside = certified(foreign, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list);
    CHECK(w.refusal({list_of(w.world, outside.key, outside.certificate)}).code == Errc::malformed_trust);
    auto inside = certified(w.world.ca, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list);
    CHECK(w.take({list_of(w.world, inside.key, inside.certificate)}));
}

TEST_CASE("A list goes over to a new root by naming the list before it") {
    ImportWorld w;
    REQUIRE(w.build());
    auto fresh = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
    auto& content = w.world.source.content;
    content.roots.push_back(fresh.certificate.fingerprint());
    content.previous = w.open().lists()[0].digest();
    content.number = 8;
    REQUIRE(w.take({list_of(w.world, w.world.ca.key, w.world.ca.certificate), fresh.certificate.der()}));
    REQUIRE(w.open().lists().size() == 1);
    content.roots = {fresh.certificate.fingerprint()};
    content.previous = w.open().lists()[0].digest();
    content.number = 9;
    REQUIRE(w.take({list_of(w.world, fresh.key, fresh.certificate)}));
    REQUIRE(w.open().lists().size() == 1);
    CHECK(w.open().lists()[0].signer() == fresh.certificate);
}

TEST_CASE("Two lists whose packs begin alike do not stand beside each other") {
    ImportWorld w;
    REQUIRE(w.build());
    auto other = make_world();
    auto& pack = other.source.content.packs[0];
    pack.digest[31] ^= 1;
    CHECK_THAT(w.refusal({list_of(other, other.ca.key, other.ca.certificate)}).context,
               Catch::Contains("begins like another list's"));
    pack.digest[0] ^= 1;
    CHECK(w.take({list_of(other, other.ca.key, other.ca.certificate)}));
}

TEST_CASE("A list that does not read, or whose bodies do not, is refused") {
    ImportWorld w;
    REQUIRE(w.build());
    w.world.source.content.number = 8;
    auto file = list_of(w.world, w.world.ca.key, w.world.ca.certificate);
    file[file.size() / 2] ^= 1;
    CHECK(w.refusal({file}).code == Errc::malformed_trust);
}

TEST_CASE("What no list names any more goes with the list that named it") {
    ImportWorld w;
    REQUIRE(w.build());
    auto& content = w.world.source.content;
    content.number = 8;
    content.bodies.pop_back();
    const auto gone = certificate_name(w.world.other.certificate.fingerprint());
    const auto report = w.take({list_of(w.world, w.world.ca.key, w.world.ca.certificate)}).value();
    CHECK(has_line(report, "removed " + gone));
    CHECK_FALSE(file_exists(w.file(gone)));
}

TEST_CASE("A source's objects are taken in with its list") {
    ImportWorld w;
    w.world.source.objects = {{"city.elic", w.city_file()}};
    REQUIRE(w.build());
    CHECK(w.open().bodies(city()).value().size() == 1);
    w.world.source.content.number = 8;
    w.world.source.objects = {{"county.elic", w.city_file(1, "样例市")}};
    CHECK_THAT(w.build().error().context, Catch::StartsWith("county.elic"));
    CHECK(w.open().lists()[0].number() == 7);
}
