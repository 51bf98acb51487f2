#include "unit/trust/lint_objects_world.h"

using namespace elic;

namespace {

/// The code of a body so many delegations below the province.
Uscc body_below(int height) { return uscc_of("1143018" + std::to_string(height) + "MB00TX033"); }

Bytes genuine_of(const Uscc& issuer, Timestamp as_of, KeyAndCertificate& signer) {
    const GenuineList list{.issuer = issuer, .as_of = as_of, .digests = {}};
    return ObjectsWorld::signed_by(signer, SignatureKind::genuine_list, write_genuine_list(list).value());
}

Bytes rollover_of(ObjectsWorld& w, const Uscc& body, KeyAndCertificate& old) {
    const Rollover made{.body = body,
                        .old_fingerprint = old.certificate.fingerprint(),
                        .new_certificate = w.county_key.certificate,
                        .issued_at = w.now,
                        .from = w.now};
    return make_rollover(made, old.key, old.certificate, w.county_key.key).value();
}

/// One below the other, all with the same key.
std::vector<Bytes> delegations_down(ObjectsWorld& w, int height) {
    std::vector<Bytes> all;
    for (int n = 1; n <= height; ++n) {
        all.push_back(w.delegation(n == 1 ? province() : body_below(n - 1), n == 1 ? w.world.office : w.city_key,
                                   body_of(body_below(n), w.city_key.certificate), w.city_key.certificate));
    }
    return all;
}

}  // namespace

TEST_CASE("Each kind of object is of the body that it names, or of one above it") {
    ObjectsWorld w;
    auto& office = w.world.office;
    const auto list = ObjectsWorld::list_file(ObjectsWorld::status(city(), 1), office);
    CHECK(w.said({w.county_file(), w.city_file(), rollover_of(w, province(), office), list,
                  ObjectsWorld::delta_file(city(), 2, list, w.city_key), genuine_of(county(), w.now, office),
                  ObjectsWorld::list_file(ObjectsWorld::status(county(), 1), office)})
              .empty());
    CHECK(w.said({rollover_of(w, province(), w.city_key)}) == "object.signer objects[0]");
    CHECK(w.said({w.city_file(), rollover_of(w, city(), office)}) == "object.signer objects[1]");
}

TEST_CASE("An object that nobody of those who may publish it has signed is told with their codes") {
    ObjectsWorld w;
    CHECK(w.text({genuine_of(province(), w.now, w.city_key)}) ==
          "its signer is no certificate of " + province().text());
    CHECK(w.text({w.city_file(), genuine_of(city(), w.now, w.county_key)}) ==
          "its signer is no certificate of " + city().text() + ", " + province().text());
    CHECK(w.text({genuine_of(stranger(), w.now, w.world.office)}) == "the source has no body " + stranger().text());
    CHECK(w.faults.at(0).code == LintCode::object_body);
}

TEST_CASE("The successor of a body publishes its status") {
    ObjectsWorld w;
    const auto list = ObjectsWorld::list_file(ObjectsWorld::status(province(), 1), w.world.other);
    ObjectsWorld::add_key(w.add_body(stranger()), w.world.other.certificate);
    CHECK(w.said({list}) == "object.signer objects[0]");
    w.body().successor = LintSuccessor{.place = "", .code = stranger(), .from = on("2026-01-01")};
    CHECK(w.said({list}).empty());
}

TEST_CASE("An object is signed by a key that is listed for its kind") {
    ObjectsWorld w;
    const auto list = genuine_of(province(), w.now, w.world.office);
    w.key().kinds = kinds_of({SignatureKind::genuine_list});
    CHECK(w.said({list}).empty());
    w.key().kinds = kinds_of({SignatureKind::payload, SignatureKind::status_list});
    CHECK(w.said({list}) == "object.signer_kind objects[0]");
    CHECK(w.faults.at(0).text == "its signer is not listed for genuine-list");
}

