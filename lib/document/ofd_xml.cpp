#include "document/ofd_xml.h"

#include <cstdlib>

namespace elic {

std::string millimetres(Micrometres length) {
    const std::int64_t size = std::abs(std::int64_t{length});
    std::string text = (length < 0 ? "-" : "") + std::to_string(size / 1000);
    if (size % 1000 == 0) return text;
    std::string decimals = std::to_string(1000 + size % 1000).substr(1);
    while (decimals.back() == '0') decimals.pop_back();
    return text + "." + decimals;
}

std::string box_text(const Box& box) {
    return millimetres(box.x) + " " + millimetres(box.y) + " " + millimetres(box.width) + " " + millimetres(box.height);
}

std::string colour_text(const Colour& colour) {
    return std::to_string(colour.red) + " " + std::to_string(colour.green) + " " + std::to_string(colour.blue);
}

void open_root(XmlWriter& xml, std::string_view name) { xml.open(name).attribute("xmlns:ofd", ofd_namespace); }

}  // namespace elic
