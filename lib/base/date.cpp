#include "elic/base/date.h"

#include "base/civil_day.h"
#include "base/decimal.h"

namespace elic {

Result<Date> Date::from_ymd(int year, int month, int day) {
    if (year < first_year || year > last_year) {
        return fail(Errc::malformed_value, "year " + std::to_string(year) + " is outside 1900..2199");
    }
    if (month < 1 || month > 12) return fail(Errc::malformed_value, "there is no month " + std::to_string(month));
    if (day < 1 || day > days_in_month(year, month)) {
        return fail(Errc::malformed_value, "month " + std::to_string(month) + " of " + std::to_string(year) +
                                               " has no day " + std::to_string(day));
    }
    return Date(static_cast<std::int32_t>(days_from_civil({year, month, day})));
}

Result<Date> Date::parse(std::string_view iso) {
    const auto year = iso.size() == 10 ? read_decimal(iso.substr(0, 4)) : std::nullopt;
    const auto month = iso.size() == 10 ? read_decimal(iso.substr(5, 2)) : std::nullopt;
    const auto day = iso.size() == 10 ? read_decimal(iso.substr(8, 2)) : std::nullopt;
    if (!year || !month || !day || iso[4] != '-' || iso[7] != '-') {
        return fail(Errc::malformed_value, quote_for_error(iso) + " is no date; write it as YYYY-MM-DD");
    }
    auto date = from_ymd(*year, *month, *day);
    if (!date) return fail_in(quote_for_error(iso), std::move(date).error());
    return date;
}

Result<Date> Date::from_days(std::int64_t days_since_2000) {
    if (days_since_2000 < first_day || days_since_2000 > last_day) {
        return fail(Errc::malformed_value, "day " + std::to_string(days_since_2000) +
                                               " counted from 2000-01-01 is outside the years 1900..2199");
    }
    return Date(static_cast<std::int32_t>(days_since_2000));
}

int Date::year() const noexcept { return static_cast<int>(civil_from_days(days_).year); }

int Date::month() const noexcept { return civil_from_days(days_).month; }

int Date::day() const noexcept { return civil_from_days(days_).day; }

std::string Date::format() const {
    const CivilDay civil = civil_from_days(days_);
    return decimal(civil.year, 4) + "-" + decimal(civil.month, 2) + "-" + decimal(civil.day, 2);
}

}  // namespace elic
