#pragma once

#include <optional>
#include <string_view>

#include "elic/qr/draw.h"

namespace elic::qr {

/// The smallest symbol that holds decimal digits, in numeric mode, bit for bit the one that libqrencode makes, in a
/// tenth of the time: codes of licenses are digits, and drawing them takes most of a batch's time besides signing.
/// None: it does not fit into any.
std::optional<Modules> symbol_of_digits(std::string_view digits, QrLevel level);

}  // namespace elic::qr
