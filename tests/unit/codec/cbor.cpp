#include "codec/cbor.h"

#include <catch2/catch.hpp>

#include "base/hex.h"

using namespace elic;
using cbor::Value;

TEST_CASE("A CBOR map finds integer and text keys and tells them apart") {
    const Value map = cbor::read(from_hex("a3010a200b61316163").value(), {}).value();
    REQUIRE(map.find(1) != nullptr);
    CHECK(*map.find(1)->integer() == 10);
    CHECK(*map.find(-1)->integer() == 11);
    CHECK(*map.find("1")->text() == "c");
    CHECK(map.find(2) == nullptr);
    CHECK(map.find("c") == nullptr);
    CHECK(Value(std::int64_t{1}).find(1) == nullptr);
}

TEST_CASE("CBOR values of different kinds are never equal") {
    const Value values[] = {
        Value(),           Value(std::int64_t{0}), Value(Bytes{'a'}), Value(std::string("a")), Value(cbor::Array{}),
        Value(cbor::Map{})};
    for (const Value& left : values) {
        for (const Value& right : values) CHECK((left == right) == (&left == &right));
    }
    CHECK(Value(cbor::Array{Value()}) == Value(cbor::Array{Value()}));
    CHECK_FALSE(Value(cbor::Array{Value()}) == Value(cbor::Array{}));
}
