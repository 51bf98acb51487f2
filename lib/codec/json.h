#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// JSON that keeps the order of its keys. The only door to the vendor's type; other rooms include this.
using Json = nlohmann::ordered_json;

/// Strict JSON text: UTF-8, one value, no repeated keys, at most `depth` nested levels, at most `limit`
/// bytes; a leading BOM is accepted. Errors: malformed_json with the offset, limit_exceeded.
Result<Json> read_json(std::string_view text, std::size_t limit = 16u << 20, std::size_t depth = 32);

/// As read_json, but a repeated key is no error: the first of them counts, and its JSON path ("bodies[1].name") is put
/// into `repeated` for each other one. For telling people what is wrong, never for acting on the value.
Result<Json> read_json_leniently(std::string_view text, std::size_t limit, std::size_t depth,
                                 std::vector<std::string>& repeated);

/// Reads members of one object and reports, by JSON path, what is missing, of the wrong kind, or not
/// known. Every getter marks its key as known; `finish` refuses the rest.
class JsonObject {
public:
    /// Errors: malformed_json "PLACE: an object is expected".
    static Result<JsonObject> open(const Json& json, std::string place);

    const std::string& place() const noexcept { return place_; }
    bool has(std::string_view key) const;

    Result<std::string> text(std::string_view key);
    Result<std::string> text_or(std::string_view key, std::string_view fallback);
    Result<std::int64_t> integer(std::string_view key);
    Result<std::int64_t> integer_or(std::string_view key, std::int64_t fallback);
    Result<bool> boolean_or(std::string_view key, bool fallback);
    /// A missing key gives an empty list.
    Result<std::vector<std::string>> texts(std::string_view key);
    /// The member itself, or a null pointer when absent.
    const Json* member(std::string_view key);
    /// Errors: malformed_json when absent.
    Result<const Json*> required(std::string_view key);

    /// Errors: malformed_json naming the first key that nobody asked for.
    Status finish() const;

private:
    JsonObject(const Json& json, std::string place) : json_(&json), place_(std::move(place)) {}
    const Json* json_;
    std::string place_;
    std::set<std::string, std::less<>> known_;
};

/// Compact or indented UTF-8 text; non-ASCII characters are kept.
std::string write_json(const Json& json, bool indented = false);

}  // namespace elic
