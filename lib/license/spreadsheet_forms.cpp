#include "license/spreadsheet_forms.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "base/text.h"
#include "elic/base/date.h"
#include "elic/base/timestamp.h"
#include "license/characters.h"

namespace elic {

namespace {

constexpr std::string_view as_text_mend = "format the column as text before the values are put in, and export it again";
constexpr std::string_view date_mend = "format the column as YYYY-MM-DD and export it again";

bool all_digits(std::string_view text) { return !text.empty() && made_of(text, decimal_digits); }

/// "4.30199E+17", "1E-05": with the sign that a spreadsheet always writes.
bool is_exponential(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const auto e = text.find_first_of("Ee");
    if (e == std::string_view::npos || e == 0 || e + 2 >= text.size()) return false;
    const auto mantissa = text.substr(0, e);
    const auto exponent = text.substr(e + 1);
    const bool sign = exponent[0] == '+' || exponent[0] == '-';
    const auto dot = mantissa.find('.');
    const bool number = dot == std::string_view::npos
                            ? all_digits(mantissa)
                            : all_digits(mantissa.substr(0, dot)) && all_digits(mantissa.substr(dot + 1));
    return sign && number && all_digits(exponent.substr(1));
}

/// The summers in which clocks in China were an hour ahead (tz database, Asia/Shanghai): first and last day.
constexpr std::array<std::array<int, 5>, 6> summers = {{{1986, 5, 4, 9, 14},
                                                        {1987, 4, 12, 9, 13},
                                                        {1988, 4, 17, 9, 11},
                                                        {1989, 4, 16, 9, 17},
                                                        {1990, 4, 15, 9, 16},
                                                        {1991, 4, 14, 9, 15}}};

/// Epoch milliseconds, with 13 digits (since 2001) or 12: those are not read, a day and time may have as many digits.
std::optional<std::string> epoch(std::string_view cell) {
    std::int64_t milliseconds = 0;
    for (const char c : cell) milliseconds = milliseconds * 10 + (c - '0');
    const auto instant = Timestamp::from_unix(milliseconds / 1000);
    if (!instant || milliseconds % 1000 != 0) return {};
    const auto later = Timestamp::from_unix(instant->unix_seconds() + 3600);
    const auto day = later->day();
    const bool an_hour_before_midnight = *later == Timestamp::first_second_of(day);
    for (const auto& [year, from_month, from_day, to_month, to_day] : summers) {
        const auto from = Date::from_ymd(year, from_month, from_day);
        const auto to = Date::from_ymd(year, to_month, to_day);
        if (!an_hour_before_midnight || !from || !to || day < *from || *to < day) continue;
        return std::string(cell) + " milliseconds are " + instant->day().format() +
               " 23:00 in +08:00, but in that summer clocks were an hour ahead and it was " + day.format() +
               " 00:00: write the date that is meant as YYYY-MM-DD";
    }
    if (cell.size() == 13 || *instant != Timestamp::first_second_of(instant->day())) return {};
    return std::string(cell) + " may be milliseconds of " + instant->day().format() + ": write the date as YYYY-MM-DD";
}

/// "45296" and "45296.5": days since 1899-12-30.
std::optional<std::string> day_number(std::string_view cell) {
    const auto whole = cell.substr(0, cell.find('.'));
    if (whole.size() != 5 || !all_digits(whole)) return {};
    if (whole.size() < cell.size() && !all_digits(cell.substr(6))) return {};
    const auto days = read_decimal(whole);
    if (!days || *days < 10000) return {};
    const auto date = Date::from_days(*days - 36526);  // 2000-01-01 is day 36526
    if (!date) return {};
    return std::string(cell) + " is a day as Excel counts them (" + date->format() +
           ", unless the workbook counts from 1904): " + std::string(date_mend);
}

std::size_t count_of(std::string_view text, char c) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), c));
}

}  // namespace

std::optional<std::string> spreadsheet_damage(std::string_view cell) {
    if (is_exponential(cell)) {
        return std::string(cell) +
               " is what a spreadsheet makes of a long number, its last digits are lost: " + std::string(as_text_mend);
    }
    constexpr std::array<std::string_view, 7> words = {"#REF!",   "#N/A",  "#VALUE!", "#NAME?",
                                                       "#DIV/0!", "#NUM!", "#NULL!"};
    if (std::ranges::find(words, cell) != words.end()) {
        return std::string(cell) + " is a spreadsheet's error in the place of a value: mend its formula";
    }
    if (cell.size() >= 2 && cell.find_first_not_of('#') == std::string_view::npos) {
        return std::string(cell) + " is a column too narrow for its value: widen it and export again";
    }
    return {};
}

std::optional<std::string> doubtful_date(std::string_view given) {
    const auto cell = fold_width(given);
    if ((cell.size() == 12 || cell.size() == 13) && all_digits(cell)) return epoch(cell);
    if (auto number = day_number(cell)) return number;
    const auto day = std::string_view(cell).substr(0, cell.find(' '));
    for (const char separator : {'/', '-', '.'}) {
        if (count_of(day, separator) != 2) continue;
        const auto first = day.substr(0, day.find(separator));
        if (all_digits(first) && first.size() <= 2) {
            return std::string(given) + " can be read as a date in more than one way: " + std::string(date_mend);
        }
        if (day.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != std::string_view::npos) {
            return std::string(given) + " is a date in a spreadsheet's own form: " + std::string(date_mend);
        }
    }
    const bool month_and_day = cell.find("月") != std::string::npos && cell.find("年") == std::string::npos;
    if (month_and_day) return std::string(given) + " has lost its year: " + std::string(date_mend);
    return {};
}

bool looks_rounded(std::string_view cell) {
    constexpr std::size_t kept = 15;
    return cell.size() > kept && all_digits(cell) && cell.substr(kept).find_first_not_of('0') == std::string_view::npos;
}

bool lost_zeros(std::string_view cell, std::string_view whole) {
    if (!all_digits(cell) || !all_digits(whole) || cell.size() >= whole.size() || !whole.ends_with(cell)) return false;
    return whole.substr(0, whole.size() - cell.size()).find_first_not_of('0') == std::string_view::npos;
}

}  // namespace elic
