#include <algorithm>
#include <charconv>

#include "elic/qr/draw.h"

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

// Every run of dark modules of a row as one rectangle.
void append_runs(std::string& path, const Modules& modules, std::size_t y, std::size_t quiet) {
    for (std::size_t x = 0; x < modules.size; ++x) {
        if (!modules.at(x, y)) continue;
        const std::size_t first = x;
        while (x < modules.size && modules.at(x, y)) ++x;
        path += 'M';
        append(path, first + quiet);
        path += ' ';
        append(path, y + quiet);
        path += 'h';
        append(path, x - first);
        path += "v1h-";
        append(path, x - first);
        path += 'z';
    }
}

}  // namespace

std::string qr_svg(const Modules& modules, const QrLook& look) {
    const std::size_t side = modules.size + 2 * look.quiet;
    const std::size_t per_inch = std::max<std::size_t>(look.dots_per_inch, 1);
    const std::string size = millimetres((side * look.dots * 25400 + per_inch / 2) / per_inch);
    const std::string units = std::to_string(side);
    std::string svg;
    svg.reserve(modules.dark.size() * 5 + 400);
    svg += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size +
           "\" height=\"" + size + "\" viewBox=\"0 0 " + units + " " + units +
           "\" shape-rendering=\"crispEdges\">\n<rect width=\"" + units + "\" height=\"" + units +
           "\" fill=\"#fff\"/>\n<path d=\"";
    for (std::size_t y = 0; y < modules.size; ++y) append_runs(svg, modules, y, look.quiet);
    svg += "\"/>\n</svg>\n";
    return svg;
}

std::string qr_terminal(const Modules& modules) {
    constexpr std::size_t quiet = 4;  // ISO/IEC 18004:2015, 6.3.8
    const std::size_t side = modules.size + 2 * quiet;
    const auto light = [&](std::size_t x, std::size_t y) {
        const bool inside = x >= quiet && y >= quiet && x < quiet + modules.size && y < quiet + modules.size;
        return !inside || !modules.at(x - quiet, y - quiet);
    };
    std::string text;
    text.reserve((side * 3 + 1) * (side / 2 + 1));
    for (std::size_t y = 0; y < side; y += 2) {
        for (std::size_t x = 0; x < side; ++x) {
            // The terminal's ink is its light colour. A row below the last is left dark.
            const bool upper = light(x, y), lower = y + 1 < side && light(x, y + 1);
            text += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        text += '\n';
    }
    return text;
}

}  // namespace elic
