#include "face/ornaments.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "face/emblem.h"
#include "face/outline.h"

namespace elic {

namespace {

constexpr double turn = 2 * std::numbers::pi;

/// Draws shapes at places.
class Pen {
public:
    Pen(FaceBuilder& builder, FaceBuilder::Items& items, const Ornament& ornament)
        : builder_(builder), items_(items), ornament_(ornament) {}

    std::size_t stroked(Outline outline) {
        auto shape = std::move(outline).shape();
        shape.stroke = ornament_.colour;
        shape.line_width = ornament_.width;
        return builder_.add_shape(std::move(shape));
    }

    std::size_t filled(Outline outline) {
        auto shape = std::move(outline).shape();
        shape.fill = ornament_.colour;
        return builder_.add_shape(std::move(shape));
    }

    void put(std::size_t shape, Point at) { items_.emplace_back(PlacedShape{.shape = shape, .at = at}); }

private:
    FaceBuilder& builder_;
    FaceBuilder::Items& items_;
    const Ornament& ornament_;
};

/// A loop of petals, as engraved: r = R (a + b cos nt), turned `copies` times between two petals.
Outline petals(Point centre, double radius, int count, double deep, int copies) {
    Outline outline;
    for (int copy = 0; copy < copies; ++copy) {
        const double offset = turn * copy / (copies * count);
        outline.follow(
            [&](double t) {
                const double r = radius * (1 - deep + deep * std::cos(count * turn * t));
                return Outline::Position{centre.x + r * std::sin(turn * t + offset),
                                         centre.y - r * std::cos(turn * t + offset)};
            },
            count * 4);
    }
    return outline;
}

/// One period of interlaced waves, `length` long and `band` high, along x or along y.
Outline braid(Micrometres length, Micrometres band, bool upright) {
    struct Wave {
        double height, periods, phase;
    };
    static constexpr Wave waves[] = {{0.46, 1, 0},     {0.46, 1, 0.5},   {0.46, 1, 0.25}, {0.46, 1, 0.75},
                                     {0.30, 1, 0.125}, {0.30, 1, 0.625}, {0.16, 2, 0},    {0.16, 2, 0.5}};
    Outline outline;
    for (const auto& wave : waves) {
        outline.follow(
            [&](double t) {
                const double along = length * t;
                const double across = band * (0.5 + wave.height * std::sin(turn * (wave.periods * t + wave.phase)));
                return upright ? Outline::Position{across, along} : Outline::Position{along, across};
            },
            static_cast<int>(2 * wave.periods));
    }
    return outline;
}

/// One side of the band: as many periods as make it whole.
void draw_side(Pen& pen, const Ornament& ornament, Point from, Micrometres length, bool upright) {
    const auto count = std::max<Micrometres>(1, (length + ornament.band / 2) / ornament.band);
    const auto shape = pen.stroked(braid(length / count, ornament.band, upright));
    for (Micrometres i = 0; i < count; ++i) {
        // Multiplied before it is divided: no gap grows along the side.
        const auto at = static_cast<Micrometres>(std::int64_t{length} * i / count);
        pen.put(shape, upright ? Point{from.x, from.y + at} : Point{from.x + at, from.y});
    }
}

void draw_guilloche(Pen& pen, const Ornament& ornament) {
    const auto& box = ornament.box;
    const auto band = ornament.band;
    const Micrometres right = box.x + box.width - band, bottom = box.y + box.height - band;
    draw_side(pen, ornament, {box.x + band, box.y}, box.width - 2 * band, false);
    draw_side(pen, ornament, {box.x + band, bottom}, box.width - 2 * band, false);
    draw_side(pen, ornament, {box.x, box.y + band}, box.height - 2 * band, true);
    draw_side(pen, ornament, {right, box.y + band}, box.height - 2 * band, true);
    const Point centre{band / 2, band / 2};
    Outline corner = petals(centre, band * 0.46, 8, 0.3, 2);
    corner.circle(centre, band / 7).rectangle({0, 0, band, band});
    const auto shape = pen.stroked(std::move(corner));
    for (const Point at : {Point{box.x, box.y}, Point{right, box.y}, Point{box.x, bottom}, Point{right, bottom}})
        pen.put(shape, at);
    pen.put(pen.stroked(std::move(Outline().rectangle(box).rectangle(
                {box.x + band, box.y + band, box.width - 2 * band, box.height - 2 * band}))),
            {0, 0});
}

void draw_waves(Pen& pen, const Ornament& ornament) {
    const auto& box = ornament.box;
    const double height = ornament.step;
    const auto periods = std::max<Micrometres>(1, box.width / (ornament.step * 4));
    Outline row;
    for (const double phase : {0.0, 0.5}) {
        row.follow(
            [&](double t) {
                return Outline::Position{box.width * t, height * (0.5 + 0.5 * std::sin(turn * (periods * t + phase)))};
            },
            static_cast<int>(periods * 2));
    }
    const auto shape = pen.stroked(std::move(row));
    for (Micrometres y = 0; y + ornament.step <= box.height; y += ornament.step) pen.put(shape, {box.x, box.y + y});
}

void draw_rosette(Pen& pen, const Ornament& ornament) {
    const auto& box = ornament.box;
    const Point centre{box.width / 2, box.height / 2};
    const double radius = std::min(box.width, box.height) / 2.0;
    Outline outline = petals(centre, radius, 18, 0.18, 2);
    pen.put(pen.stroked(std::move(outline)), {box.x, box.y});
    pen.put(pen.stroked(petals(centre, radius * 0.7, 12, 0.26, 2)), {box.x, box.y});
    pen.put(pen.stroked(petals(centre, radius * 0.36, 8, 0.3, 2)), {box.x, box.y});
}

}  // namespace

void draw_ornament(FaceBuilder& builder, FaceBuilder::Items& items, const Ornament& ornament) {
    Pen pen(builder, items, ornament);
    const auto& box = ornament.box;
    switch (ornament.kind) {
        case Ornament::Kind::fill:
            return pen.put(pen.filled(std::move(Outline().rectangle({0, 0, box.width, box.height}))), {box.x, box.y});
        case Ornament::Kind::frame:
            return pen.put(pen.stroked(std::move(Outline().rectangle({0, 0, box.width, box.height}))), {box.x, box.y});
        case Ornament::Kind::line:
            return pen.put(pen.stroked(std::move(Outline().move({0, 0}).line({box.width, box.height}))),
                           {box.x, box.y});
        case Ornament::Kind::guilloche:
            return draw_guilloche(pen, ornament);
        case Ornament::Kind::waves:
            return draw_waves(pen, ornament);
        case Ornament::Kind::rosette:
            return draw_rosette(pen, ornament);
        case Ornament::Kind::emblem:
            return draw_emblem(builder, items, box);
    }
}

}  // namespace elic
