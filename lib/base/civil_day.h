#pragma once

#include <cstdint>

namespace elic {

/// A day of the proleptic Gregorian calendar in parts.
struct CivilDay {
    std::int64_t year;
    int month;  ///< 1..12
    int day;    ///< 1..31
};

/// Days since 2000-01-01 of a day that exists. Counts in years that begin on 1 March, so that the leap day
/// is a year's last.
constexpr std::int64_t days_from_civil(CivilDay civil) noexcept {
    const std::int64_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
    const std::int64_t month = (civil.month + 9) % 12;  // 0 = March
    const std::int64_t day_of_year = (153 * month + 2) / 5 + civil.day - 1;
    constexpr std::int64_t days_to_2000 = 730425;  // 0000-03-01 to 2000-01-01
    return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - days_to_2000;
}

/// The inverse; only for days after the year 0.
constexpr CivilDay civil_from_days(std::int64_t days_since_2000) noexcept {
    constexpr std::int64_t days_to_2000 = 730425;
    constexpr std::int64_t days_of_era = 146097;  // 400 years
    const std::int64_t count = days_since_2000 + days_to_2000;
    const std::int64_t era = count / days_of_era;
    const std::int64_t in_era = count % days_of_era;
    const std::int64_t year_of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    const std::int64_t day_of_year = in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;  // 0 = March
    const int day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
    const int civil_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    return {era * 400 + year_of_era + (civil_month <= 2 ? 1 : 0), civil_month, day};
}

constexpr bool is_leap_year(std::int64_t year) noexcept {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

constexpr int days_in_month(std::int64_t year, int month) noexcept {
    if (month == 2) return is_leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr int first_year = 1900;
constexpr int last_year = 2199;
constexpr std::int64_t first_day = days_from_civil({first_year, 1, 1});
constexpr std::int64_t last_day = days_from_civil({last_year, 12, 31});
static_assert(days_from_civil({2000, 1, 1}) == 0);
static_assert(first_day == -36524);

constexpr std::int64_t seconds_per_day = 86400;
/// 1970-01-01T00:00:00Z to 2000-01-01T00:00:00Z.
constexpr std::int64_t unix_seconds_of_2000 = 946684800;
/// China's one time zone: +08:00, no summer time.
constexpr std::int64_t china_offset = 8 * 3600;

}  // namespace elic
