#include "trust/lint_object.h"

#include <algorithm>
#include <cstdint>

namespace elic {

namespace {

/// Insertions, removals and replacements between two short words.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string nearest(std::string_view key, std::initializer_list<std::string_view> keys) {
    constexpr std::size_t longest_key = 40, close = 3;
    if (key.size() > longest_key) return {};
    std::string best;
    std::size_t least = close;
    for (const auto known : keys) {
        if (const auto d = distance(key, known); d < least) {
            least = d;
            best = known;
        }
    }
    return best;
}

}  // namespace

std::string type_name(const Json& json) {
    if (json.is_string()) return "a text";
    if (json.is_number()) return "a number";
    if (json.is_boolean()) return "true or false";
    if (json.is_null()) return "null";
    return json.is_array() ? "a list" : "an object";
}

LintObjectReader::LintObjectReader(const Json& json, std::string place, std::initializer_list<std::string_view> keys,
                                   LintFaults& faults)
    : place_(std::move(place)), faults_(faults) {
    if (!json.is_object()) {
        faults_.add(LintCode::json_type, place_, "an object is expected, this is " + type_name(json));
        return;
    }
    json_ = &json;
    for (const auto& [key, value] : json.items()) {
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
        const auto meant = nearest(key, keys);
        faults_.add(LintCode::json_unknown_key, place_of(key), "the key " + in_quotes(key) + " is not known here",
                    meant.empty() ? "" : "write \"" + meant + "\" if that is meant, or remove it");
    }
}

std::string LintObjectReader::place_of(std::string_view key) const {
    return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
}

const Json* LintObjectReader::member(std::string_view key) const {
    if (json_ == nullptr) return nullptr;
    const auto found = json_->find(key);
    return found == json_->end() ? nullptr : &*found;
}

const Json* LintObjectReader::required(std::string_view key) const {
    const auto* found = member(key);
    if (found == nullptr && json_ != nullptr) {
        faults_.add(LintCode::json_missing_key, place_of(key), "\"" + std::string(key) + "\" is missing");
    }
    return found;
}

std::optional<std::string> LintObjectReader::text(std::string_view key) const {
    return required(key) == nullptr ? std::nullopt : optional_text(key);
}

std::optional<std::string> LintObjectReader::optional_text(std::string_view key) const {
    const auto* found = member(key);
    if (found == nullptr) return {};
    if (found->is_string()) return found->get<std::string>();
    faults_.add(LintCode::json_type, place_of(key), "a text is expected, this is " + type_name(*found),
                found->is_null() ? "leave the key out" : "");
    return {};
}

std::vector<std::pair<const Json*, std::string>> LintObjectReader::items(std::string_view key) const {
    std::vector<std::pair<const Json*, std::string>> all;
    const auto* found = member(key);
    if (found == nullptr) return all;
    if (!found->is_array()) {
        faults_.add(LintCode::json_type, place_of(key), "a list is expected, this is " + type_name(*found),
                    "put it into [ ]");
        return all;
    }
    for (const auto& item : *found) all.emplace_back(&item, indexed(place_of(key), all.size()));
    return all;
}

std::vector<Placed> LintObjectReader::texts(std::string_view key) const {
    std::vector<Placed> all;
    for (const auto& [item, place] : items(key)) {
        if (item->is_string()) {
            all.push_back({item->get<std::string>(), place});
        } else {
            faults_.add(LintCode::json_type, place, "a text is expected, this is " + type_name(*item));
        }
    }
    return all;
}

std::optional<std::int64_t> LintObjectReader::integer(std::string_view key) const {
    const auto* found = member(key);
    if (found == nullptr) return {};
    const bool fits = found->is_number_unsigned() ? found->get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX)
                                                  : found->is_number_integer();
    if (fits) return found->get<std::int64_t>();
    faults_.add(LintCode::json_type, place_of(key), "a whole number is expected, this is " + type_name(*found));
    return {};
}

}  // namespace elic
