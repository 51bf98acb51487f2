#include "qr/symbol_plan.h"

#include <algorithm>

#include "base/memo.h"

namespace elic::qr {

namespace {

/// `data`, and the remainder of its division by the generator behind it.
unsigned with_remainder(unsigned data, unsigned generator) noexcept {
    const int degree = std::bit_width(generator) - 1;
    unsigned rest = data << degree;
    for (int bit = std::bit_width(rest) - 1; bit >= degree; --bit) {
        if ((rest >> bit & 1) != 0) rest ^= generator << (bit - degree);
    }
    return data << degree | rest;
}

/// Draws what is fixed, and keeps account of which modules are no data.
class Drawing {
public:
    Drawing(int version, SymbolPlan& plan)
        : version_(version), plan_(plan), width_(plan.width), taken_(width_ * width_) {}

    void draw() {
        for (std::size_t n = 8; n + 8 < width_; ++n) timing(n);
        finder(0, 0);
        finder(width_ - 7, 0);
        finder(0, width_ - 7);
        alignments();
        format();
        if (version_ >= 7) version();
        place_data();
        make_masks();
    }

private:
    void take(std::size_t x, std::size_t y, bool dark) {
        taken_[y * width_ + x] = true;
        if (dark) plan_.fixed.set(at(x, y));
    }
    static Place at(std::size_t x, std::size_t y) {
        return {static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)};
    }
    void timing(std::size_t n) {
        take(n, 6, n % 2 == 0);
        take(6, n, n % 2 == 0);
    }
    /// Seven modules wide, with the light ones around it that lie in the symbol.
    void finder(std::size_t left, std::size_t top) {
        for (std::size_t y = top == 0 ? 0 : top - 1; y < std::min(top + 8, width_); ++y) {
            for (std::size_t x = left == 0 ? 0 : left - 1; x < std::min(left + 8, width_); ++x) {
                const auto ring = ring_of(x, y, left + 3, top + 3);
                take(x, y, ring != 2 && ring != 4);
            }
        }
    }
    static std::size_t ring_of(std::size_t x, std::size_t y, std::size_t centre_x, std::size_t centre_y) {
        return std::max(std::max(x, centre_x) - std::min(x, centre_x), std::max(y, centre_y) - std::min(y, centre_y));
    }
    void alignments() {
        const auto count = alignments_of(version_);
        for (std::size_t row = 0; row < count; ++row) {
            for (std::size_t column = 0; column < count; ++column) {
                const auto centre_x = alignment_at(version_, column), centre_y = alignment_at(version_, row);
                if ((row == 0 && column == 0) || (row == 0 && column == count - 1) || (column == 0 && row == count - 1))
                    continue;  // a finder stands there
                for (std::size_t y = centre_y - 2; y <= centre_y + 2; ++y) {
                    for (std::size_t x = centre_x - 2; x <= centre_x + 2; ++x)
                        take(x, y, ring_of(x, y, centre_x, centre_y) != 1);
                }
            }
        }
    }
    void format() {
        for (std::size_t bit = 0; bit < plan_.format.size(); ++bit) {
            // Around the finder above on the left: down column 8, then along row 8 to its beginning, past the timing.
            // And once more, shared between the two others: along row 8 from its end, then down column 8.
            const auto around = bit < 6 ? at(8, bit) : bit < 8 ? at(8, bit + 1) : bit == 8 ? at(7, 8) : at(14 - bit, 8);
            const auto shared = bit < 8 ? at(width_ - 1 - bit, 8) : at(8, width_ - 15 + bit);
            plan_.format[bit] = {around, shared};
            take(around.x, around.y, false);
            take(shared.x, shared.y, false);
        }
        take(8, width_ - 8, true);
    }
    void version() {
        const unsigned bits = with_remainder(static_cast<unsigned>(version_), 0x1F25);
        for (std::size_t bit = 0; bit < 18; ++bit) {
            const bool dark = (bits >> bit & 1) != 0;
            take(width_ - 11 + bit % 3, bit / 3, dark);
            take(bit / 3, width_ - 11 + bit % 3, dark);
        }
    }
    /// Two columns at a time from the right, up and down in turn, the timing's column passed over (7.7.3).
    void place_data() {
        bool up = true;
        for (int right = static_cast<int>(width_) - 1; right > 0; right -= right == 8 ? 3 : 2, up = !up) {
            for (std::size_t step = 0; step < width_; ++step) {
                const auto y = up ? width_ - 1 - step : step;
                for (const int column : {right, right - 1}) {
                    const auto x = static_cast<std::size_t>(column);
                    if (!taken_[y * width_ + x]) plan_.data.push_back(at(x, y));
                }
            }
        }
    }
    /// Table 10; i is the row, j the column.
    static bool turned(std::size_t mask, std::size_t i, std::size_t j) {
        switch (mask) {
            case 0:
                return (i + j) % 2 == 0;
            case 1:
                return i % 2 == 0;
            case 2:
                return j % 3 == 0;
            case 3:
                return (i + j) % 3 == 0;
            case 4:
                return (i / 2 + j / 3) % 2 == 0;
            case 5:
                return i * j % 2 + i * j % 3 == 0;
            case 6:
                return (i * j % 2 + i * j % 3) % 2 == 0;
            default:
                return ((i + j) % 2 + i * j % 3) % 2 == 0;
        }
    }
    void make_masks() {
        for (std::size_t mask = 0; mask < masks; ++mask) {
            ModuleLines picture(width_);
            for (const auto place : plan_.data) {
                if (turned(mask, place.y, place.x)) picture.set(place);
            }
            plan_.mask.push_back(std::move(picture));
        }
    }

    int version_;
    SymbolPlan& plan_;
    std::size_t width_;
    std::vector<bool> taken_;
};

}  // namespace

SymbolPlan::SymbolPlan(int version) : width(width_of(version)), fixed(width) { Drawing(version, *this).draw(); }

std::shared_ptr<const SymbolPlan> plan_of(int version) {
    static Memo<int, SymbolPlan> kept(versions);
    return kept.get(version, [&] { return SymbolPlan(version); });
}

unsigned format_bits(QrLevel level, std::size_t mask) noexcept {
    constexpr std::array<unsigned, 4> levels = {1, 0, 3, 2};  // L, M, Q, H (table 12)
    return with_remainder(levels[static_cast<std::size_t>(level)] << 3 | static_cast<unsigned>(mask), 0x537) ^ 0x5412;
}

}  // namespace elic::qr
