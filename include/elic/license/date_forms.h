#pragma once

#include <string_view>
#include <variant>

#include "elic/base/date.h"
#include "elic/base/result.h"

namespace elic {

/// "no end" as systems write it.
struct LongTerm {
    friend bool operator==(const LongTerm&, const LongTerm&) = default;
};

using DateOrLongTerm = std::variant<Date, LongTerm>;

/// Reads a date in any form seen in practice (full-width digits folded): yyyy-MM-dd, yyyy/M/d, yyyy.M.d, yyyyMMdd,
/// yyyy年M月d日, yyyyMMddHHmmss, yyyy-MM-dd HH:mm:ss (the time is dropped), epoch milliseconds (13 digits, the day
/// in +08:00; summers 1986-1991 had daylight saving: not guessed), and for no end: long-term, 长期, 永久, 长期有效,
/// 9999-12-30, 9999-12-31, 99991231. Errors: malformed_value naming the forms.
Result<DateOrLongTerm> read_date(std::string_view text);

/// As above, where only a date will do.
Result<Date> read_plain_date(std::string_view text);

}  // namespace elic
