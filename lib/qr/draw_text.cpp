#include <algorithm>
#include <charconv>

#include "elic/qr/draw.h"
#include "qr/test_word.h"

namespace elic {

namespace {

void append(std::string& out, std::size_t number) {
    char digits[20];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// Thousandths of a millimetre as millimetres, by hand: printf would follow the locale's decimal comma.
std::string millimetres(std::size_t thousandths) {
    std::string fraction = std::to_string(thousandths % 1000);
    fraction.insert(0, 3 - fraction.size(), '0');
    return std::to_string(thousandths / 1000) + "." + fraction + "mm";
}

// Every run of dark modules of a row as one rectangle; `dark(x)` says which are, the row begins at (left, y).
template <class Dark>
void append_runs(std::string& path, std::size_t width, Dark dark, std::size_t left, std::size_t y) {
    for (std::size_t x = 0; x < width; ++x) {
        if (!dark(x)) continue;
        const std::size_t first = x;
        while (x < width && dark(x)) ++x;
        path += 'M';
        append(path, first + left);
        path += ' ';
        append(path, y);
        path += 'h';
        append(path, x - first);
        path += "v1h-";
        append(path, x - first);
        path += 'z';
    }
}

RowsBelow rows_below(std::size_t side, const QrLook& look) {
    return look.test ? test_word(side, look.quiet) : RowsBelow{};
}

}  // namespace

std::string qr_svg(const Modules& modules, const QrLook& look) {
    const std::size_t side = modules.size + 2 * look.quiet;
    const std::size_t per_inch = std::max<std::size_t>(look.dots_per_inch, 1);
    const auto below = rows_below(side, look);
    const auto in_mm = [&](std::size_t units) {
        return millimetres((units * look.dots * 25400 + per_inch / 2) / per_inch);
    };
    const std::string width = std::to_string(side);
    const std::string height = std::to_string(side + below.height);
    std::string svg;
    svg.reserve(modules.dark.size() * 5 + 400);
    svg += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" +
           in_mm(side) + "\" height=\"" + in_mm(side + below.height) + "\" viewBox=\"0 0 " + width + " " + height +
           "\" shape-rendering=\"crispEdges\">\n<rect width=\"" + width + "\" height=\"" + height +
           "\" fill=\"#fff\"/>\n<path d=\"";
    for (std::size_t y = 0; y < modules.size; ++y) {
        append_runs(
            svg, modules.size, [&](std::size_t x) { return modules.at(x, y); }, look.quiet, y + look.quiet);
    }
    for (std::size_t y = 0; y < below.height; ++y) {
        append_runs(
            svg, below.width, [&](std::size_t x) { return below.at(x, y); }, 0, side + y);
    }
    svg += "\"/>\n</svg>\n";
    return svg;
}

std::string qr_terminal(const Modules& modules, const QrLook& look) {
    const std::size_t quiet = look.quiet;
    const std::size_t side = modules.size + 2 * quiet;
    const auto below = rows_below(side, look);
    const std::size_t height = side + below.height;
    const auto light = [&](std::size_t x, std::size_t y) {
        if (y >= side) return y < height && !below.at(x, y - side);  // a row below the last is left dark
        const bool inside = x >= quiet && y >= quiet && x < quiet + modules.size && y < quiet + modules.size;
        return !inside || !modules.at(x - quiet, y - quiet);
    };
    std::string text;
    text.reserve((side * 3 + 1) * (height / 2 + 1));
    for (std::size_t y = 0; y < height; y += 2) {
        for (std::size_t x = 0; x < side; ++x) {
            // The terminal's ink is its light colour.
            const bool upper = light(x, y), lower = light(x, y + 1);
            text += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        text += '\n';
    }
    return text;
}

}  // namespace elic
