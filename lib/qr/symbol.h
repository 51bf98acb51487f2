#pragma once

#include <optional>
#include <string_view>

#include "elic/qr/draw.h"

namespace elic::qr {

/// The smallest symbol that holds `digits`, one or more of 0 to 9, in numeric mode: bit for bit the one that
/// libqrencode makes, in a tenth of the time. Codes of licenses are digits. None: it does not fit into any.
std::optional<Modules> symbol_of_digits(std::string_view digits, QrLevel level);

}  // namespace elic::qr
