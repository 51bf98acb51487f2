#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/modules.h"
#include "elic/base/result.h"

namespace elic {

/// QR error correction levels (GB/T 18284, ISO/IEC 18004): 7, 15, 25, 30 % of the code words can be restored.
enum class QrLevel { l, m, q, h };

/// Encodes a text, digits in numeric mode, everything else in the best mode; the smallest version that holds it.
/// Errors: does_not_fit (says how many characters over the largest symbol), bad_argument (empty).
Result<Modules> draw_qr(std::string_view text, QrLevel level = QrLevel::m);

/// How modules become a picture. The default module is 5 dots at 300 dpi = 0.423 mm.
struct QrLook {
    std::size_t dots = 5;             ///< pixels a module (PNG)
    std::size_t quiet = 4;            ///< light modules around
    std::size_t dots_per_inch = 300;  ///< PNG pHYs, SVG size in mm
    bool test = false;                ///< the word TEST in block letters under the code, outside its quiet zone
};

/// 1-bit PNG. Errors: bad_argument.
Result<Bytes> qr_png(const Modules& modules, const QrLook& look = {});

/// SVG with its size in mm; one path, modules as unit squares joined to runs.
std::string qr_svg(const Modules& modules, const QrLook& look = {});

/// Unicode half blocks for a terminal, light on dark background reversed so that it scans: two rows of modules a line.
/// Of the look its quiet zone and the word TEST.
std::string qr_terminal(const Modules& modules, const QrLook& look = {});

}  // namespace elic
