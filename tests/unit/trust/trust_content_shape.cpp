#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "trust/trust_codec.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

using cbor::Array;
using cbor::Map;
using cbor::Value;

const std::string ten_content_keys = "the content is a map of keys 1 to 10";
const std::string pack_row = "packs: [digest, type, version, name, words] is expected";

Bytes good_content() { return write_trust_content(make_world().source.content).value(); }

/// How a good list's content with one change is refused.
Error content_refusal(const std::function<void(Map&)>& change) {
    auto map = *cbor::read(good_content(), {.depth = 6, .entries = 10000, .bytes = 1 << 20}).value().map();
    change(map);
    const auto bytes = cbor::write(std::move(map));
    const auto parts = read_trust_content(bytes);
    REQUIRE_FALSE(parts);
    return parts.error();
}

Array& pack_of(Map& map, std::size_t n) { return std::get<Array>(std::get<Array>(map[7].second.v)[n].v); }

}  // namespace

TEST_CASE("Each of the ten keys of a trust list's content stands at its place") {
    for (std::size_t n = 0; n < 10; ++n) {
        CAPTURE(n);
        CHECK(content_refusal([n](Map& map) { map[n].first = std::int64_t{11}; }).context == ten_content_keys);
        CHECK(content_refusal([n](Map& map) { map[n].first = std::string("key"); }).context == ten_content_keys);
        CHECK(content_refusal([n](Map& map) { map.erase(map.begin() + static_cast<std::ptrdiff_t>(n)); }).context ==
              ten_content_keys);
    }
    CHECK(content_refusal([](Map& map) { map.emplace_back(std::int64_t{11}, Value()); }).context == ten_content_keys);
    CHECK(read_trust_content(cbor::write(Array(10))).error().context == ten_content_keys);
    CHECK(read_trust_content({}).error().context == ten_content_keys);
}

TEST_CASE("Nothing follows the content of a trust list") {
    auto bytes = good_content();
    CHECK(read_trust_content(bytes));
    bytes.push_back(0);
    CHECK_THAT(read_trust_content(bytes).error().context, Catch::Contains("bytes follow the end"));
}

TEST_CASE("A part of a trust list that is nested too deep is over a limit, one that is no CBOR is malformed") {
    Array nested;
    for (int depth = 0; depth < 3; ++depth) {
        Array around;
        around.emplace_back(std::move(nested));
        nested = std::move(around);
    }
    CHECK(content_refusal([&](Map& map) { map[7].second = nested; }).code == Errc::limit_exceeded);
    auto bytes = good_content();
    REQUIRE(bytes[1] == 1);  // the number's key; its value comes next
    bytes[2] = 0xFB;         // a float
    CHECK(read_trust_content(bytes).error().code == Errc::malformed_trust);
}

TEST_CASE("A pack of a trust list has five parts, each of its kind") {
    CHECK(content_refusal([](Map& map) { map[7].second = Array{Value(std::int64_t{1})}; }).context == pack_row);
    CHECK(content_refusal([](Map& map) { pack_of(map, 0).emplace_back(std::int64_t{1}); }).context == pack_row);
    CHECK(content_refusal([](Map& map) { pack_of(map, 0).pop_back(); }).context == pack_row);
    const std::string reasons[5] = {"packs: a digest of 32 bytes is expected", pack_row, pack_row,
                                    "packs: name: a text is expected", pack_row};
    for (std::size_t part = 0; part < 5; ++part) {
        CAPTURE(part);
        CHECK(content_refusal([part](Map& map) { pack_of(map, 0)[part] = Value(); }).context == reasons[part]);
    }
}

TEST_CASE("Two packs of a trust list with one type and version are refused though their digests differ") {
    const auto error = content_refusal([](Map& map) {
        pack_of(map, 1)[1] = pack_of(map, 0)[1];
        pack_of(map, 1)[2] = pack_of(map, 0)[2];
    });
    CHECK(error.context == "packs: not in order of type and version, or listed twice");
}

TEST_CASE("The bodies of a trust list stand in the order of their codes, each once") {
    const auto good = good_content();
    const auto office = office_code().text(), other = other_code().text();
    const auto replaced = [&](const std::string& first, const std::string& second) {
        auto bytes = good;
        const auto at_first = std::search(good.begin(), good.end(), office.begin(), office.end()) - good.begin();
        const auto at_second = std::search(good.begin(), good.end(), other.begin(), other.end()) - good.begin();
        std::copy(first.begin(), first.end(), bytes.begin() + at_first);
        std::copy(second.begin(), second.end(), bytes.begin() + at_second);
        const auto parts = read_trust_content(bytes);
        return parts ? "" : parts.error().context;
    };
    CHECK(replaced(office, other).empty());
    CHECK(replaced(other, office) == "bodies: not in ascending order");
    CHECK(replaced(office, office) == "bodies: not in ascending order");
}

TEST_CASE("The key index of a trust list has whole records in order, each of a body that is there") {
    const auto with_index = [](const std::function<void(Bytes&)>& change) {
        return content_refusal([&](Map& map) { change(std::get<Bytes>(map[9].second.v)); }).context;
    };
    const auto last_byte = [](std::uint8_t ordinal) {
        return [ordinal](Bytes& index) { index[key_record_bytes - 1] = ordinal; };
    };
    const std::string outside = "key index: points outside the bodies";
    CHECK(with_index(last_byte(2)) == outside);
    CHECK(with_index(last_byte(255)) == outside);
    CHECK(with_index([](Bytes& index) { index[key_hint_bytes] = 1; }) == outside);  // the number's first byte
    CHECK(with_index([](Bytes& index) { index.pop_back(); }) == "key index: records of 12 bytes are expected");
    CHECK(with_index([](Bytes& index) { std::rotate(index.begin(), index.begin() + key_record_bytes, index.end()); }) ==
          "key index: not in ascending order");
}

TEST_CASE("A body of a trust list stands under 18 characters, as bytes") {
    const auto with_first = [](const Value& code, const Value& body) {
        return content_refusal([&](Map& map) { std::get<Map>(map[8].second.v)[0] = {code, body}; }).context;
    };
    const std::string code_and_bytes = "bodies: credit code -> bytes is expected";
    const auto code = office_code().text();
    for (const Value& other : {Value(code.substr(1)), Value(code + "0"), Value(std::int64_t{18}), Value(Bytes(18))}) {
        CHECK(with_first(other, Bytes{}) == code_and_bytes);
    }
    for (const Value& other : {Value("bytes"), Value(Map{}), Value()}) CHECK(with_first(code, other) == code_and_bytes);
}
