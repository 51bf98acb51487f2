#include "qr/black_white.h"

#include <algorithm>
#include <array>

namespace elic {

namespace {

constexpr std::size_t cell_side = 8;
constexpr std::size_t reach = 2;  // cells on each side of the one in the middle
constexpr std::size_t min_side = cell_side * (2 * reach + 1);
constexpr int flat_contrast = 24;  // no edge of a code within a cell below this

// The level of grey that parts dark from light in each cell of 8 x 8 pixels; the last cells of a row or column
// overlap their neighbours where the picture is no multiple of 8.
struct Cells {
    std::size_t columns, rows;
    std::vector<int> levels;

    int& at(std::size_t column, std::size_t row) { return levels[row * columns + column]; }
    int at(std::size_t column, std::size_t row) const { return levels[row * columns + column]; }
};

std::size_t start_of(std::size_t cell, std::size_t side) { return std::min(cell * cell_side, side - cell_side); }

// A flat cell is taken as light, unless the cells measured before it say that its grey counts as dark there.
int level_of_flat(const Cells& cells, std::size_t column, std::size_t row, int darkest) {
    if (column == 0 || row == 0) return darkest / 2;
    const int around = (cells.at(column, row - 1) + 2 * cells.at(column - 1, row) + cells.at(column - 1, row - 1)) / 4;
    return darkest < around ? around : darkest / 2;
}

Cells measure(const Picture& picture) {
    Cells cells{(picture.width + cell_side - 1) / cell_side, (picture.height + cell_side - 1) / cell_side, {}};
    cells.levels.resize(cells.columns * cells.rows);
    for (std::size_t row = 0; row < cells.rows; ++row) {
        for (std::size_t column = 0; column < cells.columns; ++column) {
            const std::size_t left = start_of(column, picture.width), top = start_of(row, picture.height);
            int sum = 0, darkest = 255, lightest = 0;
            for (std::size_t y = top; y < top + cell_side; ++y) {
                const std::uint8_t* pixels = picture.pixels.data() + y * picture.width + left;
                for (std::size_t x = 0; x < cell_side; ++x) {
                    sum += pixels[x];
                    darkest = std::min<int>(darkest, pixels[x]);
                    lightest = std::max<int>(lightest, pixels[x]);
                }
            }
            const bool flat = lightest - darkest <= flat_contrast;
            cells.at(column, row) =
                flat ? level_of_flat(cells, column, row, darkest) : sum / static_cast<int>(cell_side * cell_side);
        }
    }
    return cells;
}

int threshold_at(const Cells& cells, std::size_t column, std::size_t row) {
    const std::size_t middle_column = std::clamp(column, reach, cells.columns - 1 - reach);
    const std::size_t middle_row = std::clamp(row, reach, cells.rows - 1 - reach);
    int sum = 0;
    for (std::size_t y = middle_row - reach; y <= middle_row + reach; ++y) {
        for (std::size_t x = middle_column - reach; x <= middle_column + reach; ++x) sum += cells.at(x, y);
    }
    return sum / static_cast<int>((2 * reach + 1) * (2 * reach + 1));
}

std::uint8_t part(std::uint8_t grey, int threshold) { return grey <= threshold ? 0 : 255; }

int otsu_threshold(const Picture& picture) {
    std::array<std::size_t, 256> count{};
    for (const auto pixel : picture.pixels) ++count[pixel];
    double total = 0;
    for (std::size_t grey = 0; grey < 256; ++grey) total += static_cast<double>(grey * count[grey]);
    const auto pixels = static_cast<double>(picture.pixels.size());
    double dark = 0, dark_sum = 0, best = -1;
    int threshold = 127;
    for (std::size_t grey = 0; grey < 255; ++grey) {
        dark += static_cast<double>(count[grey]);
        dark_sum += static_cast<double>(grey * count[grey]);
        const double light = pixels - dark;
        if (dark == 0 || light == 0) continue;
        const double apart = dark_sum / dark - (total - dark_sum) / light;
        if (dark * light * apart * apart <= best) continue;
        best = dark * light * apart * apart;
        threshold = static_cast<int>(grey);
    }
    return threshold;
}

}  // namespace

Picture black_white_by_surroundings(const Picture& picture) {
    if (picture.width < min_side || picture.height < min_side) return black_white_by_histogram(picture);
    const Cells cells = measure(picture);
    Picture out = picture;
    for (std::size_t row = 0; row < cells.rows; ++row) {
        for (std::size_t column = 0; column < cells.columns; ++column) {
            const int threshold = threshold_at(cells, column, row);
            const std::size_t left = start_of(column, picture.width), top = start_of(row, picture.height);
            for (std::size_t y = top; y < top + cell_side; ++y) {
                const std::size_t first = y * picture.width + left;
                for (std::size_t i = first; i < first + cell_side; ++i) {
                    out.pixels[i] = part(picture.pixels[i], threshold);
                }
            }
        }
    }
    return out;
}

Picture black_white_by_histogram(const Picture& picture) {
    const int threshold = otsu_threshold(picture);
    Picture out = picture;
    for (auto& pixel : out.pixels) pixel = part(pixel, threshold);
    return out;
}

}  // namespace elic
