#include "face/emblem.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "face/outline.h"

namespace elic {

namespace {

constexpr Colour red{.red = 0xD2, .green = 0x1F, .blue = 0x1F};
constexpr Colour gold{.red = 0xF2, .green = 0xB7, .blue = 0x1E};
constexpr Colour dark_gold{.red = 0xC8, .green = 0x8A, .blue = 0x0A};

/// Draws in a square of 1000 x 1000.
class Device {
public:
    Device(FaceBuilder& builder, FaceBuilder::Items& items, const Box& box)
        : builder_(builder), items_(items), origin_{box.x, box.y}, side_(std::min(box.width, box.height)) {
        origin_.x += (box.width - side_) / 2;
        origin_.y += (box.height - side_) / 2;
    }

    /// To a hundredth of a millimetre, as all outlines.
    Micrometres scale(double x) const { return static_cast<Micrometres>(std::lround(x * side_ / 10000) * 10); }
    Point at(double x, double y) const { return {scale(x), scale(y)}; }

    void fill(Outline outline, Colour colour) {
        auto shape = std::move(outline).shape();
        shape.fill = colour;
        items_.emplace_back(PlacedShape{.shape = builder_.add_shape(std::move(shape)), .at = origin_});
    }

    Outline polygon(std::initializer_list<Outline::Position> points) const {
        Outline outline;
        bool first = true;
        for (const auto& p : points) {
            first ? outline.move(at(p.x, p.y)) : outline.line(at(p.x, p.y));
            first = false;
        }
        return std::move(outline.close());
    }

private:
    FaceBuilder& builder_;
    FaceBuilder::Items& items_;
    Point origin_;
    Micrometres side_;
};

/// Grains in two rows up each side, from the foot to near the top.
Outline ears(const Device& device) {
    Outline outline;
    for (int side = -1; side <= 1; side += 2) {
        for (int i = 0; i < 15; ++i) {
            for (const double radius : {414.0, 466.0}) {
                const double angle = side * (152 - i * 9.2 - (radius > 440 ? 4.6 : 0)) * std::numbers::pi / 180;
                const double lean = angle - side * (radius > 440 ? 0.62 : 0.25);
                const double cx = 500 + radius * std::sin(angle), cy = 500 - radius * std::cos(angle);
                const double ux = std::sin(lean + side * -0.95), uy = -std::cos(lean + side * -0.95);
                const auto tip = device.at(cx + 40 * ux, cy + 40 * uy), foot = device.at(cx - 36 * ux, cy - 36 * uy);
                const auto left = device.at(cx - 26 * uy, cy + 26 * ux), right = device.at(cx + 26 * uy, cy - 26 * ux);
                outline.move(foot).curve(left, left, tip).curve(right, right, foot).close();
            }
        }
    }
    return outline;
}

void draw_gate(Device& device) {
    device.fill(device.polygon({{300, 640}, {700, 640}, {700, 725}, {300, 725}}), gold);  // the wall
    device.fill(device.polygon({{270, 725}, {730, 725}, {730, 745}, {270, 745}}), gold);
    device.fill(device.polygon({{330, 585}, {670, 585}, {655, 640}, {345, 640}}), gold);  // the hall
    device.fill(device.polygon({{285, 585}, {340, 545}, {660, 545}, {715, 585}}), gold);  // lower roof
    device.fill(device.polygon({{385, 515}, {615, 515}, {615, 545}, {385, 545}}), gold);
    device.fill(device.polygon({{345, 515}, {400, 475}, {600, 475}, {655, 515}}), gold);  // upper roof
    Outline doors;
    for (const double x : {345.0, 415.0, 485.0, 555.0, 625.0}) {
        const double top = x == 485 ? 662 : 674;
        doors.move(device.at(x, 725)).line(device.at(x, top + 14));
        doors.curve(device.at(x, top), device.at(x + 30, top), device.at(x + 30, top + 14));
        doors.line(device.at(x + 30, 725)).close();
    }
    device.fill(std::move(doors), red);
    Outline columns;
    for (int i = 0; i < 7; ++i)
        columns.rectangle({device.scale(362 + i * 42.0), device.scale(592), device.scale(24), device.scale(40)});
    device.fill(std::move(columns), red);
    device.fill(device.polygon({{400, 520}, {600, 520}, {600, 541}, {400, 541}}), red);
    device.fill(device.polygon({{420, 523}, {580, 523}, {580, 538}, {420, 538}}), gold);
}

void draw_gear(Device& device) {
    Outline teeth;
    const double cx = 500, cy = 870;
    for (int i = 0; i < 12; ++i) {
        const double a = std::numbers::pi * i / 6;
        const auto corner = [&](double r, double da) {
            return device.at(cx + r * std::sin(a + da), cy - r * std::cos(a + da));
        };
        teeth.move(corner(70, -0.16)).line(corner(98, -0.11)).line(corner(98, 0.11)).line(corner(70, 0.16)).close();
    }
    device.fill(std::move(teeth), gold);
    device.fill(std::move(Outline().circle(device.at(cx, cy), device.scale(78))), gold);
    device.fill(std::move(Outline().circle(device.at(cx, cy), device.scale(44))), red);
    device.fill(std::move(Outline().circle(device.at(cx, cy), device.scale(22))), gold);
}

}  // namespace

void draw_emblem(FaceBuilder& builder, FaceBuilder::Items& items, const Box& box) {
    Device device(builder, items, box);
    const auto centre = device.at(500, 500);
    device.fill(std::move(Outline().circle(centre, device.scale(440))), dark_gold);
    device.fill(std::move(Outline().circle(centre, device.scale(430))), red);
    device.fill(ears(device), gold);
    device.fill(std::move(Outline().circle(centre, device.scale(366))), gold);
    device.fill(std::move(Outline().circle(centre, device.scale(352))), red);
    device.fill(std::move(Outline().star(device.at(500, 285), device.scale(92), 5, 0)), gold);
    constexpr Outline::Position small[] = {{345, 330}, {420, 412}, {580, 412}, {655, 330}};
    for (const auto& p : small) {
        const double towards = std::atan2(500 - p.x, p.y - 285);  // one point of each shows to the great star
        device.fill(std::move(Outline().star(device.at(p.x, p.y), device.scale(36), 5, towards)), gold);
    }
    draw_gate(device);
    // Red cloth that binds the ears, and the wheel over it.
    Outline cloth;
    cloth.move(device.at(205, 800)).curve(device.at(330, 770), device.at(420, 800), device.at(500, 830));
    cloth.curve(device.at(580, 800), device.at(670, 770), device.at(795, 800));
    cloth.curve(device.at(740, 900), device.at(660, 900), device.at(620, 985));
    cloth.curve(device.at(560, 950), device.at(440, 950), device.at(380, 985));
    cloth.curve(device.at(340, 900), device.at(260, 900), device.at(205, 800)).close();
    device.fill(std::move(cloth), red);
    draw_gear(device);
}

}  // namespace elic
