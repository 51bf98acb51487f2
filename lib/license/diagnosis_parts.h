#pragma once

#include <string>
#include <string_view>

#include "elic/license/diagnosis.h"

namespace elic {

/// The diagnoses of single kinds. `text` is folded and trimmed; each sets kind, well_formed, parts, remarks and
/// suggestion.
Diagnosis diagnose_license_id(std::string_view text);
Diagnosis diagnose_uscc(std::string_view text);
Diagnosis diagnose_citizen_id(std::string_view text);

/// "1 to 2 neighbours exchanged": the texts that come of exchanging one pair of different neighbours.
template <class Accept>
std::string only_exchange(std::string_view text, Accept accept) {
    std::string found;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == text[i + 1]) continue;
        std::string other(text);
        std::swap(other[i], other[i + 1]);
        if (!accept(other)) continue;
        if (!found.empty()) return {};  // more than one: nothing is suggested
        found = other;
    }
    return found;
}

}  // namespace elic
