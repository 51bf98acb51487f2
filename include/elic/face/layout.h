#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/drawing.h"
#include "elic/base/result.h"
#include "elic/license/license_type_code.h"

namespace elic {

/// The typefaces a layout may ask for: 黑体, 楷体, 宋体.
enum class Typeface { hei, kai, song };

enum class Align { left, centre, right, justify };  // justify: the characters spread over the whole width
enum class VerticalAlign { top, middle, bottom };

/// How a text stands in its box.
struct TextLook {
    Box box;
    Typeface typeface = Typeface::song;
    Micrometres size = 0;
    Micrometres least = 0;  ///< it is made smaller down to this before it goes on on a second page
    Align align = Align::left;
    VerticalAlign vertical = VerticalAlign::middle;
    Colour colour = {};
};

/// A text that is the same on every license.
struct LayoutText {
    std::string text;
    TextLook look;
    std::string with;  ///< label of a field: printed only when that has a text; "" = always
};

/// Where an item is printed.
struct LayoutField {
    enum class DateForm { iso, chinese };  // 2026-11-26, 2026年11月26日
    std::string shows;                     ///< label of the pack's field, or "@" and an element of wire_names()
    TextLook look;
    DateForm date = DateForm::iso;
};

/// A piece of the ground.
struct Ornament {
    enum class Kind {
        fill,       ///< the box
        frame,      ///< a rectangle of line `width`
        line,       ///< from the box's corner to the opposite one
        guilloche,  ///< a band of interlaced waves around the box, `band` wide
        waves,      ///< fine wavy lines over the box, every `step`
        rosette,    ///< a ring of loops in the box
        emblem,     ///< a red and gold device at the head; not the national emblem's official artwork
    };
    Kind kind = Kind::fill;
    Box box;
    Colour colour = {};
    Micrometres width = 0, band = 0, step = 0;
};

/// How the face of one license type looks, in one version (docs/format/layout.md). Data, never edited once frozen.
struct Layout {
    LicenseTypeCode type;
    int version = 1;
    Micrometres width = 0, height = 0;
    std::vector<Ornament> ornaments = {};
    std::vector<LayoutText> texts = {};
    std::vector<LayoutField> fields = {};
    std::string portrait = {};  ///< label of the field whose picture stands in `portrait_box`; "" = none
    Box portrait_box = {};
    Box code = {};  ///< with its quiet zone
    Box seal = {};
    Digest digest{};  ///< SM3 of the file's bytes: what names it
};

/// Reads a layout file. Strict: unknown keys, boxes outside the page and unknown colours are refused.
/// Errors: malformed_layout with the JSON path.
Result<Layout> read_layout(BytesView file);

/// Where layouts come from: the ones built in, or a folder laid out `<code>/<version>.json`.
class Layouts {
public:
    static Layouts builtin();
    static Layouts in_folder(std::filesystem::path folder);

    /// Errors: unknown_type (no such file), malformed_layout (also: its code or version is not its place).
    Result<std::shared_ptr<const Layout>> load(const LicenseTypeCode& code, int version) const;
    /// The newest version. Errors: as load.
    Result<std::shared_ptr<const Layout>> load_newest(const LicenseTypeCode& code) const;
    /// The one with this digest, which a document names. Errors: unknown_type.
    Result<std::shared_ptr<const Layout>> load_by_digest(const LicenseTypeCode& code, const Digest& digest) const;
    /// The bytes of a layout file as they are. Errors: unknown_type.
    Result<Bytes> file(const LicenseTypeCode& code, int version) const;
    /// The versions that there are of a type, ascending.
    std::vector<int> versions(const LicenseTypeCode& code) const;

private:
    struct Impl;
    explicit Layouts(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
    std::shared_ptr<Impl> impl_;
};

}  // namespace elic
