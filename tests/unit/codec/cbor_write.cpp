#include <catch2/catch.hpp>

#include "base/hex.h"
#include "codec/cbor.h"

using namespace elic;
using cbor::Array;
using cbor::Map;
using cbor::Value;

namespace {
Value number(std::int64_t n) { return Value(n); }
Value text(const char* s) { return Value(std::string(s)); }
}  // namespace

TEST_CASE("CBOR integers are written in the shortest form at every border") {
    const std::pair<std::int64_t, const char*> cases[] = {{0, "00"},
                                                          {23, "17"},
                                                          {24, "1818"},
                                                          {255, "18ff"},
                                                          {256, "190100"},
                                                          {65535, "19ffff"},
                                                          {65536, "1a00010000"},
                                                          {4294967295, "1affffffff"},
                                                          {4294967296, "1b0000000100000000"},
                                                          {-1, "20"},
                                                          {-24, "37"},
                                                          {-25, "3818"},
                                                          {INT64_MAX, "1b7fffffffffffffff"},
                                                          {INT64_MIN, "3b7fffffffffffffff"}};
    for (const auto& [n, hex] : cases) CHECK(to_hex(cbor::write(number(n))) == hex);
}

TEST_CASE("CBOR maps are sorted by their encoded keys") {
    // RFC 8949 4.2.1 names this order.
    Map map;
    map.emplace_back(number(-1), number(0));
    map.emplace_back(Value(Array{number(-1)}), number(0));
    map.emplace_back(text("aa"), number(0));
    map.emplace_back(number(100), number(0));
    map.emplace_back(text("z"), number(0));
    map.emplace_back(number(10), number(0));
    map.emplace_back(Value(Array{number(100)}), number(0));
    CHECK(to_hex(cbor::write(Value(map))) ==
          "a70a00186400200061"
          "7a00626161008118640081"
          "2000");
}

TEST_CASE("CBOR long strings and arrays carry their length") {
    const Bytes long_bytes(300, 7);
    const Bytes written = cbor::write(Value(long_bytes));
    CHECK(to_hex(BytesView(written).first(3)) == "59012c");
    CHECK(written.size() == 303);
    CHECK(*cbor::read(written, {})->bytes() == long_bytes);
    const Value list(Array(30));
    CHECK(to_hex(BytesView(cbor::write(list)).first(3)) == "981ef6");
    CHECK(*cbor::read(cbor::write(list), {}) == list);
}

TEST_CASE("A large CBOR list is read back equal") {
    Array rows;
    for (std::int64_t i = 0; i < 20000; ++i) {
        rows.emplace_back(Map{{number(1), number(i)}, {text("name"), text("示例机构")}, {number(-1), Value()}});
    }
    const Value all{std::move(rows)};
    const Bytes bytes = cbor::write(all);
    const auto again = cbor::read(bytes, {.depth = 3, .entries = 100000, .bytes = 1 << 20});
    REQUIRE(again);
    CHECK(cbor::write(*again) == bytes);
    CHECK(again->array()->size() == 20000);
}
