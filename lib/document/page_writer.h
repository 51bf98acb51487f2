#pragma once

#include <map>
#include <string>
#include <vector>

#include "document/ofd_xml.h"

namespace elic {

/// Text objects that show one item: (page ID, object ID), in reading order.
using ShownObjects = std::map<std::string, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

/// The colour of a ground, as a drawing parameter that its shapes name (8.2).
struct GroundFill {
    Colour colour;
    std::uint32_t id = 0;
};

/// A shape that the ground has many times, described once as a composite graphic unit (8.7 and 13).
struct RepeatedShape {
    std::size_t shape = 0;  ///< position in Drawing::shapes
    std::uint32_t unit = 0, path = 0;
};

/// Writes Content.xml of pages and templates (GB/T 33190, 7.7 and 8 to 11).
class PageWriter {
public:
    /// `fonts` and `pictures`: their IDs, in the drawing's order.
    PageWriter(const Drawing& drawing, std::vector<std::uint32_t> fonts, std::vector<std::uint32_t> pictures,
               UnitIds& ids);

    Bytes write_template(const std::vector<DrawnItem>& ground);
    Bytes write_page(const std::vector<DrawnItem>& items, std::uint32_t page, std::uint32_t ground);

    const ShownObjects& shown() const noexcept { return shown_; }

    /// Of what the seal stands on. Viewers that stack objects by their IDs put a seal, whose ID is no number, below
    /// all of them; those fill from no drawing parameter that a shape names. So the seal is seen there, on white.
    const std::vector<GroundFill>& ground_fills() const noexcept { return ground_fills_; }

    /// What the ground repeats, once its template is written: "ofd:CompositeGraphicUnits", nothing where nothing is.
    void write_repeated(XmlWriter& xml) const;

private:
    const RepeatedShape* repeated(const PlacedShape& placed);
    bool is_under_seal(const PlacedShape& placed) const;
    const GroundFill* ground_fill(const PlacedShape& placed) const;
    void write_layer(XmlWriter& xml, const std::vector<DrawnItem>& items, std::uint32_t page, std::string_view type);
    void write_run(XmlWriter& xml, const GlyphRun& run, std::uint32_t page);
    void write_shape(XmlWriter& xml, const PlacedShape& placed, const GroundFill* ground);
    void write_path(XmlWriter& xml, std::uint32_t id, const PlacedShape& placed, const GroundFill* ground) const;
    Box box_of(const PlacedShape& placed) const;
    void write_picture(XmlWriter& xml, const PlacedPicture& placed);

    const Drawing& drawing_;
    std::vector<std::uint32_t> fonts_, pictures_;
    UnitIds& ids_;
    std::vector<std::string> outlines_;  ///< AbbreviatedData of each shape
    std::vector<GroundFill> ground_fills_;
    std::vector<std::size_t> placed_;  ///< how often each shape stands in the ground
    std::vector<RepeatedShape> repeated_;
    ShownObjects shown_;
};

}  // namespace elic
