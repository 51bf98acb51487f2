#include "unit/trust/lint_objects_world.h"

using namespace elic;

namespace {

Timestamp moved(Timestamp time, std::int64_t seconds) {
    return Timestamp::from_unix(time.unix_seconds() + seconds).value();
}

/// A list of the world's authority that revokes the certificate of this serial number at this time.
Bytes list_revoking(const ObjectsWorld& w, const Bytes& serial, Timestamp since) {
    const RevocationListPlan plan{.this_update = moved(w.now, -3600),
                                  .next_update = moved(w.now, 3600),
                                  .revoked = {{.serial = serial, .at = since}}};
    return make_revocation_list(w.world.ca, plan).value();
}

Bytes list_of_none(const PilotCa& ca, Timestamp this_update, Timestamp next_update) {
    return make_revocation_list(ca, {.this_update = this_update, .next_update = next_update}).value();
}

Bytes trust_list_of(ObjectsWorld& w, Timestamp not_before, Timestamp next_update) {
    auto& content = w.world.source.content;
    content.not_before = not_before;
    content.next_update = next_update;
    return TrustList::build(content, w.world.ca.key, w.world.ca.certificate, {}).value();
}

}  // namespace

TEST_CASE("The lint tells objects that are nothing from those that are damaged") {
    ObjectsWorld w;
    CHECK(w.said({}).empty());
    const auto text = as_bytes("nonsense");
    CHECK(w.said({Bytes(text.begin(), text.end())}) == "object.unknown objects[0]");
    CHECK(w.said({Bytes{0x81, 0x61, 'x'}}) == "object.unknown objects[0]");
    CHECK(w.said({Bytes{0x30, 0x00}}) == "object.malformed objects[0]");
    CHECK(w.said({Bytes{'{', '}'}}) == "object.malformed objects[0]");
}

TEST_CASE("An object whose content is none of its kind is malformed") {
    ObjectsWorld w;
    for (const auto kind : {SignatureKind::delegation, SignatureKind::rollover, SignatureKind::status_list,
                            SignatureKind::status_delta, SignatureKind::genuine_list}) {
        CAPTURE(name_of(kind));
        CHECK(w.said({ObjectsWorld::signed_by(w.world.office, kind, {1})}) == "object.malformed objects[0]");
    }
    auto list = trust_list_of(w, w.now, w.now);
    list[list.size() / 2] ^= 1;
    CHECK(w.said({list}) == "object.malformed objects[0]");
}

TEST_CASE("A certificate among the objects is valid today, a pack reads") {
    ObjectsWorld w;
    const auto& office = w.world.office.certificate;
    const Bytes pack(area_pack_json.begin(), area_pack_json.end());
    CHECK(w.said({office.der(), pack}).empty());
    w.now = moved(office.not_after(), 1);
    CHECK(w.said({pack, office.pem()}) == "object.stale objects[1]");
    CHECK(w.faults.at(0).text == office.subject() + " is not valid today");
}

TEST_CASE("A trust list among the objects is in force from its begin to its next update, both included") {
    ObjectsWorld w;
    CHECK(w.said({trust_list_of(w, w.now, w.now)}).empty());
    const auto later = moved(w.now, 1), before = moved(w.now, -1);
    CHECK(w.text({trust_list_of(w, later, later)}) == "is in force from " + later.format());
    CHECK(w.faults.at(0).code == LintCode::object_stale);
    CHECK(w.text({trust_list_of(w, before, before)}) == "its next update was due " + before.format());
    CHECK(w.faults.at(0).code == LintCode::object_stale);
}

TEST_CASE("A revocation list among the objects is of an authority that the source names") {
    ObjectsWorld w;
    const auto list = list_of_none(w.world.ca, w.now, moved(w.now, 3600));
    CHECK(w.said({list}).empty());
    std::swap(w.roots, w.intermediates);
    CHECK(w.said({list}).empty());
    w.intermediates = {certificate_of(chain_intermediate_pem)};
    CHECK(w.said({list}) == "object.signer objects[0]");
    CHECK(w.faults.at(0).text ==
          "the revocation list of " + w.world.ca.certificate.subject() + " is of no authority of the source");
}

TEST_CASE("A revocation list among the objects is stale after its next update, and never where it has none") {
    ObjectsWorld w;
    const auto last = moved(w.now, -1);
    CHECK(w.text({list_of_none(w.world.ca, moved(w.now, -3600), last)}) == "its next update was due " + last.format());
    w.roots = {certificate_of(example_root_pem)};
    CHECK(w.said({Bytes(open_list_pem.begin(), open_list_pem.end())}).empty());
}

TEST_CASE("A certificate that its authority has revoked is told where it is listed beyond that time") {
    ObjectsWorld w;
    const auto& office = w.world.office.certificate;
    const auto since = at("2026-10-01T00:00:00Z");
    const auto list = list_revoking(w, serial_certified_by(w.world.ca, office).value(), since);
    CHECK(w.said({list}) == "certificate.revoked key 1");
    CHECK(w.faults.at(0).text == office.subject() + " was revoked " + since.format());
    w.key().until = moved(since, 1);
    CHECK(w.said({list}) == "certificate.revoked key 1");
    w.key().until = since;
    CHECK(w.said({list}).empty());
    w.key().until.reset();
    w.key().compromised = since;
    CHECK(w.said({list}).empty());
    w.key().compromised.reset();
    CHECK(w.said({list_of_none(w.world.ca, w.now, moved(w.now, 1))}).empty());
}

TEST_CASE("A revocation list says nothing of a certificate that another authority made or that does not read") {
    ObjectsWorld w;
    w.body().keys.clear();
    w.body().keys.emplace_back();
    ObjectsWorld::add_key(w.body(), certificate_of(example_office_pem));
    const Bytes its_serial{0x10, 0x07};
    CHECK(w.said({list_revoking(w, its_serial, at("2026-10-01T00:00:00Z"))}).empty());
}
