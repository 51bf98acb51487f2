#include <cstdint>

#include "base/text.h"
#include "codec/json.h"

namespace elic {
namespace {

std::string path_of(const std::string& place, std::string_view key) {
    const std::string name = escape_for_output(key);
    return place.empty() ? name : place + "." + name;
}

tl::unexpected<Error> wrong(const std::string& path, const std::string& what) {
    return fail(Errc::malformed_json, path + ": " + what);
}

Result<std::string> text_at(const std::string& path, const Json& json) {
    if (!json.is_string()) return wrong(path, "a text is expected");
    return json.get_ref<const std::string&>();
}

Result<std::int64_t> integer_at(const std::string& path, const Json& json) {
    const bool fits = json.is_number_unsigned() ? json.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX)
                                                : json.is_number_integer();
    if (!fits) return wrong(path, "an integer is expected");
    return json.get<std::int64_t>();
}

}  // namespace

Result<JsonObject> JsonObject::open(const Json& json, std::string place) {
    if (!json.is_object()) return wrong(place, "an object is expected");
    return JsonObject(json, std::move(place));
}

bool JsonObject::has(std::string_view key) const { return json_->contains(key); }

const Json* JsonObject::member(std::string_view key) {
    known_.emplace(key);
    const auto found = json_->find(key);
    return found == json_->end() ? nullptr : &*found;
}

Result<const Json*> JsonObject::required(std::string_view key) {
    const Json* found = member(key);
    if (found == nullptr) return wrong(path_of(place_, key), "is missing");
    return found;
}

Result<std::string> JsonObject::text(std::string_view key) {
    const auto found = required(key);
    if (!found) return tl::unexpected<Error>(found.error());
    return text_at(path_of(place_, key), **found);
}

Result<std::string> JsonObject::text_or(std::string_view key, std::string_view fallback) {
    const Json* found = member(key);
    if (found == nullptr) return std::string(fallback);
    return text_at(path_of(place_, key), *found);
}

Result<std::int64_t> JsonObject::integer(std::string_view key) {
    const auto found = required(key);
    if (!found) return tl::unexpected<Error>(found.error());
    return integer_at(path_of(place_, key), **found);
}

Result<std::int64_t> JsonObject::integer_or(std::string_view key, std::int64_t fallback) {
    const Json* found = member(key);
    if (found == nullptr) return fallback;
    return integer_at(path_of(place_, key), *found);
}

Result<bool> JsonObject::boolean_or(std::string_view key, bool fallback) {
    const Json* found = member(key);
    if (found == nullptr) return fallback;
    if (!found->is_boolean()) return wrong(path_of(place_, key), "true or false is expected");
    return found->get<bool>();
}

Result<std::vector<std::string>> JsonObject::texts(std::string_view key) {
    std::vector<std::string> all;
    const Json* found = member(key);
    if (found == nullptr) return all;
    const std::string path = path_of(place_, key);
    if (!found->is_array()) return wrong(path, "a list of texts is expected");
    for (const Json& item : *found) {
        auto one = text_at(path + "[" + std::to_string(all.size()) + "]", item);
        if (!one) return tl::unexpected<Error>(std::move(one).error());
        all.push_back(std::move(*one));
    }
    return all;
}

Status JsonObject::finish() const {
    for (const auto& [key, value] : json_->items()) {
        if (!known_.contains(key)) return wrong(path_of(place_, key), "is not known here");
    }
    return {};
}

}  // namespace elic
