#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "elic/base/bytes.h"

namespace elic {

/// Every length of a drawing: thousandths of a millimetre, from the top left corner of the page, y downwards. Whole
/// numbers, so that the same drawing is the same bytes on every machine.
using Micrometres = std::int32_t;

struct Point {
    Micrometres x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
    Micrometres x = 0, y = 0, width = 0, height = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    friend bool operator==(const Colour&, const Colour&) = default;
};

/// A font as it is embedded: a TrueType subset (glyf) that maps the characters it was made for to the glyphs that
/// the runs name.
struct DrawnFont {
    std::string name;    ///< of the typeface, as OFD's FontName: "AR PL UKai CN"
    std::string source;  ///< stable name of the file that it is cut from: "ukai"
    Digest digest{};     ///< SM3 of that file
    Bytes subset;
};

/// One line of text in one font and size. Invariant: glyphs.size() == advances.size() == number of characters of
/// `text`; a run holds either characters of the basic plane only, or none of them (ofd-writers count UTF-16 units).
struct GlyphRun {
    std::size_t font = 0;  ///< position in Drawing::fonts
    Micrometres size = 0;
    Point baseline;
    std::vector<std::uint32_t> glyphs;
    std::vector<Micrometres> advances;
    std::string text;   ///< UTF-8
    std::string shows;  ///< label of the face field, or "@" and the element of wire_names() that it shows; "" = a label
    Colour colour;
};

/// One step of an outline.
struct PathStep {
    enum class Kind { move, line, curve, close };
    Kind kind = Kind::move;
    std::array<Point, 3> to{};  ///< move and line use the first, curve all: two control points and the end
};

/// An outline, relative to where it is put. Drawn many times from one description: borders are.
struct Shape {
    std::vector<PathStep> steps;
    Box box;  ///< that holds every point
    std::optional<Colour> stroke;
    std::optional<Colour> fill;
    Micrometres line_width = 0;
    bool even_odd = false;
};

struct PlacedShape {
    std::size_t shape = 0;  ///< position in Drawing::shapes
    Point at;
};

struct PlacedPicture {
    std::size_t picture = 0;  ///< position in Drawing::pictures
    Box box;
    std::string shows;  ///< as of a GlyphRun; "@code" = the signed code
};

struct DrawnPicture {
    enum class Format { png, jpeg };
    Format format = Format::png;
    Bytes bytes;
};

using DrawnItem = std::variant<GlyphRun, PlacedShape, PlacedPicture>;

/// A page: what is the same on every license of the layout, and what is written into it.
struct DrawnPage {
    Micrometres width = 0, height = 0;
    std::vector<DrawnItem> ground;
    std::vector<DrawnItem> items;
};

/// A license face, ready for OFD, PNG and PDF: nothing in it is left to the program that shows it.
struct Drawing {
    std::string
        version;  ///< of the program that drew it and all that its bytes depend on: "elic drawing 3, harfbuzz 6.0.0"
    std::vector<DrawnPage> pages;
    std::vector<DrawnFont> fonts;
    std::vector<Shape> shapes;
    std::vector<DrawnPicture> pictures;
    std::optional<Box> seal;  ///< where the electronic seal is shown, on the first page
};

}  // namespace elic
