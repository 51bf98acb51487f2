#include "elic/license/date_forms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/decimal.h"
#include "base/text.h"
#include "elic/base/timestamp.h"
#include "license/characters.h"

namespace elic {

namespace {

constexpr std::size_t longest_date = 64;  // bytes, blanks around included
constexpr std::string_view blanks = " \t\r\n";
constexpr std::array<std::string_view, 4> long_term_words = {"long-term", "长期", "永久", "长期有效"};

/// A day as it was written; whether it exists is seen later, because 9999-12-31 is no day of ours but means no end.
struct WrittenDay {
    int year, month, day;
};

std::optional<WrittenDay> from_parts(std::string_view year, std::string_view month, std::string_view day) {
    if (year.size() != 4 || month.size() > 2 || day.size() > 2) return std::nullopt;
    const auto y = read_decimal(year);
    const auto m = read_decimal(month);
    const auto d = read_decimal(day);
    if (!y || !m || !d) return std::nullopt;
    return WrittenDay{*y, *m, *d};
}

/// year FIRST month SECOND day TAIL.
std::optional<WrittenDay> separated(std::string_view text, std::string_view first, std::string_view second,
                                    std::string_view tail) {
    if (!text.ends_with(tail)) return std::nullopt;
    text.remove_suffix(tail.size());
    const auto a = text.find(first);
    if (a == std::string_view::npos) return std::nullopt;
    const auto after = text.substr(a + first.size());
    const auto b = after.find(second);
    if (b == std::string_view::npos) return std::nullopt;
    return from_parts(text.substr(0, a), after.substr(0, b), after.substr(b + second.size()));
}

bool below(std::string_view two_digits, int end) {
    const auto number = two_digits.size() == 2 ? read_decimal(two_digits) : std::nullopt;
    return number && *number < end;
}

/// "HH:mm:ss".
bool clock_time(std::string_view text) {
    return text.size() == 8 && text[2] == ':' && text[5] == ':' && below(text.substr(0, 2), 24) &&
           below(text.substr(3, 2), 60) && below(text.substr(6, 2), 60);
}

std::optional<WrittenDay> all_digits(std::string_view text) {
    if (text.size() == 14) {
        const bool time =
            below(text.substr(8, 2), 24) && below(text.substr(10, 2), 60) && below(text.substr(12, 2), 60);
        if (!time) return std::nullopt;
        text = text.substr(0, 8);
    }
    if (text.size() == 8) return from_parts(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    if (text.size() != 13) return std::nullopt;
    std::int64_t milliseconds = 0;
    for (const char c : text) milliseconds = milliseconds * 10 + (c - '0');
    const auto instant = Timestamp::from_unix(milliseconds / 1000);
    if (!instant) return std::nullopt;
    const Date day = instant->day();
    return WrittenDay{day.year(), day.month(), day.day()};
}

std::optional<WrittenDay> written_day(std::string_view text) {
    if (const auto blank = text.find(' '); blank != std::string_view::npos && clock_time(text.substr(blank + 1))) {
        text = text.substr(0, blank);
    }
    if (made_of(text, decimal_digits)) return all_digits(text);
    for (const std::string_view separator : {"-", "/", "."}) {
        if (auto day = separated(text, separator, separator, "")) return day;
    }
    return separated(text, "年", "月", "日");
}

std::string folded(std::string_view text) {
    auto narrow = fold_width(text);
    const auto begin = narrow.find_first_not_of(blanks);
    if (begin == std::string::npos) return {};
    return narrow.substr(begin, narrow.find_last_not_of(blanks) - begin + 1);
}

}  // namespace

Result<DateOrLongTerm> read_date(std::string_view given) {
    const auto refused = [&] {
        return fail(Errc::malformed_value, quote_for_error(given) +
                                               " is no date: write YYYY-MM-DD (YYYYMMDD, YYYY/M/D and YYYY年M月D日 are "
                                               "read too), or long-term / 长期");
    };
    if (given.size() > longest_date) return refused();
    const auto text = folded(given);
    if (std::ranges::find(long_term_words, text) != long_term_words.end()) return DateOrLongTerm(LongTerm{});
    const auto written = written_day(text);
    if (!written) return refused();
    if (written->year == 9999 && written->month == 12 && (written->day == 30 || written->day == 31)) {
        return DateOrLongTerm(LongTerm{});
    }
    const auto date = Date::from_ymd(written->year, written->month, written->day);
    if (!date) return refused();
    return DateOrLongTerm(*date);
}

Result<Date> read_plain_date(std::string_view text) {
    const auto date = read_date(text);
    if (!date) return tl::unexpected(date.error());
    if (const auto* day = std::get_if<Date>(&*date)) return *day;
    return fail(Errc::malformed_value, quote_for_error(text) + " means no end; a date is needed here");
}

}  // namespace elic
