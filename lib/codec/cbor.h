#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic::cbor {

struct Value;
using Array = std::vector<Value>;
using Map = std::vector<std::pair<Value, Value>>;  ///< in the order of the encoded keys (RFC 8949 4.2.1)

/// Deterministic CBOR (RFC 8949 4.2.1) without tags, floats and simple values other than null.
/// Integers -2^63 .. 2^63-1 only (wider ones are refused on reading).
struct Value {
    std::variant<std::monostate, std::int64_t, Bytes, std::string, Array, Map> v;  ///< monostate = null

    Value() = default;
    Value(std::int64_t n) : v(n) {}
    Value(Bytes b) : v(std::move(b)) {}
    Value(std::string s) : v(std::move(s)) {}
    Value(Array a) : v(std::move(a)) {}
    Value(Map m) : v(std::move(m)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(v); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&v); }
    const Bytes* bytes() const { return std::get_if<Bytes>(&v); }
    const std::string* text() const { return std::get_if<std::string>(&v); }
    const Array* array() const { return std::get_if<Array>(&v); }
    const Map* map() const { return std::get_if<Map>(&v); }

    /// The value of an integer or text key of a map; null pointer when absent or when this is no map.
    const Value* find(std::int64_t key) const;
    const Value* find(std::string_view key) const;

    friend bool operator==(const Value&, const Value&);
};

/// What a reader accepts at most; each excess is limit_exceeded.
struct Limits {
    std::size_t depth = 3;     ///< nested arrays and maps; the outermost counts 1
    std::size_t entries = 64;  ///< items of all arrays and pairs of all maps together
    std::size_t bytes = 4096;  ///< the whole input
};

/// Reads one value that fills `bytes` exactly. Errors: malformed_cbor with "offset N: ..." for: not the
/// shortest form, indefinite length, tags, floats, simple values but null, keys unordered or repeated,
/// invalid UTF-8, trailing or missing bytes; limit_exceeded. read then write gives the same bytes.
Result<Value> read(BytesView bytes, const Limits& limits);

/// Reads the value that begins at bytes[at] and goes behind it. Of the limits `bytes` is for the caller. Errors: as
/// read.
Result<Value> read_next(BytesView bytes, std::size_t& at, const Limits& limits);

/// Writes a value; maps are sorted by encoded key. Repeated keys are a bug (ELIC_ASSERT).
Bytes write(const Value& value);

}  // namespace elic::cbor
