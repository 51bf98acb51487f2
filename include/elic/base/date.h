#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "elic/base/result.h"

namespace elic {

/// A civil day of the Gregorian calendar, 1900-01-01 to 2199-12-31; no time zone of its own (where an
/// instant is turned into a day, +08:00 is meant).
class Date {
public:
    /// Errors: malformed_value when the day does not exist or lies outside 1900..2199.
    static Result<Date> from_ymd(int year, int month, int day);

    /// Strict "YYYY-MM-DD", nothing around it. Other forms seen in the wild: license/date_forms.h.
    static Result<Date> parse(std::string_view iso);

    /// Days since 2000-01-01, negative before. Errors: malformed_value outside 1900..2199.
    static Result<Date> from_days(std::int64_t days_since_2000);

    std::int32_t days_since_2000() const noexcept { return days_; }
    int year() const noexcept;
    int month() const noexcept;  ///< 1..12
    int day() const noexcept;    ///< 1..31

    /// "YYYY-MM-DD".
    std::string format() const;

    friend auto operator<=>(const Date&, const Date&) = default;

private:
    explicit constexpr Date(std::int32_t days) noexcept : days_(days) {}
    std::int32_t days_;
};

}  // namespace elic
