#include "trust/trust_codec.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

using cbor::Array;
using cbor::Map;
using cbor::Value;

constexpr cbor::Limits limits{.depth = 6, .entries = 10000, .bytes = 1 << 20};

/// The content of a good list with one change.
Result<TrustListParts> read_changed(const std::function<void(Map&)>& change) {
    auto world = make_world();
    auto map = *cbor::read(write_trust_content(world.source.content).value(), limits).value().map();
    change(map);
    static Bytes bytes;  // what is read looks into them
    bytes = cbor::write(std::move(map));
    return read_trust_content(bytes);
}

/// A good body with one change.
Result<IssuingBody> read_changed_body(const std::function<void(Map&)>& change) {
    auto world = make_world();
    auto map = *cbor::read(write_trust_body(world.body()).value(), limits).value().map();
    change(map);
    return read_trust_body(office_code().text(), cbor::write(std::move(map)));
}

Array& array_of(Value& value) { return std::get<Array>(value.v); }
Array& first_pack(Map& map) { return array_of(array_of(map[7].second)[0]); }
Value name(const std::string& text) { return text; }
Value day(std::int64_t number) { return number; }
void add(Map& body, std::int64_t key, Value value) { body.emplace_back(key, std::move(value)); }
Array& first_row(Map& body, std::size_t key) { return array_of(array_of(body[key - 1].second)[0]); }

/// The error of writing a good list's content with one change.
Errc error_of_writing(const std::function<void(TrustWorld&)>& change) {
    auto world = make_world();
    change(world);
    const auto written = write_trust_content(world.source.content);
    REQUIRE_FALSE(written);
    return written.error().code;
}

}  // namespace

TEST_CASE("Content reads as it was written") {
    const auto parts = read_changed([](Map&) {});
    REQUIRE(parts);
    CHECK(parts->number == 7);
    CHECK(parts->bodies.size() == 2);
    CHECK(parts->bodies[0].code == office_code().text());
    CHECK(parts->key_index.size() == 2 * key_record_bytes);
    CHECK_FALSE(parts->previous);
    CHECK(read_changed_body([](Map&) {}).value().grants.size() == 2);
}

