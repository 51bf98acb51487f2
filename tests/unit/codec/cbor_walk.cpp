#include "codec/cbor_walk.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace elic;
using cbor::Walk;

namespace {

/// ["a", h'0102', {"k": h'03', "l": [1, null]}]
const Bytes written = {0x83, 0x61, 'a', 0x42, 1, 2, 0xa2, 0x61, 'k', 0x41, 3, 0x61, 'l', 0x82, 1, 0xf6};

constexpr cbor::Limits limits{.depth = 1, .entries = 2};

/// True when all of it is as it should be; false at the first step that is refused.
bool walks(BytesView bytes) {
    Walk walk(bytes);
    const auto items = walk.enter_array();
    if (!items || *items != 3) return false;
    const auto text = walk.text();
    const auto string = walk.bytes();
    const auto pairs = walk.enter_map();
    if (!text || !string || !pairs || *pairs != 2) return false;
    const auto key = walk.text();
    const auto inner = walk.bytes();
    const auto last = walk.text();
    const auto value = walk.value(limits);
    return key && inner && last && value && walk.end() && *text == "a" && std::ranges::equal(*string, Bytes{1, 2}) &&
           *key == "k" && std::ranges::equal(*inner, Bytes{3}) && *last == "l" && value->array() != nullptr &&
           value->array()->size() == 2;
}

}  // namespace

TEST_CASE("A walk takes each item in its turn, and copies no string") {
    CHECK(walks(written));
    Walk walk(written);
    REQUIRE(walk.enter_array());
    CHECK(walk.text()->data() == reinterpret_cast<const char*>(written.data()) + 2);
    CHECK(walk.bytes()->data() == written.data() + 4);
}

TEST_CASE("A walk refuses what is cut off, and what follows its end") {
    for (std::size_t size = 0; size < written.size(); ++size) CHECK_FALSE(walks(BytesView(written).first(size)));
    auto longer = written;
    longer.push_back(0);
    CHECK_FALSE(walks(longer));
}

TEST_CASE("A walk refuses another kind of item and stays where it is") {
    Walk walk(written);
    CHECK(walk.enter_map().error().code == Errc::malformed_cbor);
    CHECK(walk.text().error().context == "offset 0: a text is expected");
    CHECK(walk.enter_array().value() == 3);
}

TEST_CASE("A walk refuses what is not in the shortest form, lengths beyond the end, and texts that are no UTF-8") {
    const auto text_of = [](const Bytes& bytes) { return Walk(bytes).text(); };
    CHECK(text_of({0x61, 'a'}).value() == "a");
    CHECK(text_of({0x78, 1, 'a'}).error().context == "offset 0: a number is not in its shortest form");
    CHECK(text_of({0x7f, 0x61, 'a', 0xff}).error().context == "offset 0: an indefinite length is not allowed");
    CHECK(text_of({0x7c, 'a'}).error().context == "offset 0: a reserved length form");
    CHECK(text_of({0x79, 1}).error().context == "offset 0: the head of a value is cut off");
    CHECK(text_of({0x62, 'a'}).error().context == "offset 0: a string is longer than the rest");
    CHECK(text_of({0x61, 0xff}).error().context == "offset 0: a text is not valid UTF-8");
    CHECK(text_of({0x7b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}).error().code == Errc::malformed_cbor);
    CHECK(Walk(Bytes{0x82, 1}).enter_array().error().context == "offset 0: an array or map is longer than the rest");
    CHECK(Walk(Bytes{0xa2, 1, 1, 2}).enter_map().error().context ==
          "offset 0: an array or map is longer than the rest");
    CHECK(Walk(Bytes{0xa2, 1, 1, 2, 2}).enter_map().value() == 2);
}

TEST_CASE("A value within a walk has limits of its own") {
    const Bytes two = {0x82, 1, 2};
    const Bytes three = {0x83, 1, 2, 3};
    const Bytes nested = {0x81, 0x81, 1};
    CHECK(Walk(two).value(limits));
    CHECK(Walk(three).value(limits).error().code == Errc::limit_exceeded);
    CHECK(Walk(nested).value(limits).error().code == Errc::limit_exceeded);
}
