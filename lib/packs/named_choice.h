#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "elic/base/result.h"

namespace elic {

/// The value that a pack names by a word of the table. Errors: malformed_pack with `place`.
template <class T>
Result<T> named_choice(const std::string& place, const std::string& text,
                       std::initializer_list<std::pair<std::string_view, T>> table) {
    for (const auto& [name, value] : table) {
        if (text == name) return value;
    }
    return fail(Errc::malformed_pack, place + ": '" + escape_for_output(text) + "' is not known here");
}

}  // namespace elic
