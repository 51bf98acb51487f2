#pragma once

#include <functional>

#include "elic/base/drawing.h"

namespace elic {

/// Builds an outline step by step.
class Outline {
public:
    Outline& move(Point to);
    Outline& line(Point to);
    Outline& curve(Point first, Point second, Point to);
    Outline& close();
    Outline& rectangle(const Box& box);
    Outline& circle(Point centre, Micrometres radius);
    /// A star with `points` points; the first one points to `angle` (0 = up, radians, clockwise).
    Outline& star(Point centre, double radius, int points, double angle);

    /// A smooth line through f(t), t from 0 to 1, in micrometres, in `pieces` curves.
    struct Position {
        double x = 0, y = 0;
    };
    Outline& follow(const std::function<Position(double)>& f, int pieces);

    /// As a shape; its box is that of all its points.
    Shape shape() &&;

private:
    void add(PathStep step);
    Shape shape_;
    bool empty_ = true;
};

}  // namespace elic
