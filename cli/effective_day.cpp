#include "effective_day.h"

#include "base/text.h"

namespace elic::cli {

Result<std::optional<Timestamp>> read_effective(const std::string& text) {
    if (text.empty()) return std::optional<Timestamp>();
    if (auto day = Date::parse(text)) return std::optional(Timestamp::first_second_of(*day));
    auto instant = Timestamp::parse(text);
    if (instant) return std::optional(*instant);
    return fail(Errc::bad_argument, "--effective " + escape_for_output(text) +
                                        ": a date (2026-12-01) or an instant (2026-12-01T09:00:00+08:00) is expected");
}

}  // namespace elic::cli
