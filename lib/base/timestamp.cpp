#include "elic/base/timestamp.h"

#include "base/civil_day.h"
#include "base/decimal.h"

namespace elic {
namespace {

constexpr std::int64_t first_second = unix_seconds_of_2000 + first_day * seconds_per_day - china_offset;
constexpr std::int64_t last_second = unix_seconds_of_2000 + (last_day + 1) * seconds_per_day - china_offset - 1;

/// Seconds since 2000-01-01T00:00:00+08:00, never negative after the shift to the first day.
std::int64_t china_seconds(std::int64_t unix_seconds) noexcept {
    return unix_seconds - unix_seconds_of_2000 + china_offset - first_day * seconds_per_day;
}

/// "HH:MM" in seconds.
std::optional<std::int64_t> read_hours_minutes(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hours = read_decimal(text.substr(0, 2));
    const auto minutes = read_decimal(text.substr(3, 2));
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    return *hours * 3600 + *minutes * 60;
}

/// "HH:MM:SS" in seconds; no leap second: the payload counts without them.
std::optional<std::int64_t> read_time_of_day(std::string_view text) {
    if (text.size() != 8 || text[5] != ':') return std::nullopt;
    const auto minutes = read_hours_minutes(text.substr(0, 5));
    const auto seconds = read_decimal(text.substr(6, 2));
    if (!minutes || !seconds || *seconds > 59) return std::nullopt;
    return *minutes + *seconds;
}

/// "Z", "+HH:MM" or "-HH:MM" in seconds east.
std::optional<std::int64_t> read_zone(std::string_view text) {
    if (text == "Z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto offset = read_hours_minutes(text.substr(1));
    if (!offset) return std::nullopt;
    return text[0] == '+' ? *offset : -*offset;
}

}  // namespace

Result<Timestamp> Timestamp::from_unix(std::int64_t seconds_since_1970) {
    if (seconds_since_1970 < first_second || seconds_since_1970 > last_second) {
        return fail(Errc::malformed_value,
                    "second " + std::to_string(seconds_since_1970) + " of Unix time is outside the years 1900..2199");
    }
    return Timestamp(seconds_since_1970);
}

Result<Timestamp> Timestamp::from_epoch_2000(std::int64_t seconds) {
    if (seconds < first_second - unix_seconds_of_2000 || seconds > last_second - unix_seconds_of_2000) {
        return fail(Errc::malformed_value, "second " + std::to_string(seconds) +
                                               " counted from 2000-01-01T00:00:00Z is outside the years 1900..2199");
    }
    return Timestamp(seconds + unix_seconds_of_2000);
}

Result<Timestamp> Timestamp::parse(std::string_view text) {
    constexpr std::size_t date_size = 10;
    constexpr std::size_t time_end = 19;
    if (text.size() == date_size) {
        const auto date = Date::parse(text);
        if (!date) return tl::unexpected<Error>(date.error());
        return last_second_of(*date);
    }
    const bool long_enough = text.size() > time_end && text[date_size] == 'T';
    const auto time = long_enough ? read_time_of_day(text.substr(date_size + 1, 8)) : std::nullopt;
    const auto zone = long_enough ? read_zone(text.substr(time_end)) : std::nullopt;
    if (!time || !zone) {
        return fail(Errc::malformed_value,
                    quote_for_error(text) + " is no time; write it as YYYY-MM-DDTHH:MM:SS+08:00 or as YYYY-MM-DD");
    }
    const auto date = Date::parse(text.substr(0, date_size));
    if (!date) return tl::unexpected<Error>(date.error());
    return from_epoch_2000(date->days_since_2000() * seconds_per_day + *time - *zone);
}

Timestamp Timestamp::last_second_of(Date day) noexcept {
    return Timestamp(first_second_of(day).seconds_ + seconds_per_day - 1);
}

Timestamp Timestamp::first_second_of(Date day) noexcept {
    return Timestamp(unix_seconds_of_2000 + day.days_since_2000() * seconds_per_day - china_offset);
}

std::int64_t Timestamp::epoch_2000_seconds() const noexcept { return seconds_ - unix_seconds_of_2000; }

Date Timestamp::day() const noexcept { return *Date::from_days(china_seconds(seconds_) / seconds_per_day + first_day); }

std::string Timestamp::format() const {
    const std::int64_t second = china_seconds(seconds_) % seconds_per_day;
    return day().format() + "T" + decimal(second / 3600, 2) + ":" + decimal(second / 60 % 60, 2) + ":" +
           decimal(second % 60, 2) + "+08:00";
}

}  // namespace elic
