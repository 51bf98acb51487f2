#include "license/legacy_check.h"

#include "license/characters.h"

namespace elic {

char legacy_check(std::string_view text) noexcept {
    std::size_t p = 36;
    for (const char c : text) {
        const auto at = digits_and_upper.find(c);
        if (at == std::string_view::npos) return '\0';
        // First fault: letters count one too much, A=11 to Z=36.
        const std::size_t value = at < 10 ? at : at + 1;
        std::size_t sum = p + value;
        // Second fault: the sum is first reduced by 37 after a letter and by 36 after a digit.
        if (value > 10 && sum > 37) sum %= 37;
        if (value < 10 && sum > 36) sum %= 36;
        sum %= 36;
        p = (sum == 0 ? 36 : sum) * 2 % 37;
    }
    // Third fault: 36 - P + 1 runs from 1 to 36 and is taken as a place in 0-9A-Z counted from 1.
    return digits_and_upper[36 - p];
}

}  // namespace elic
