#pragma once

#include "qr/symbol_plan.h"

namespace elic::qr {

/// How badly a symbol reads (ISO/IEC 18004:2015, 7.8.3): runs, blocks, what looks like a finder, and the balance of
/// dark and light. As libqrencode counts them: light without end lies around the symbol, and a finder counts in any
/// size. Whoever is above `limit` is not counted to the end.
int penalty(const ModuleLines& picture, int limit) noexcept;

/// The same on machines that have no instruction to count bits.
int penalty_anywhere(const ModuleLines& picture, int limit) noexcept;

}  // namespace elic::qr
