#include "elic/trust/delegation.h"

#include <catch2/catch.hpp>
#include <functional>

#include "codec/cbor.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

using cbor::Array;
using cbor::Map;
using cbor::Value;

constexpr cbor::Limits limits{.depth = 6, .entries = 10000, .bytes = 1 << 20};

/// other_code() under office_code(), with two certificates.
Delegation make_delegation() {
    auto world = make_world();
    auto body = world.other_body();
    body.certificates.push_back(listed(world.ca.certificate));
    return {.parent = office_code(),
            .number = 3,
            .issued_at = at("2026-11-01T00:00:00+08:00"),
            .not_before = at("2026-11-02T00:00:00+08:00"),
            .next_update = at("2027-11-01T00:00:00+08:00"),
            .previous = sm3(as_bytes("before")),
            .body = body,
            .certificates = {world.other.certificate, world.ca.certificate}};
}

Result<Delegation> read_changed(const std::function<void(Map&)>& change) {
    auto map = *cbor::read(write_delegation(make_delegation()).value(), limits).value().map();
    change(map);
    return read_delegation(cbor::write(std::move(map)));
}

Array& certificates(Map& map) { return std::get<Array>(map[8].second.v); }

}  // namespace

TEST_CASE("A delegation says what was put into it") {
    for (const bool first : {true, false}) {
        auto made = make_delegation();
        if (first) made.previous.reset();
        const auto bytes = write_delegation(made).value();
        const auto read = read_delegation(bytes).value();
        CHECK(read.parent == made.parent);
        CHECK(read.number == 3);
        CHECK(read.issued_at == made.issued_at);
        CHECK(read.not_before == made.not_before);
        CHECK(read.next_update == made.next_update);
        CHECK(read.previous == made.previous);
        CHECK(read.body == made.body);
        CHECK(read.certificates == made.certificates);
        CHECK(write_delegation(read).value() == bytes);
    }
}

TEST_CASE("A body without certificates can be delegated to") {
    auto made = make_delegation();
    made.body.certificates.clear();
    made.certificates.clear();
    CHECK(read_delegation(write_delegation(made).value()).value().certificates.empty());
}

TEST_CASE("A delegation that breaks a rule is refused") {
    REQUIRE(read_changed([](Map&) {}));
    const std::vector<std::pair<const char*, std::function<void(Map&)>>> changes = {
        {"keys 1 to 9", [](Map& map) { map.pop_back(); }},
        {"keys 1 to 9", [](Map& map) { map.emplace_back(std::int64_t{10}, Value()); }},
        {"keys 1 to 9", [](Map& map) { map[8].first = std::int64_t{10}; }},
        {"parent", [](Map& map) { map[0].second = std::string("1"); }},
        {"parent", [](Map& map) { map[0].second = Value(); }},
        {"its own parent", [](Map& map) { map[0].second = map[1].second; }},
        {"body", [](Map& map) { map[1].second = std::string("1"); }},
        {"number", [](Map& map) { map[2].second = std::int64_t{0}; }},
        {"issued at", [](Map& map) { map[3].second = Value(); }},
        {"not before", [](Map& map) { map[4].second = std::string("x"); }},
        {"next update", [](Map& map) { map[5].second = std::int64_t{1} << 60; }},
        {"next_update lies before", [](Map& map) { map[5].second = std::int64_t{1}; }},
        {"previous", [](Map& map) { map[6].second = Bytes(31); }},
        {"body: bytes", [](Map& map) { map[7].second = Map{}; }},
        {"body", [](Map& map) { map[7].second = Bytes{0xA0}; }},
        {"certificates: a list", [](Map& map) { map[8].second = Value(); }},
        {"certificates", [](Map& map) { certificates(map)[0] = std::int64_t{1}; }},
        {"cannot be read", [](Map& map) { certificates(map)[0] = Bytes{1}; }},
        {"certificates carried", [](Map& map) { certificates(map).pop_back(); }},
        {"certificates carried", [](Map& map) { certificates(map).push_back(certificates(map)[0]); }},
        {"certificates carried", [](Map& map) { std::swap(certificates(map)[0], certificates(map)[1]); }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto read = read_changed(change);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::malformed_trust);
        CHECK_THAT(read.error().context, Catch::Contains(what) && Catch::StartsWith("delegation: "));
    }
    CHECK(read_delegation(Bytes(max_delegation_bytes + 1)).error().code == Errc::limit_exceeded);
    CHECK(read_delegation({}).error().code == Errc::malformed_trust);
}

TEST_CASE("A certificate in another form than DER is not carried by a delegation") {
    auto world = make_world();
    const auto read = read_changed(
        [&](Map& map) { certificates(map)[0] = Certificate::parse(*certificates(map)[0].bytes()).value().pem(); });
    CHECK(read.error().code == Errc::malformed_trust);
}

TEST_CASE("A delegation that would not be read is not written") {
    const auto error_of = [](const std::function<void(Delegation&)>& change) {
        auto made = make_delegation();
        change(made);
        const auto written = write_delegation(made);
        REQUIRE_FALSE(written);
        return written.error().code;
    };
    CHECK(error_of([](Delegation& d) { d.number = 0; }) == Errc::malformed_trust);
    CHECK(error_of([](Delegation& d) { d.number = ~std::uint64_t{0}; }) == Errc::malformed_trust);
    CHECK(error_of([](Delegation& d) { d.parent = d.body.code; }) == Errc::malformed_trust);
    CHECK(error_of([](Delegation& d) { d.next_update = at("2026-01-01"); }) == Errc::malformed_trust);
    CHECK(error_of([](Delegation& d) { d.certificates.pop_back(); }) == Errc::malformed_trust);
    CHECK(error_of([](Delegation& d) { d.body.name.clear(); }) == Errc::malformed_trust);
    CHECK(error_of([](Delegation& d) { d.body.hosts.assign(20000, std::string(60, 'h')); }) == Errc::malformed_trust);
}

TEST_CASE("A delegation may be good at one instant, not for less") {
    auto made = make_delegation();
    made.next_update = made.not_before;
    CHECK(read_delegation(write_delegation(made).value()).value().next_update == made.not_before);
    made.next_update = Timestamp::from_unix(made.not_before.unix_seconds() - 1).value();
    CHECK(write_delegation(made).error().context == "delegation: next_update lies before not_before");
}

TEST_CASE("A body that has a megabyte by itself does not fit into a delegation of one") {
    auto made = make_delegation();
    made.certificates.clear();
    made.body = {.code = other_code(), .name = "", .hosts = {}, .certificates = {}, .grants = {}};
    const auto with_name = [&](std::size_t bytes) {
        made.body.name.assign(bytes, 'n');
        return write_delegation(made);
    };
    const auto around = with_name(100000).value().size() - 100000;
    CHECK(read_delegation(with_name(max_delegation_bytes - around).value()).has_value());
    const auto more = with_name(max_delegation_bytes - around + 1);
    REQUIRE_FALSE(more);
    CHECK(more.error().code == Errc::malformed_trust);
    CHECK_THAT(more.error().context, Catch::StartsWith("delegation: ") && !Catch::Contains("body "));
}