TEST_CASE("Content that breaks a rule is refused") {
    const std::vector<std::pair<const char*, std::function<void(Map&)>>> changes = {
        {"a key too many", [](Map& map) { map.emplace_back(std::int64_t{11}, std::int64_t{0}); }},
        {"a key too few", [](Map& map) { map.pop_back(); }},
        {"another key", [](Map& map) { map[9].first = std::int64_t{11}; }},
        {"a text key", [](Map& map) { map[9].first = std::string("x"); }},
        {"number 0", [](Map& map) { map[0].second = std::int64_t{0}; }},
        {"no number", [](Map& map) { map[0].second = Value(); }},
        {"issued at: no instant", [](Map& map) { map[1].second = std::string("2026"); }},
        {"not before: out of range", [](Map& map) { map[2].second = std::int64_t{1} << 60; }},
        {"next update before not before", [](Map& map) { map[3].second = std::int64_t{1}; }},
        {"previous: no digest", [](Map& map) { map[4].second = Bytes(31); }},
        {"roots: none", [](Map& map) { map[5].second = Array{}; }},
        {"roots: no list", [](Map& map) { map[5].second = Bytes(32); }},
        {"roots: twice", [](Map& map) { array_of(map[5].second).push_back(array_of(map[5].second)[0]); }},
        {"intermediates: no digest", [](Map& map) { map[6].second = Array{Value(Bytes(33))}; }},
        {"packs: no list", [](Map& map) { map[7].second = Value(); }},
        {"packs: not in order", [](Map& map) { std::swap(array_of(map[7].second)[0], array_of(map[7].second)[1]); }},
        {"packs: twice", [](Map& map) { array_of(map[7].second)[1] = array_of(map[7].second)[0]; }},
        {"packs: a part too few", [](Map& map) { first_pack(map).pop_back(); }},
        {"packs: no digest", [](Map& map) { first_pack(map)[0] = Bytes(4); }},
        {"packs: no type", [](Map& map) { first_pack(map)[1] = std::string("x"); }},
        {"packs: version 0", [](Map& map) { first_pack(map)[2] = std::int64_t{0}; }},
        {"packs: version 1000", [](Map& map) { first_pack(map)[2] = std::int64_t{1000}; }},
        {"packs: name with a control character", [](Map& map) { first_pack(map)[3] = std::string("a\nb"); }},
        {"packs: words 0", [](Map& map) { first_pack(map)[4] = std::int64_t{0}; }},
        {"packs: digests that begin alike",
         [](Map& map) {
             auto digest = *array_of(array_of(map[7].second)[1])[0].bytes();
             digest[4] ^= 1;
             first_pack(map)[0] = digest;
         }},
        {"bodies: no map", [](Map& map) { map[8].second = Array{}; }},
        {"bodies: no code", [](Map& map) { std::get<Map>(map[8].second.v)[0].first = std::string("1"); }},
        {"bodies: not bytes", [](Map& map) { std::get<Map>(map[8].second.v)[0].second = Map{}; }},
        {"key index: not bytes", [](Map& map) { map[9].second = Array{}; }},
        {"key index: not whole", [](Map& map) { map[9].second = Bytes(13); }},
        {"key index: outside", [](Map& map) { std::get<Bytes>(map[9].second.v)[key_record_bytes - 1] = 2; }},
        {"key index: not in order",
         [](Map& map) {
             auto& index = std::get<Bytes>(map[9].second.v);
             std::rotate(index.begin(), index.begin() + key_record_bytes, index.end());
         }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto parts = read_changed(change);
        REQUIRE_FALSE(parts);
        CHECK(parts.error().code == Errc::malformed_trust);
    }
    CHECK(read_trust_content(Bytes{0x80}).error().code == Errc::malformed_trust);
    CHECK(read_trust_content(Bytes(max_trust_bytes + 1)).error().code == Errc::limit_exceeded);
}

TEST_CASE("A body that breaks a rule is refused") {
    const std::vector<std::pair<const char*, std::function<void(Map&)>>> changes = {
        {"a key too many", [](Map& body) { body.emplace_back(std::int64_t{5}, std::int64_t{0}); }},
        {"another key", [](Map& body) { body[3].first = std::int64_t{5}; }},
        {"no name", [](Map& body) { body[0].second = std::string(); }},
        {"a name with a zero-width space", [](Map& body) { body[0].second = std::string("局\u200B"); }},
        {"hosts: no list", [](Map& body) { body[1].second = Value(); }},
        {"hosts: no text", [](Map& body) { body[1].second = Array{Value(std::int64_t{1})}; }},
        {"certificates: a part too few", [](Map& body) { first_row(body, 3).pop_back(); }},
        {"certificates: no digest", [](Map& body) { first_row(body, 3)[0] = Bytes(31); }},
        {"certificates: no from", [](Map& body) { first_row(body, 3)[1] = Value(); }},
        {"certificates: until is a text", [](Map& body) { first_row(body, 3)[2] = std::string("x"); }},
        {"certificates: until before from", [](Map& body) { first_row(body, 3)[2] = std::int64_t{1}; }},
        {"certificates: no kind", [](Map& body) { first_row(body, 3)[3] = std::int64_t{0}; }},
        {"certificates: unknown kind", [](Map& body) { first_row(body, 3)[3] = std::int64_t{512}; }},
        {"certificates: negative kind", [](Map& body) { first_row(body, 3)[3] = std::int64_t{-1}; }},
        {"certificates: twice", [](Map& body) { array_of(body[2].second).push_back(array_of(body[2].second)[0]); }},
        {"grants: a part too few", [](Map& body) { first_row(body, 4).pop_back(); }},
        {"grants: no type", [](Map& body) { first_row(body, 4)[0] = std::string("W991"); }},
        {"grants: no area", [](Map& body) { first_row(body, 4)[1] = Array{}; }},
        {"grants: area no text", [](Map& body) { first_row(body, 4)[1] = Array{Value(std::int64_t{430100})}; }},
        {"grants: area no code", [](Map& body) { first_row(body, 4)[1] = Array{Value(std::string("99"))}; }},
        {"grants: area of 12 digits",
         [](Map& body) { first_row(body, 4)[1] = Array{Value(std::string("430100000000"))}; }},
        {"grants: from no day", [](Map& body) { first_row(body, 4)[2] = Value(); }},
        {"grants: from out of range", [](Map& body) { first_row(body, 4)[2] = std::int64_t{1000000}; }},
        {"grants: until before from", [](Map& body) { first_row(body, 4)[3] = std::int64_t{1}; }},
        {"grants: until no day", [](Map& body) { first_row(body, 4)[3] = std::string("x"); }},
        {"grants: no right", [](Map& body) { first_row(body, 4)[4] = std::int64_t{0}; }},
        {"grants: an unknown right", [](Map& body) { first_row(body, 4)[4] = std::int64_t{4}; }},
        {"grants: rights no number", [](Map& body) { first_row(body, 4)[4] = Value(); }},
        {"certificates: compromised is a text", [](Map& body) { first_row(body, 3)[4] = std::string("x"); }},
        {"former names: no list", [](Map& body) { add(body, 5, Value()); }},
        {"former names: none", [](Map& body) { add(body, 5, Array{}); }},
        {"former names: no row", [](Map& body) { add(body, 5, Array{Value(std::string("x"))}); }},
        {"former names: a part too many",
         [](Map& body) {
             add(body, 5, Array{Array{name("a"), day(1), day(2)}});
         }},
        {"former names: no name",
         [](Map& body) {
             add(body, 5, Array{Array{name(""), day(1)}});
         }},
        {"former names: no day",
         [](Map& body) {
             add(body, 5, Array{Array{name("a"), Value()}});
         }},
        {"former names: not ascending",
         [](Map& body) {
             add(body, 5, Array{Array{name("a"), day(2)}, Array{name("b"), day(1)}});
         }},
        {"former names: the same day",
         [](Map& body) {
             add(body, 5, Array{Array{name("a"), day(2)}, Array{name("b"), day(2)}});
         }},
        {"successor: no row", [](Map& body) { add(body, 6, Value()); }},
        {"successor: a part too few", [](Map& body) { add(body, 6, Array{name(other_code().text())}); }},
        {"successor: no code",
         [](Map& body) {
             add(body, 6, Array{name("1"), day(1)});
         }},
        {"successor: no day",
         [](Map& body) {
             add(body, 6, Array{name(other_code().text()), Value()});
         }},
        {"successor: the body itself",
         [](Map& body) {
             add(body, 6, Array{name(office_code().text()), day(1)});
         }},
        {"a key 7", [](Map& body) { add(body, 7, Array{}); }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto body = read_changed_body(change);
        REQUIRE_FALSE(body);
        CHECK(body.error().code == Errc::malformed_trust);
    }
    auto world = make_world();
    const auto bytes = write_trust_body(world.body()).value();
    CHECK(read_trust_body("114301990000000000", bytes).error().code == Errc::malformed_trust);
    CHECK(read_trust_body(office_code().text(), bytes).has_value());
    CHECK(read_trust_body(office_code().text(), Bytes((1 << 20) + 1)).error().code == Errc::limit_exceeded);
}

TEST_CASE("What would not be read is not written") {
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.number = 0; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.number = ~std::uint64_t{0}; }) ==
          Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.roots.clear(); }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.next_update = at("2026-01-01"); }) ==
          Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.packs[0].version = 1000; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.packs[0].name.clear(); }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.packs.push_back(w.source.content.packs[0]); }) ==
          Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.source.content.bodies.push_back(w.body()); }) ==
          Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.other_body().certificates = w.body().certificates; }) ==
          Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().name = "a\tb"; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().hosts = {""}; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().grants[0].areas.clear(); }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().certificates[0].kinds = 0; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().grants[0].rights = 0; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().grants[0].rights = 4; }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) {
              w.body().former_names = {{"", on("2020-01-01")}};
          }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) {
              w.body().former_names = {{"a", on("2020-01-01")}, {"b", on("2019-01-01")}};
          }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) {
              w.body().successor = {office_code(), on("2027-01-01")};
          }) == Errc::malformed_trust);
    CHECK(error_of_writing([](TrustWorld& w) { w.body().hosts.assign(20001, "h"); }) == Errc::malformed_trust);
}

TEST_CASE("Packs whose digests begin alike are not written: a code could not tell them apart") {
    CHECK(error_of_writing([](TrustWorld& world) {
              auto twin = world.source.content.packs[0];
              twin.version = 2;
              twin.digest[4] ^= 1;
              world.source.content.packs.push_back(twin);
          }) == Errc::malformed_trust);
}
