#include "elic/trust/genuine_list.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "codec/cbor.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

using cbor::Map;
using cbor::Value;

GenuineList make_list(std::size_t codes) {
    GenuineList list{.issuer = office_code(), .as_of = world_time(), .digests = {}};
    for (std::size_t i = 0; i < codes; ++i) list.digests.push_back(sm3(as_bytes(std::to_string(i))));
    std::sort(list.digests.begin(), list.digests.end());
    return list;
}

}  // namespace

TEST_CASE("A list of genuine issues says what was put into it") {
    for (const std::size_t codes : {0U, 1U, 100U}) {
        const auto list = make_list(codes);
        const auto read = read_genuine_list(write_genuine_list(list).value()).value();
        CHECK(read.issuer == list.issuer);
        CHECK(read.as_of == list.as_of);
        CHECK(read.digests == list.digests);
        for (const auto& digest : list.digests) CHECK(read.holds(digest));
        CHECK_FALSE(read.holds(sm3(as_bytes("never made"))));
    }
}

TEST_CASE("A list of genuine issues that breaks a rule is refused") {
    const auto read_changed = [](const std::function<void(Map&)>& change) {
        auto map = *cbor::read(write_genuine_list(make_list(2)).value(), {}).value().map();
        change(map);
        return read_genuine_list(cbor::write(std::move(map)));
    };
    REQUIRE(read_changed([](Map&) {}));
    const std::vector<std::pair<const char*, std::function<void(Map&)>>> changes = {
        {"keys 1 to 3", [](Map& map) { map.pop_back(); }},
        {"keys 1 to 3", [](Map& map) { map.emplace_back(std::int64_t{4}, Value()); }},
        {"keys 1 to 3", [](Map& map) { map[2].first = std::int64_t{4}; }},
        {"issuer", [](Map& map) { map[0].second = std::string("1"); }},
        {"as of", [](Map& map) { map[1].second = Value(); }},
        {"32 bytes", [](Map& map) { map[2].second = Value(); }},
        {"32 bytes", [](Map& map) { std::get<Bytes>(map[2].second.v).pop_back(); }},
        {"ascending",
         [](Map& map) {
             auto& row = std::get<Bytes>(map[2].second.v);
             std::rotate(row.begin(), row.begin() + 32, row.end());
         }},
        {"ascending",
         [](Map& map) {
             auto& row = std::get<Bytes>(map[2].second.v);
             std::copy_n(row.begin(), 32, row.begin() + 32);
         }},
    };
    for (const auto& [what, change] : changes) {
        CAPTURE(what);
        const auto read = read_changed(change);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::malformed_trust);
        CHECK_THAT(read.error().context, Catch::Contains(what) && Catch::StartsWith("genuine list: "));
    }
    CHECK(read_genuine_list({}).error().code == Errc::malformed_trust);
}

TEST_CASE("A list of genuine issues that would not be read is not written") {
    auto list = make_list(2);
    std::swap(list.digests[0], list.digests[1]);
    CHECK(write_genuine_list(list).error().code == Errc::malformed_trust);
    list.digests[1] = list.digests[0];
    CHECK(write_genuine_list(list).error().code == Errc::malformed_trust);
}

TEST_CASE("A list of genuine issues has as many codes as fit into its bytes beside 64, and no more") {
    auto list = make_list(0);
    list.digests.resize((max_genuine_bytes - 64) / 32 + 1);
    CHECK_THAT(write_genuine_list(list).error().context, Catch::Contains("more than 16777214 codes"));
    list.digests.pop_back();
    CHECK(write_genuine_list(list).error().context == "genuine list: digests: not in ascending order");  // all are 0
}
