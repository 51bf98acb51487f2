#include "elic/trust/rollover.h"

#include <catch2/catch.hpp>
#include <functional>

#include "codec/cbor.h"
#include "unit/trust/refusing_signer.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

using cbor::Map;
using cbor::Value;

constexpr cbor::Limits limits{.depth = 2, .entries = 10, .bytes = 1 << 16};

/// From the office's key to the other one's.
struct Pair {
    TrustWorld world = make_world();
    Rollover rollover{.body = office_code(),
                      .old_fingerprint = world.office.certificate.fingerprint(),
                      .new_certificate = world.other.certificate,
                      .issued_at = at("2026-11-01T00:00:00+08:00"),
                      .from = at("2026-12-01T00:00:00+08:00")};

    Result<Bytes> make() {
        return make_rollover(rollover, world.office.key, world.office.certificate, world.other.key);
    }
    SignedObject object() { return read_signed_object(make().value(), max_rollover_bytes).value(); }
};

/// What reading says of the content with one change; the old key's signature is not what reading looks at.
Result<Rollover> read_changed(const std::function<void(Map&)>& change) {
    Pair pair;
    auto object = pair.object();
    auto map = *cbor::read(object.content, limits).value().map();
    change(map);
    object.content = cbor::write(std::move(map));
    return read_rollover(object);
}

}  // namespace

TEST_CASE("A roll-over says what was put into it, and both keys signed it") {
    Pair pair;
    const auto object = pair.object();
    CHECK(object.kind == SignatureKind::rollover);
    CHECK(object.signer == pair.rollover.old_fingerprint);
    CHECK(object.holds(pair.world.office.certificate.public_key()));
    CHECK_FALSE(object.holds(pair.world.other.certificate.public_key()));
    const auto read = read_rollover(object).value();
    CHECK(read.body == office_code());
    CHECK(read.old_fingerprint == pair.rollover.old_fingerprint);
    CHECK(read.new_certificate == pair.rollover.new_certificate);
    CHECK(read.issued_at == pair.rollover.issued_at);
    CHECK(read.from == pair.rollover.from);
}

TEST_CASE("A roll-over that breaks a rule is refused") {
    REQUIRE(read_changed([](Map&) {}));
    const std::vector<std::pair<const char*, std::function<void(Map&)>>> changes = {
        {"keys 1 to 6", [](Map& map) { map.pop_back(); }},
        {"keys 1 to 6", [](Map& map) { map.emplace_back(std::int64_t{7}, Value()); }},
        {"keys 1 to 6", [](Map& map) { map[5].first = std::int64_t{7}; }},
        {"body", [](Map& map) { map[0].second = std::string("1"); }},
        {"old certificate", [](Map& map) { map[1].second = Bytes(31); }},
        {"another certificate signed", [](Map& map) { map[1].second = Bytes(32); }},
        {"new certificate", [](Map& map) { map[2].second = Value(); }},
        {"cannot be read",
         [](Map& map) {
             map[2].second = Bytes{1, 2};
         }},
        {"issued at", [](Map& map) { map[3].second = Value(); }},
        {"from", [](Map& map) { map[4].second = std::string("x"); }},
        {"64 bytes", [](Map& map) { map[5].second = Bytes(63); }},
        {"64 bytes", [](Map& map) { map[5].second = Value(); }},
        {"does not hold", [](Map& map) { map[5].second = Bytes(64); }},
        // Words that the new key did not sign
        {"does not hold", [](Map& map) { map[0].second = other_code().text(); }},
        {"does not hold", [](Map& map) { map[3].second = std::int64_t{1}; }},
        {"does not hold", [](Map& map) { map[4].second = std::int64_t{1}; }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto read = read_changed(change);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::malformed_trust);
        CHECK_THAT(read.error().context, Catch::Contains(what) && Catch::StartsWith("roll-over: "));
    }
}

TEST_CASE("A new certificate that the new key did not sign for is refused") {
    const auto read = read_changed([](Map& map) {
        auto world = make_world();
        map[2].second = world.other.certificate.der();  // of another key
    });
    REQUIRE_FALSE(read);
    CHECK_THAT(read.error().context, Catch::Contains("does not hold"));
}

TEST_CASE("The new key's signature is not taken for the old key's, nor the other way round") {
    Pair pair;
    auto object = pair.object();
    auto map = *cbor::read(object.content, limits).value().map();
    map[5].second = Bytes(object.signature.begin(), object.signature.end());
    object.content = cbor::write(std::move(map));
    CHECK(read_rollover(object).error().code == Errc::malformed_trust);
}

TEST_CASE("An object of another kind is no roll-over, and a roll-over has a largest size") {
    Pair pair;
    auto object = pair.object();
    object.kind = SignatureKind::delegation;
    CHECK(read_rollover(object).error().code == Errc::malformed_trust);
    object = pair.object();
    object.content.resize(max_rollover_bytes + 1);
    CHECK(read_rollover(object).error().code == Errc::limit_exceeded);
}

TEST_CASE("A roll-over with keys that do not fit is not made") {
    Pair pair;
    const auto& office = pair.world.office;
    CHECK(make_rollover(pair.rollover, pair.world.other.key, office.certificate, pair.world.other.key).error().code ==
          Errc::bad_argument);
    CHECK(make_rollover(pair.rollover, pair.world.office.key, office.certificate, pair.world.office.key).error().code ==
          Errc::bad_argument);
    CHECK(
        make_rollover(pair.rollover, pair.world.ca.key, pair.world.ca.certificate, pair.world.other.key).error().code ==
        Errc::bad_argument);
    pair.rollover.new_certificate = office.certificate;
    CHECK(make_rollover(pair.rollover, pair.world.office.key, office.certificate, pair.world.office.key).error().code ==
          Errc::bad_argument);
}

TEST_CASE("A roll-over from a certificate to itself is refused, though the key signed it on both sides") {
    auto world = make_world();
    const auto& certificate = world.office.certificate;
    const auto hint = key_hint(certificate.fingerprint());
    Pair pair;
    auto map = *cbor::read(pair.object().content, limits).value().map();
    map[1].second = Bytes(certificate.fingerprint().begin(), certificate.fingerprint().end());
    map[2].second = certificate.der();
    map.pop_back();
    const auto input = signing_input(SignatureKind::rollover, hint, cbor::write(map));
    const auto signature = sign_message(world.office.key, input).value();
    map.emplace_back(std::int64_t{6}, Bytes(signature.begin(), signature.end()));
    const auto file = sign_object(SignatureKind::rollover, cbor::write(std::move(map)), world.office.key, certificate);
    const auto read = read_rollover(read_signed_object(file.value(), max_rollover_bytes).value());
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::malformed_trust);
    CHECK_THAT(read.error().context, Catch::Contains("the new certificate is the old one"));
}

TEST_CASE("A roll-over whose old or new key does not sign is not made") {
    Pair pair;
    auto& [ca, office, other, source] = pair.world;
    RefusingSigner old_key(office.certificate.public_key()), new_key(other.certificate.public_key());
    CHECK(make_rollover(pair.rollover, office.key, office.certificate, new_key).error().code == Errc::signer_failed);
    CHECK(make_rollover(pair.rollover, old_key, office.certificate, other.key).error().code == Errc::signer_failed);
}
