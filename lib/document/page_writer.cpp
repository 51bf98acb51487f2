#include "document/page_writer.h"

namespace elic {

namespace {

constexpr int ascent_percent = 90, height_percent = 125;  // of the size: holds every glyph
constexpr std::size_t repeated_least = 8;                 // so often a shape stands where it is described once

std::string id_text(std::uint32_t id) { return std::to_string(id); }

/// ST_Array of the distances between characters; what repeats is written "g COUNT VALUE" (11.3).
std::string delta_text(const std::vector<Micrometres>& advances) {
    std::string text;
    for (std::size_t i = 0; i + 1 < advances.size();) {
        std::size_t end = i;
        while (end + 1 < advances.size() && advances[end] == advances[i]) ++end;
        const auto count = end - i;
        if (!text.empty()) text += " ";
        if (count > 2) {
            text += "g " + std::to_string(count) + " " + millimetres(advances[i]);
            i = end;
        } else {
            text += millimetres(advances[i++]);
        }
    }
    return text;
}

/// AbbreviatedData (9.1), from the corner of the shape's box less the line's width.
std::string outline_text(const Shape& shape) {
    std::string text;
    const Point origin{shape.box.x - shape.line_width, shape.box.y - shape.line_width};
    const auto add = [&](const Point& p) {
        text += " " + millimetres(p.x - origin.x) + " " + millimetres(p.y - origin.y);
    };
    for (const auto& step : shape.steps) {
        if (!text.empty()) text += " ";
        switch (step.kind) {
            case PathStep::Kind::move:
                text += "M";
                add(step.to[0]);
                break;
            case PathStep::Kind::line:
                text += "L";
                add(step.to[0]);
                break;
            case PathStep::Kind::curve:
                text += "B";
                for (const auto& point : step.to) add(point);
                break;
            case PathStep::Kind::close:
                text += "C";
                break;
        }
    }
    return text;
}

}  // namespace

PageWriter::PageWriter(const Drawing& drawing, std::vector<std::uint32_t> fonts, std::vector<std::uint32_t> pictures,
                       UnitIds& ids)
    : drawing_(drawing),
      fonts_(std::move(fonts)),
      pictures_(std::move(pictures)),
      ids_(ids),
      placed_(drawing.shapes.size()) {
    for (const auto& shape : drawing_.shapes) outlines_.push_back(outline_text(shape));
    for (const auto& item : drawing_.pages.front().ground) {
        const auto* placed = std::get_if<PlacedShape>(&item);
        if (placed == nullptr) continue;
        ++placed_[placed->shape];
        if (!is_under_seal(*placed) || ground_fill(*placed) != nullptr) continue;
        ground_fills_.push_back({.colour = *drawing_.shapes[placed->shape].fill, .id = ids_.next()});
    }
}

bool PageWriter::is_under_seal(const PlacedShape& placed) const {
    const auto& shape = drawing_.shapes[placed.shape];
    if (!drawing_.seal || !shape.fill || shape.stroke) return false;
    const auto& seal = *drawing_.seal;
    const auto left = placed.at.x + shape.box.x, top = placed.at.y + shape.box.y;
    return left < seal.x + seal.width && seal.x < left + shape.box.width && top < seal.y + seal.height &&
           seal.y < top + shape.box.height;
}

const GroundFill* PageWriter::ground_fill(const PlacedShape& placed) const {
    if (!is_under_seal(placed)) return nullptr;
    for (const auto& fill : ground_fills_) {
        if (fill.colour == *drawing_.shapes[placed.shape].fill) return &fill;
    }
    return nullptr;
}

Bytes PageWriter::write_template(const std::vector<DrawnItem>& ground) {
    XmlWriter xml;
    open_root(xml, "ofd:Page");
    write_layer(xml, ground, 0, "Background");
    xml.close();
    return std::move(xml).finish();
}

Bytes PageWriter::write_page(const std::vector<DrawnItem>& items, std::uint32_t page, std::uint32_t ground) {
    XmlWriter xml;
    open_root(xml, "ofd:Page");
    if (ground != 0)
        xml.open("ofd:Template").attribute("TemplateID", id_text(ground)).attribute("ZOrder", "Background").close();
    write_layer(xml, items, page, "Body");
    xml.close();
    return std::move(xml).finish();
}

void PageWriter::write_layer(XmlWriter& xml, const std::vector<DrawnItem>& items, std::uint32_t page,
                             std::string_view type) {
    xml.open("ofd:Content").open("ofd:Layer").attribute("ID", id_text(ids_.next())).attribute("Type", type);
    for (const auto& item : items) {
        if (const auto* run = std::get_if<GlyphRun>(&item)) write_run(xml, *run, page);
        const bool is_ground = page == 0;
        if (const auto* shape = std::get_if<PlacedShape>(&item))
            write_shape(xml, *shape, is_ground ? ground_fill(*shape) : nullptr);
        if (const auto* picture = std::get_if<PlacedPicture>(&item)) write_picture(xml, *picture);
    }
    xml.close().close();
}

void PageWriter::write_run(XmlWriter& xml, const GlyphRun& run, std::uint32_t page) {
    const auto id = ids_.next();
    if (!run.shows.empty()) shown_[run.shows].emplace_back(page, id);
    Micrometres width = 0;
    for (const auto advance : run.advances) width += advance;
    const auto ascent = run.size * ascent_percent / 100;
    const Box box{
        .x = run.baseline.x, .y = run.baseline.y - ascent, .width = width, .height = run.size * height_percent / 100};
    xml.open("ofd:TextObject").attribute("ID", id_text(id)).attribute("Boundary", box_text(box));
    xml.attribute("Font", id_text(fonts_[run.font])).attribute("Size", millimetres(run.size));
    if (run.colour != Colour{}) xml.open("ofd:FillColor").attribute("Value", colour_text(run.colour)).close();
    xml.open("ofd:TextCode").attribute("X", "0").attribute("Y", millimetres(ascent));
    if (run.advances.size() > 1) xml.attribute("DeltaX", delta_text(run.advances));
    xml.text(run.text).close().close();
}

Box PageWriter::box_of(const PlacedShape& placed) const {
    const auto& shape = drawing_.shapes[placed.shape];
    const auto edge = shape.line_width;
    return {.x = placed.at.x + shape.box.x - edge,
            .y = placed.at.y + shape.box.y - edge,
            .width = shape.box.width + 2 * edge,
            .height = shape.box.height + 2 * edge};
}

/// Null: it is written where it stands. A unit gets its IDs where it first stands: viewers that stack by IDs have what
/// lies below it below.
const RepeatedShape* PageWriter::repeated(const PlacedShape& placed) {
    if (placed_[placed.shape] < repeated_least) return nullptr;
    for (const auto& each : repeated_) {
        if (each.shape == placed.shape) return &each;
    }
    const auto unit = ids_.next();
    return &repeated_.emplace_back(RepeatedShape{.shape = placed.shape, .unit = unit, .path = ids_.next()});
}

void PageWriter::write_repeated(XmlWriter& xml) const {
    if (repeated_.empty()) return;
    xml.open("ofd:CompositeGraphicUnits");
    for (const auto& each : repeated_) {
        const auto box = box_of({.shape = each.shape, .at = {}});
        xml.open("ofd:CompositeGraphicUnit").attribute("ID", id_text(each.unit));
        xml.attribute("Width", millimetres(box.width)).attribute("Height", millimetres(box.height));
        xml.open("ofd:Content");
        write_path(xml, each.path, {.shape = each.shape, .at = {-box.x, -box.y}}, nullptr);
        xml.close().close();
    }
    xml.close();
}

void PageWriter::write_shape(XmlWriter& xml, const PlacedShape& placed, const GroundFill* ground) {
    const auto* unit = ground == nullptr ? repeated(placed) : nullptr;
    if (unit == nullptr) return write_path(xml, ids_.next(), placed, ground);
    xml.open("ofd:CompositeObject").attribute("ID", id_text(ids_.next()));
    xml.attribute("Boundary", box_text(box_of(placed))).attribute("ResourceID", id_text(unit->unit)).close();
}

void PageWriter::write_path(XmlWriter& xml, std::uint32_t id, const PlacedShape& placed,
                            const GroundFill* ground) const {
    const auto& shape = drawing_.shapes[placed.shape];
    xml.open("ofd:PathObject").attribute("ID", id_text(id)).attribute("Boundary", box_text(box_of(placed)));
    if (ground != nullptr) xml.attribute("DrawParam", id_text(ground->id));
    if (shape.stroke) xml.attribute("LineWidth", millimetres(shape.line_width));
    if (!shape.stroke) xml.attribute("Stroke", "false");
    if (shape.fill) xml.attribute("Fill", "true");
    if (shape.even_odd) xml.attribute("Rule", "Even-Odd");
    if (shape.stroke) xml.open("ofd:StrokeColor").attribute("Value", colour_text(*shape.stroke)).close();
    if (shape.fill && ground == nullptr) xml.open("ofd:FillColor").attribute("Value", colour_text(*shape.fill)).close();
    xml.leaf("ofd:AbbreviatedData", outlines_[placed.shape]).close();
}

void PageWriter::write_picture(XmlWriter& xml, const PlacedPicture& placed) {
    xml.open("ofd:ImageObject").attribute("ID", id_text(ids_.next())).attribute("Boundary", box_text(placed.box));
    xml.attribute("CTM", millimetres(placed.box.width) + " 0 0 " + millimetres(placed.box.height) + " 0 0");
    xml.attribute("ResourceID", id_text(pictures_[placed.picture])).close();
}

}  // namespace elic
