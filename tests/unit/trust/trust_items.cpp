#include "trust/trust_items.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace elic;
namespace items = elic::trust_items;

namespace {

using cbor::Map;
using cbor::Value;

template <class Item>
std::string item_refusal(const Result<Item>& item) {
    REQUIRE_FALSE(item);
    CHECK(item.error().code == Errc::malformed_trust);
    return item.error().context;
}

Value map_with_key(Value key) { return Map{{Value(std::int64_t{1}), Value()}, {std::move(key), Value()}}; }

}  // namespace

TEST_CASE("A part that is missing and one of another kind are refused alike, under the name it has") {
    const Value other = Map{};
    for (const Value* value : {static_cast<const Value*>(nullptr), &other}) {
        CHECK(item_refusal(items::read_digest(value, "part")) == "part: a digest of 32 bytes is expected");
        CHECK(item_refusal(items::read_digests(value, "part")) == "part: a list is expected");
        CHECK(item_refusal(items::read_instant(value, "part")) == "part: seconds since 2000 are expected");
        CHECK(item_refusal(items::read_day(value, "part")) == "part: days since 2000 are expected");
        CHECK(item_refusal(items::read_uscc(value, "part")) == "part: a credit code is expected");
        CHECK(item_refusal(items::read_number(value, "part")) == "part: 1 or more is expected");
        CHECK(item_refusal(items::read_certificate(value, "part")) == "part: a certificate is a byte string");
        CHECK(item_refusal(items::read_clean_text(value, "part")) == "part: a text is expected");
    }
}

TEST_CASE("A number of a publication is 1 or more and fits into an integer with a sign") {
    constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    for (const std::uint64_t number : {std::uint64_t{1}, largest}) {
        CHECK(items::check_number(number, "number"));
        const Value value = static_cast<std::int64_t>(number);
        CHECK(items::read_number(&value, "number").value() == number);
    }
    for (const std::uint64_t number : {std::uint64_t{0}, largest + 1}) {
        CHECK(item_refusal(items::check_number(number, "number")) == "number: 1 or more is expected");
        const Value value = static_cast<std::int64_t>(number);  // 0 and the least of all
        CHECK(item_refusal(items::read_number(&value, "number")) == "number: 1 or more is expected");
    }
}

TEST_CASE("A map of keys counts from 1 in integers, as many as are asked for") {
    auto good = map_with_key(std::int64_t{2});
    REQUIRE(items::map_of_keys(good, 2) != nullptr);
    CHECK(items::map_of_keys(good, 2)->size() == 2);
    CHECK(items::map_of_keys(good, 1) == nullptr);
    CHECK(items::map_of_keys(good, 3) == nullptr);
    for (const Value& key : {Value("2"), Value(std::int64_t{3}), Value()}) {
        auto other = map_with_key(key);
        CHECK(items::map_of_keys(other, 2) == nullptr);
    }
    for (Value value : {Value(), Value(std::int64_t{2}), Value(cbor::Array(2))}) {
        CHECK(items::map_of_keys(value, 2) == nullptr);
    }
}

TEST_CASE("Digests stand in ascending order, none twice") {
    const auto read = [](const std::vector<Digest>& digests) {
        const auto value = items::digests_value(digests);
        return items::read_digests(&value, "roots");
    };
    for (const auto& digests : {std::vector<Digest>{}, {Digest{1}}, {Digest{1}, Digest{2}}}) {
        CHECK(read(digests).value() == digests);
    }
    for (const auto& digests : {std::vector<Digest>{Digest{2}, Digest{1}}, {Digest{1}, Digest{1}}}) {
        CHECK(item_refusal(read(digests)) == "roots: not in ascending order");
    }
}
