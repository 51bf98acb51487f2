#pragma once

#include <array>
#include <memory>
#include <vector>

#include "qr/line.h"
#include "qr/symbol_sizes.h"

namespace elic::qr {

struct Place {
    std::uint8_t x = 0, y = 0;
};

/// The same modules by row and by column.
struct ModuleLines {
    std::vector<Line> rows, columns;

    explicit ModuleLines(std::size_t width) : rows(width), columns(width) {}
    void set(Place place) noexcept {
        rows[place.y].set(place.x);
        columns[place.x].set(place.y);
    }
};

inline constexpr std::size_t masks = 8;

/// What all symbols of a version have in common.
struct SymbolPlan {
    std::size_t width;
    ModuleLines fixed;                            ///< the dark modules of finders, timing, alignment, version
    std::vector<Place> data;                      ///< where the bits of code words stand, in their order
    std::vector<ModuleLines> mask;                ///< what each mask turns over
    std::array<std::array<Place, 2>, 15> format;  ///< the two places of each bit of the format, the lowest first

    explicit SymbolPlan(int version);
};

/// Made when it is first asked for, then kept.
std::shared_ptr<const SymbolPlan> plan_of(int version);

/// The 15 bits that tell level and mask (ISO/IEC 18004:2015, 7.9).
unsigned format_bits(QrLevel level, std::size_t mask) noexcept;

}  // namespace elic::qr
