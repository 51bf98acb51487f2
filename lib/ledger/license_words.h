#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace elic {

/// What a license is looked up by, as its JSON has it.
struct LicenseWords {
    std::string_view number;                   ///< empty when there is none
    std::vector<std::string_view> codes = {};  ///< of its holders, each once, none empty
};

/// Read off JSON as this program writes it: no white space, and no escape in a text. Several times as fast as SQLite's
/// json_tree, which counts where a million licenses are gone through. None when the text is written otherwise (it may
/// still be JSON: ask SQLite) or is no JSON. The words lie in `license`.
std::optional<LicenseWords> plain_license_words(std::string_view license);

}  // namespace elic
