#pragma once

#include <map>
#include <string>
#include <vector>

#include "document/ofd_xml.h"

namespace elic {

/// Text objects that show one item: (page ID, object ID), in reading order.
using ShownObjects = std::map<std::string, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

/// Writes Content.xml of pages and templates (GB/T 33190, 7.7 and 8 to 11).
class PageWriter {
public:
    /// `fonts` and `pictures`: their IDs, in the drawing's order.
    PageWriter(const Drawing& drawing, std::vector<std::uint32_t> fonts, std::vector<std::uint32_t> pictures,
               UnitIds& ids);

    Bytes write_template(const std::vector<DrawnItem>& ground);
    Bytes write_page(const std::vector<DrawnItem>& items, std::uint32_t page, std::uint32_t ground);

    const ShownObjects& shown() const noexcept { return shown_; }

private:
    void write_layer(XmlWriter& xml, const std::vector<DrawnItem>& items, std::uint32_t page, std::string_view type);
    void write_run(XmlWriter& xml, const GlyphRun& run, std::uint32_t page);
    void write_shape(XmlWriter& xml, const PlacedShape& placed);
    void write_picture(XmlWriter& xml, const PlacedPicture& placed);

    const Drawing& drawing_;
    std::vector<std::uint32_t> fonts_, pictures_;
    UnitIds& ids_;
    std::vector<std::string> outlines_;  ///< AbbreviatedData of each shape
    ShownObjects shown_;
};

}  // namespace elic
