#pragma once

#include <optional>
#include <string>

#include "elic/base/result.h"
#include "elic/base/timestamp.h"

namespace elic::cli {

/// `--effective`: a date (00:00 of it in +08:00) or an instant; "" = none. Errors: bad_argument.
Result<std::optional<Timestamp>> read_effective(const std::string& text);

inline constexpr const char* effective_help =
    "From when it counts: a date (its 00:00, +08:00) or an instant, past or to come (default: now)";

}  // namespace elic::cli
