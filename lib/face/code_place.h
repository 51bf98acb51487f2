#pragma once

#include <cstddef>
#include <cstdint>

#include "elic/base/result.h"
#include "elic/face/layout.h"

namespace elic {

inline constexpr std::int64_t dots_per_inch = 300;  ///< of an office printer: modules are whole numbers of its dots
inline constexpr std::int64_t micrometres_per_inch = 25400;
inline constexpr std::size_t quiet_modules = 4;  ///< around a code (GB/T 18284)
inline constexpr Micrometres code_shift = 100;   ///< to the next printer's dot

/// Printer's dots a module of a code with so many modules a side, in the place that the layout has for it: as many as
/// fit. Errors: does_not_fit (fewer than a scanner needs).
Result<std::int64_t> dots_of_module(const Layout& layout, std::size_t modules);

}  // namespace elic
