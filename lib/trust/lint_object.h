#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "codec/json.h"
#include "trust/lint_faults.h"
#include "trust/lint_model.h"

namespace elic {

/// A JSON object read leniently: what is wrong becomes a fault, and the reading goes on.
class LintObjectReader {
public:
    /// Keys that are not in `keys` are named at once, with the key that was probably meant.
    LintObjectReader(const Json& json, std::string place, std::initializer_list<std::string_view> keys,
                     LintFaults& faults);

    bool is_object() const noexcept { return json_ != nullptr; }
    std::string place_of(std::string_view key) const;

    const Json* member(std::string_view key) const;  ///< null when it is not there
    const Json* required(std::string_view key) const;
    std::optional<std::string> text(std::string_view key) const;           ///< fault when it is missing
    std::optional<std::string> optional_text(std::string_view key) const;  ///< none when left out or no text
    std::vector<Placed> texts(std::string_view key) const;                 ///< those items that are texts
    /// The items of a list, each with its place.
    std::vector<std::pair<const Json*, std::string>> items(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;

private:
    const Json* json_ = nullptr;
    std::string place_;
    LintFaults& faults_;
};

/// "a text", "a number", ...
std::string type_name(const Json& json);

}  // namespace elic
