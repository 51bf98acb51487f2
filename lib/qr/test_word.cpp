#include "qr/test_word.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace elic {

namespace {

constexpr std::array<std::string_view, 5> letters = {
    "### ### ### ###",  //
    " #  #   #    # ",  //
    " #  ### ###  # ",  //
    " #  #     #  # ",  //
    " #  ### ###  # ",  //
};
constexpr std::size_t quiet_zone = 4;  // ISO/IEC 18004:2015, 6.3.8
constexpr std::size_t margin = 4;

}  // namespace

RowsBelow test_word(std::size_t side, std::size_t quiet) {
    const std::size_t wish = side * 2 / 5;
    const std::size_t scale = std::max<std::size_t>((wish + letters[0].size() / 2) / letters[0].size(), 1);
    const std::size_t above = quiet_zone - std::min(quiet, quiet_zone);
    const std::size_t left = (side - std::min(side, letters[0].size() * scale)) / 2;
    RowsBelow rows{.width = side, .height = above + letters.size() * scale + margin, .dark = {}};
    rows.dark.resize(rows.width * rows.height);
    for (std::size_t y = 0; y < letters.size() * scale; ++y) {
        for (std::size_t x = 0; x < letters[0].size() * scale && left + x < side; ++x) {
            rows.dark[(above + y) * side + left + x] = letters[y / scale][x / scale] == '#' ? 1 : 0;
        }
    }
    return rows;
}

}  // namespace elic
