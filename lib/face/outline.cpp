#include "face/outline.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace elic {

namespace {

constexpr double quarter = 0.5522847498;  // of a circle as a cubic curve

/// To a hundredth of a millimetre: finer than any printer, and shorter to write.
Micrometres whole(double x) { return static_cast<Micrometres>(std::lround(x / 10) * 10); }

Point point(const Outline::Position& p) { return {whole(p.x), whole(p.y)}; }

}  // namespace

void Outline::add(PathStep step) {
    const std::size_t used = step.kind == PathStep::Kind::curve ? 3 : step.kind == PathStep::Kind::close ? 0 : 1;
    for (std::size_t i = 0; i < used; ++i) {
        auto& box = shape_.box;
        const auto& to = step.to[i];
        if (empty_) box = {to.x, to.y, 0, 0};
        empty_ = false;
        const auto right = std::max(box.x + box.width, to.x), bottom = std::max(box.y + box.height, to.y);
        box.x = std::min(box.x, to.x);
        box.y = std::min(box.y, to.y);
        box.width = right - box.x;
        box.height = bottom - box.y;
    }
    shape_.steps.push_back(step);
}

Outline& Outline::move(Point to) {
    add({.kind = PathStep::Kind::move, .to = {to}});
    return *this;
}

Outline& Outline::line(Point to) {
    add({.kind = PathStep::Kind::line, .to = {to}});
    return *this;
}

Outline& Outline::curve(Point first, Point second, Point to) {
    add({.kind = PathStep::Kind::curve, .to = {first, second, to}});
    return *this;
}

Outline& Outline::close() {
    add({.kind = PathStep::Kind::close, .to = {}});
    return *this;
}

Outline& Outline::rectangle(const Box& box) {
    const Micrometres right = box.x + box.width, bottom = box.y + box.height;
    return move({box.x, box.y}).line({right, box.y}).line({right, bottom}).line({box.x, bottom}).close();
}

Outline& Outline::circle(Point c, Micrometres radius) {
    const auto k = whole(radius * quarter);
    move({c.x + radius, c.y});
    curve({c.x + radius, c.y + k}, {c.x + k, c.y + radius}, {c.x, c.y + radius});
    curve({c.x - k, c.y + radius}, {c.x - radius, c.y + k}, {c.x - radius, c.y});
    curve({c.x - radius, c.y - k}, {c.x - k, c.y - radius}, {c.x, c.y - radius});
    curve({c.x + k, c.y - radius}, {c.x + radius, c.y - k}, {c.x + radius, c.y});
    return close();
}

Outline& Outline::star(Point centre, double radius, int points, double angle) {
    // Of the five-pointed star the inner radius is what makes its sides straight lines.
    const double inner = radius * std::sin(std::numbers::pi / 10) / std::sin(3 * std::numbers::pi / 10);
    for (int i = 0; i < points * 2; ++i) {
        const double ray = angle + std::numbers::pi * i / points;
        const double r = i % 2 == 0 ? radius : inner;
        const Point to{centre.x + whole(r * std::sin(ray)), centre.y - whole(r * std::cos(ray))};
        i == 0 ? move(to) : line(to);
    }
    return close();
}

Outline& Outline::follow(const std::function<Position(double)>& f, int pieces) {
    constexpr double step = 1e-4;
    const auto slope = [&](double t) {
        const auto after = f(t + step), before = f(t - step);
        return Position{(after.x - before.x) / (2 * step), (after.y - before.y) / (2 * step)};
    };
    move(point(f(0)));
    for (int i = 0; i < pieces; ++i) {
        const double t = static_cast<double>(i) / pieces, u = static_cast<double>(i + 1) / pieces;
        const auto a = f(t), b = f(u), da = slope(t), db = slope(u);
        const double third = (u - t) / 3;
        curve(point({a.x + da.x * third, a.y + da.y * third}), point({b.x - db.x * third, b.y - db.y * third}),
              point(b));
    }
    return *this;
}

Shape Outline::shape() && { return std::move(shape_); }

}  // namespace elic
