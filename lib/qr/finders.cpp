#include "qr/finders.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace elic {

namespace {

constexpr std::size_t row_step = 3;  // the middle is 3 modules high and a module at least a pixel
constexpr std::array<int, 5> pattern = {1, 1, 3, 1, 1};
constexpr int pattern_modules = 7;

using Runs = std::array<int, 5>;

struct Point {
    int x, y;
};

class Bits {
public:
    explicit Bits(const Picture& picture)
        : picture_(picture), width_(static_cast<int>(picture.width)), height_(static_cast<int>(picture.height)) {}

    int width() const { return width_; }
    int height() const { return height_; }
    bool inside(Point p) const { return p.x >= 0 && p.y >= 0 && p.x < width_ && p.y < height_; }
    bool black(Point p) const {
        return inside(p) &&
               picture_.pixels[static_cast<std::size_t>(p.y) * picture_.width + static_cast<std::size_t>(p.x)] == 0;
    }

private:
    const Picture& picture_;
    int width_, height_;
};

// Each run may be off by `slack` modules and, for small modules, a pixel.
bool has_proportions(const Runs& runs, double slack) {
    int sum = 0;
    for (const int run : runs) sum += run;
    if (sum < pattern_modules) return false;
    const double module = static_cast<double>(sum) / pattern_modules;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (std::abs(runs[i] - pattern[i] * module) > module * slack + 1) return false;
    }
    return true;
}

// The runs on the line through a black point, each way to the third change of colour; false past `range` pixels.
bool runs_through(const Bits& bits, Point middle, Point step, int range, Runs& runs) {
    runs = {};
    for (const int way : {1, -1}) {
        Point p = middle;
        int left = range;
        for (int run = 2; run >= 0; --run) {  // middle, white, outer black
            const auto index = static_cast<std::size_t>(way > 0 ? 4 - run : run);
            const auto target = run == 2 ? std::size_t{2} : index;
            const bool black = run != 1;
            while (bits.inside(p) && bits.black(p) == black) {
                if (left-- == 0) return false;
                ++runs[target];
                p = {p.x + way * step.x, p.y + way * step.y};
            }
        }
    }
    --runs[2];  // the point in the middle was counted both ways
    return *std::ranges::min_element(runs) > 0;
}

// Walks the white pixels along the middle's edge: they must lead around it and back within the range.
bool has_white_ring(const Bits& bits, Point middle, int range) {
    Point p = middle;
    while (bits.black(p)) {
        if (++p.y - middle.y > range) return false;
    }
    if (!bits.inside(p)) return false;
    const Point start = p;
    Point ahead = {-1, 0};  // clockwise: the middle is on the right hand
    const auto right_of = [](Point d) { return Point{-d.y, d.x}; };
    const auto at = [&](Point d) { return Point{p.x + d.x, p.y + d.y}; };
    for (int steps = 0; steps <= 8 * range; ++steps) {
        Point d = right_of(ahead);
        int turns = 0;
        for (; turns < 4 && bits.black(at(d)); ++turns) d = {d.y, -d.x};  // to the left, until white
        if (turns == 4) return false;
        ahead = d;
        p = at(d);
        if (!bits.inside(p) || std::abs(p.x - middle.x) > range || std::abs(p.y - middle.y) > range) return false;
        if (p.x == start.x && p.y == start.y) return true;
    }
    return false;
}

// The point moved up or down to the middle of the black pixels it is in.
Point centred(const Bits& bits, Point p, int range) {
    int up = 0, down = 0;
    while (up < range && bits.black({p.x, p.y - up - 1})) ++up;
    while (down < range && bits.black({p.x, p.y + down + 1})) ++down;
    return {p.x, p.y + (down - up) / 2};
}

bool is_finder(const Bits& bits, Point middle, int width) {
    constexpr std::array<Point, 3> lines = {Point{0, 1}, Point{1, 1}, Point{1, -1}};
    const int range = width * 3 / 2 + 1;
    if (!bits.black(middle)) return false;
    Runs runs{};
    for (const Point line : lines) {
        if (!runs_through(bits, middle, line, range, runs) || !has_proportions(runs, 0.8)) return false;
    }
    return has_white_ring(bits, middle, range);
}

struct Finder {
    Point middle;
    int width;
};

bool lies_in_one(const std::vector<Finder>& finders, Point p) {
    return std::ranges::any_of(finders, [&](const Finder& finder) {
        return std::max(std::abs(p.x - finder.middle.x), std::abs(p.y - finder.middle.y)) < finder.width / 2;
    });
}

// The ends of the runs of a row: black pixels begin at an even index.
void find_edges(const Bits& bits, int y, std::vector<int>& edges) {
    edges.clear();
    bool black = false;
    for (int x = 0; x < bits.width(); ++x) {
        if (bits.black({x, y}) == black) continue;
        black = !black;
        edges.push_back(x);
    }
    if (black) edges.push_back(bits.width());
}

}  // namespace

std::size_t count_finders(const Picture& picture, std::size_t most) {
    const Bits bits(picture);
    std::vector<Finder> finders;
    std::vector<int> edges;
    for (int y = row_step - 1; y < bits.height(); y += row_step) {
        find_edges(bits, y, edges);
        for (std::size_t i = 0; i + 5 < edges.size(); i += 2) {
            Runs runs{};
            for (std::size_t run = 0; run < runs.size(); ++run) runs[run] = edges[i + run + 1] - edges[i + run];
            if (!has_proportions(runs, 0.5)) continue;
            const int width = edges[i + 5] - edges[i];
            const Point middle = centred(bits, {(edges[i + 2] + edges[i + 3]) / 2, y}, width);
            if (lies_in_one(finders, middle) || !is_finder(bits, middle, width)) continue;
            finders.push_back({middle, width});
            if (finders.size() >= most) return most;
        }
    }
    return finders.size();
}

}  // namespace elic
