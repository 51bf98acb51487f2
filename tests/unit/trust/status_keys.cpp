#include <catch2/catch.hpp>
#include <functional>

#include "codec/cbor.h"
#include "unit/trust/status_world.h"

using namespace elic;

namespace {

using cbor::Map;
using cbor::Value;

/// What is read after a change of the map that was written.
template <class Content>
Result<Content> read_status(Result<Content> (*reads)(BytesView), const Bytes& written,
                            const std::function<void(Map&)>& change) {
    auto map = *cbor::read(written, {})->map();
    change(map);
    return reads(cbor::write(std::move(map)));
}

/// Puts what stands under a key under 11 instead.
std::function<void(Map&)> without_key(std::int64_t key) {
    return [key](Map& map) {
        for (auto& [name, value] : map) {
            if (*name.integer() == key) name = std::int64_t{11};
        }
    };
}

std::function<void(Map&)> with_value(std::int64_t key, Value value) {
    return [key, value](Map& map) {
        for (auto& [name, held] : map) {
            if (*name.integer() == key) held = value;
        }
    };
}

struct StatusRefusal {
    std::function<void(Map&)> change;
    std::string begin;  ///< of the reason
};

template <class Content>
void check_status(Result<Content> (*reads)(BytesView), const Bytes& written,
                  const std::vector<StatusRefusal>& refusals) {
    CHECK(read_status(reads, written, [](Map&) {}));
    for (const auto& [change, begin] : refusals) {
        CAPTURE(begin);
        const auto read = read_status(reads, written, change);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::malformed_trust);
        CHECK_THAT(read.error().context, Catch::StartsWith(begin));
    }
}

const std::string other_status_keys = "another map of keys is expected";

}  // namespace

TEST_CASE("A status list has ten keys and each of them is asked for") {
    const std::vector<StatusRefusal> refusals = {
        {without_key(1), "issuer: "},
        {without_key(2), "list: "},
        {without_key(3), "number: "},
        {without_key(4), "as_of: "},
        {without_key(5), "next_update: "},
        {with_value(5, Value("soon")), "next_update: "},
        {without_key(6), "previous: "},
        {without_key(7), "allotted: "},
        {without_key(8), "base: "},
        {without_key(9), "entries: "},
        {without_key(10), "changes: "},
        {[](Map& map) { map.pop_back(); }, other_status_keys},
        {[](Map& map) { map.emplace_back(std::int64_t{11}, Value()); }, other_status_keys},
    };
    check_status(read_status_list, write_status_list(small_list()).value(), refusals);
}

TEST_CASE("A status delta has eight keys and each of them is asked for") {
    const std::vector<StatusRefusal> refusals = {
        {without_key(1), "issuer: "},
        {without_key(3), "number: "},
        {with_value(3, std::int64_t{1}), "number: counts from 2"},
        {without_key(5), "next_update: "},
        {with_value(5, std::int64_t{0}), "next_update lies before as_of"},
        {without_key(6), "previous: "},
        {with_value(6, Value()), "previous: "},
        {without_key(7), "allotted: "},
        {without_key(10), "changes: bytes are expected"},
        {with_value(10, Value(Bytes{})), "changes: the indexes cannot be read"},
        {[](Map& map) { map.emplace_back(std::int64_t{8}, std::int64_t{0}); }, other_status_keys},
    };
    check_status(read_status_delta, write_status_delta(small_delta()).value(), refusals);
}

TEST_CASE("A value that is no map is neither a status list nor a delta") {
    for (const Value& value : {Value(), Value(std::int64_t{1}), Value(cbor::Array(10)), Value(cbor::Array(8))}) {
        const auto bytes = cbor::write(value);
        CHECK(read_status_list(bytes).error().context == other_status_keys);
        CHECK(read_status_delta(bytes).error().context == other_status_keys);
    }
}
