#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "container/xml.h"
#include "elic/base/drawing.h"

namespace elic {

/// Where GB/T 33190 elements live.
inline constexpr std::string_view ofd_namespace = "http://www.ofdspec.org/2016";

/// "12.345": millimetres, no digit more than needed.
std::string millimetres(Micrometres length);

/// "x y width height" (ST_Box).
std::string box_text(const Box& box);

/// "r g b".
std::string colour_text(const Colour& colour);

/// Opens a root element with the prefix `ofd` declared.
void open_root(XmlWriter& xml, std::string_view name);

/// Numbers the objects of a document: every ID once, from 1.
class UnitIds {
public:
    std::uint32_t next() noexcept { return ++last_; }
    std::uint32_t last() const noexcept { return last_; }

private:
    std::uint32_t last_ = 0;
};

}  // namespace elic
