#include "trust/folder_names.h"
#include "unit/trust/import_world.h"
#include "unit/trust/unreadable_body.h"

using namespace elic;

namespace {

/// Keys of one subject, certified by the world's root.
std::vector<KeyAndCertificate> keys_of(const ImportWorld& w, std::size_t count) {
    std::vector<KeyAndCertificate> keys;
    for (std::size_t n = 0; n < count; ++n) {
        keys.push_back(certified(w.world.ca, "CN=TEST body " + std::to_string(n) + ",C=CN"));
    }
    return keys;
}

Uscc body_number(std::size_t n) { return uscc_of("1143018" + std::to_string(n) + "MB00TX07" + std::to_string(n)); }

}  // namespace

TEST_CASE("A key that came by eight roll-overs signs, one that came by nine does not") {
    ImportWorld w;
    REQUIRE(w.build());
    auto keys = keys_of(w, 9);
    std::vector<Bytes> rollovers;
    for (auto& key : keys) {
        auto& before = &key == keys.data() ? w.world.office : *(&key - 1);
        rollovers.push_back(w.rollover_file(key, before));
    }
    REQUIRE(w.take(rollovers));
    CHECK(w.refusal({ImportWorld::list_file(ImportWorld::status(province(), 1), keys[8])}).code == Errc::not_found);
    CHECK(w.take({ImportWorld::list_file(ImportWorld::status(province(), 1), keys[7])}));
}

TEST_CASE("A roll-over is of the body that it names, though another body has the same certificate") {
    ImportWorld w;
    REQUIRE(w.build());
    REQUIRE(w.take({w.city_file(), w.delegation(province(), w.world.office, body_of(county(), w.city_key.certificate),
                                                w.city_key.certificate)}));
    auto fresh = certified(w.world.ca, "CN=TEST city 2,C=CN");
    REQUIRE(w.take({w.rollover_file(fresh, w.city_key, city())}));
    CHECK(w.take({ImportWorld::list_file(ImportWorld::status(county(), 1), w.city_key)}));
    CHECK(w.refusal({ImportWorld::list_file(ImportWorld::status(county(), 2), fresh)}).code == Errc::not_found);
    CHECK(w.take({ImportWorld::list_file(ImportWorld::status(city(), 1), fresh)}));
}

TEST_CASE("A roll-over under the name of another certificate stands for nobody") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto name = rollover_name(key_hint(w.county_key.certificate.fingerprint()));
    w.put(name, w.rollover_file(w.city_key, w.world.office));
    const auto file = ImportWorld::list_file(ImportWorld::status(province(), 1), w.county_key);
    CHECK(w.refusal({file}).code == Errc::not_found);
}

TEST_CASE("A body's lists are published by one up to eight delegations above it, and by none further up") {
    ImportWorld w;
    REQUIRE(w.build());
    auto keys = keys_of(w, 9);
    std::vector<Bytes> delegations;
    for (std::size_t n = 0; n < keys.size(); ++n) {
        const auto body = body_of(body_number(n), keys[n].certificate);
        delegations.push_back(n == 0 ? w.delegation(province(), w.world.office, body, keys[n].certificate)
                                     : w.delegation(body_number(n - 1), keys[n - 1], body, keys[n].certificate));
    }
    REQUIRE(w.take(delegations));
    const auto list = [&](std::size_t n) {
        return ImportWorld::list_file(ImportWorld::status(body_number(n), 1), w.world.office);
    };
    CHECK(w.refusal({list(8)}).code == Errc::not_found);
    CHECK(w.take({list(7)}));
}

TEST_CASE("A list comes with its root's certificate, and one of its roots vouches for it, also when it is the first") {
    ImportWorld w;
    const auto list_by = [&](KeyAndCertificate signer) {
        return TrustList::build(w.world.source.content, signer.key, signer.certificate, {}).value();
    };
    const auto foreign = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
    const auto inside = list_by(certified(w.world.ca, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list));
    const auto outside = list_by(certified(foreign, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list));
    const auto root = w.world.ca.certificate.der();
    const auto alone = w.refusal({inside});
    CHECK(alone.code == Errc::not_found);
    CHECK_THAT(alone.context, Catch::Contains("its root's certificate is not here"));
    const auto strange = w.refusal({outside, root});
    CHECK(strange.code == Errc::malformed_trust);
    CHECK_THAT(strange.context, Catch::Contains("does not chain to a root of the list"));
    CHECK(w.take({inside, root}));
}

TEST_CASE("A list whose bodies do not read is refused") {
    ImportWorld w;
    REQUIRE(w.build());
    w.world.source.content.number = 8;
    CHECK(w.refusal({list_with_unreadable_body(w.world)}).code == Errc::malformed_trust);
}

TEST_CASE("A delegation that was altered is told before one that only waits for its parent") {
    ImportWorld w;
    REQUIRE(w.build());
    auto altered = w.city_file();
    altered.back() ^= 1;
    const auto refused = w.refusal({w.county_file(), altered});
    CHECK(refused.code == Errc::malformed_trust);
    CHECK_THAT(refused.context, Catch::StartsWith("file 2: its signature does not hold"));
}

TEST_CASE("A delegation or roll-over that was damaged in the folder is mended by one of the same age") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto fresh = certified(w.world.ca, "CN=TEST office 2,C=CN");
    const auto rollover = w.rollover_file(fresh, w.world.office);
    const auto name = rollover_name(key_hint(fresh.certificate.fingerprint()));
    const auto delegation = w.city_file();
    REQUIRE(w.take({delegation, rollover}));
    for (const auto& each : {delegation_name(province(), city()), name}) w.put(each, as_bytes("x"));
    CHECK(has_line(w.take({delegation}).value(), "replaced " + delegation_name(province(), city())));
    CHECK(has_line(w.take({rollover}).value(), "replaced " + name));
    CHECK(w.open().bodies(city()).value().size() == 1);
    CHECK(w.open().rollovers().value().size() == 1);
}

TEST_CASE("A roll-over to one certificate takes the place of an older one, and of none of its age or newer") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto fresh = certified(w.world.ca, "CN=TEST office 2,C=CN");
    const auto rollover = [&](const char* issued_at) {
        return w.rollover_file(fresh, w.world.office, province(), at(issued_at));
    };
    REQUIRE(w.take({rollover("2026-11-10T00:00:00+08:00")}));
    for (const char* before : {"2026-11-09T23:59:59+08:00", "2026-11-10T00:00:00+08:00"}) {
        const auto refused = w.refusal({rollover(before)});
        CHECK(refused.code == Errc::malformed_trust);
        CHECK_THAT(refused.context, Catch::Contains("older than what is there"));
    }
    CHECK(w.take({rollover("2026-11-10T00:00:01+08:00")}));
}