TEST_CASE("An object is made while its signer is listed, from the first second to the last, and not compromised") {
    ObjectsWorld w;
    const auto time = at("2026-11-10T00:00:00Z"), before = at("2026-11-09T23:59:59Z"),
               after = at("2026-11-10T00:00:01Z");
    const auto list = genuine_of(province(), time, w.world.office);
    const auto check = [&](Timestamp from, std::optional<Timestamp> until, std::optional<Timestamp> compromised) {
        w.key().from = from;
        w.key().until = until;
        w.key().compromised = compromised;
        return w.said({list});
    };
    const std::string told = "object.signer_time objects[0]";
    CHECK(check(time, {}, {}).empty());
    CHECK(check(after, {}, {}) == told);
    CHECK(w.faults.at(0).text == "made " + time.format() + ", when its signer is not listed");
    CHECK(check(before, time, {}).empty());
    CHECK(check(before, after, {}).empty());
    CHECK(check(at("2026-01-01T00:00:00Z"), before, {}) == told);
    CHECK(check(before, {}, after).empty());
    CHECK(check(before, {}, time) == told);
    CHECK(check(before, after, before) == told);
}

TEST_CASE("Status lists and their changes among the objects are stale after their next update") {
    ObjectsWorld w;
    const auto list = ObjectsWorld::list_file(ObjectsWorld::status(province(), 1), w.world.office);
    const auto delta = ObjectsWorld::delta_file(province(), 2, list, w.world.office);
    w.now = at("2026-12-31");
    CHECK(w.said({list, delta}).empty());
    w.now = at("2027-01-01");
    CHECK(w.said({list, delta}) == "object.stale objects[0]\nobject.stale objects[1]");
    w.now = ObjectsWorld::on_hour(1);
    CHECK(w.said({list, delta}) == "object.stale objects[1]");
    CHECK(w.faults.at(0).text == "is in force from " + ObjectsWorld::on_hour(2).format());
}

TEST_CASE("A delegation among the objects is in force") {
    ObjectsWorld w;
    w.now = at("2027-11-01T00:00:00+08:00");
    CHECK(w.said({w.city_file()}).empty());
    w.now = at("2027-11-01T00:00:01+08:00");
    CHECK(w.said({w.city_file()}) == "object.stale objects[0]");
}

TEST_CASE("A delegation is given by a parent with a key for delegations, any of its keys") {
    ObjectsWorld w;
    ObjectsWorld::add_key(w.body(), w.world.other.certificate).kinds = kinds_of({SignatureKind::payload});
    CHECK(w.said({w.city_file()}).empty());
    std::swap(w.body().keys[0], w.body().keys[1]);
    CHECK(w.said({w.city_file()}).empty());
    w.body().keys.pop_back();
    CHECK(w.said({w.city_file()}) == "object.signer objects[0]\ndelegation.parent_key objects[0]");
    CHECK(w.faults.at(1).text == province().text() + " has no key for delegations");
    w.body().keys.clear();
    w.source.bodies.clear();
    CHECK(w.said({w.city_file()}) == "delegation.parent objects[0]");
}

TEST_CASE("A delegation gives no more than its parent has, be that a body of the source or a delegated one") {
    ObjectsWorld w;
    auto wide = body_of(county(), w.county_key.certificate);
    wide.grants[0].areas = {AreaCode::parse("430000").value()};
    const auto file = w.delegation(city(), w.city_key, wide, w.county_key.certificate);
    CHECK(w.said({file, w.city_file()}) == "delegation.exceeds_area objects[0]");
    w.body().grants.clear();
    CHECK(w.said({w.city_file()}) == "delegation.exceeds_type objects[0]");
}

TEST_CASE("A body of the source whose code does not read is passed over") {
    ObjectsWorld w;
    w.source.bodies.emplace_back();
    CHECK(w.said({w.city_file()}).empty());
}

TEST_CASE("Eight delegations stand above each other, and not nine") {
    ObjectsWorld w;
    CHECK(w.said(delegations_down(w, 8)).empty());
    CHECK(w.said(delegations_down(w, 9)) == "delegation.depth objects[8]");
}

TEST_CASE("A body's status is published by whom eight delegations lead to, and not nine") {
    ObjectsWorld w;
    auto objects = delegations_down(w, 8);
    objects.push_back(ObjectsWorld::list_file(ObjectsWorld::status(body_below(8), 1), w.world.office));
    CHECK(w.said(objects).empty());
    objects = delegations_down(w, 9);
    objects.push_back(ObjectsWorld::list_file(ObjectsWorld::status(body_below(9), 1), w.world.office));
    CHECK(w.said(objects) == "delegation.depth objects[8]\nobject.signer objects[9]");
}
