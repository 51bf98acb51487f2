#include "elic/license/area_code.h"

#include <algorithm>
#include <array>

#include "license/characters.h"

namespace elic {

namespace {

// GB/T 2260, first two digits; 00 is the country. 66 (兵团) and 83 (Taiwan, beside 71) are met in data catalogues.
constexpr std::array<std::string_view, 37> provinces = {
    "00", "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
    "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66", "71", "81", "82", "83"};

}  // namespace

Result<AreaCode> AreaCode::parse(std::string_view text) {
    if ((text.size() != 6 && text.size() != 12) || !made_of(text, decimal_digits)) {
        return fail(Errc::malformed_value, "a division code has 6 digits (or 12 in exchange tables)");
    }
    if (std::ranges::find(provinces, text.substr(0, 2)) == provinces.end()) {
        return fail(Errc::malformed_value, "a division code begins with a province of GB/T 2260");
    }
    return AreaCode(std::string(text.substr(0, 6)));
}

bool AreaCode::contains(const AreaCode& other) const noexcept {
    std::size_t significant = 6;
    while (significant > 0 && text_.compare(significant - 2, 2, "00") == 0) significant -= 2;
    return text_.compare(0, significant, other.text_, 0, significant) == 0;
}

}  // namespace elic
