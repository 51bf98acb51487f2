#include "face/code_place.h"

namespace elic {

namespace {

constexpr std::int64_t least_dots = 3;  // a module of 0.25 mm

}  // namespace

Result<std::int64_t> dots_of_module(const Layout& layout, std::size_t modules) {
    const auto room = (layout.code.width - code_shift) * dots_per_inch / micrometres_per_inch;
    const auto dots = room / static_cast<std::int64_t>(modules + 2 * quiet_modules);
    if (dots >= least_dots) return dots;
    return fail(Errc::does_not_fit, "the code has " + std::to_string(modules) +
                                        " modules a side, its place on the face has room for " +
                                        std::to_string(room / least_dots - std::int64_t{2 * quiet_modules}));
}

}  // namespace elic
