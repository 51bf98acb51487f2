#include "elic/license/date_forms.h"

#include <array>

#include "base/text.h"
#include "elic/base/timestamp.h"

namespace elic {

namespace {

constexpr std::array<std::string_view, 7> long_term_words = {"long-term",  "长期",       "永久",    "长期有效",
                                                             "9999-12-30", "9999-12-31", "99991231"};

bool digits_only(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

int number(std::string_view digits) {
    int n = 0;
    for (char c : digits) n = n * 10 + (c - '0');
    return n;
}

Result<Date> from_parts(std::string_view year, std::string_view month, std::string_view day) {
    if (year.size() != 4 || !digits_only(year) || month.size() > 2 || !digits_only(month) || day.size() > 2 ||
        !digits_only(day)) {
        return fail(Errc::malformed_value, "");
    }
    return Date::from_ymd(number(year), number(month), number(day));
}

/// year SEPARATOR month SEPARATOR day, then `tail` exactly.
Result<Date> separated(std::string_view text, std::string_view first, std::string_view second, std::string_view tail) {
    const auto a = text.find(first);
    if (a == std::string_view::npos) return fail(Errc::malformed_value, "");
    const auto b = text.find(second, a + first.size());
    if (b == std::string_view::npos || !text.ends_with(tail)) return fail(Errc::malformed_value, "");
    const auto month = text.substr(a + first.size(), b - a - first.size());
    const auto begin = b + second.size();
    if (begin + tail.size() > text.size()) return fail(Errc::malformed_value, "");
    return from_parts(text.substr(0, a), month, text.substr(begin, text.size() - begin - tail.size()));
}

bool clock_time(std::string_view text) {
    return text.size() == 8 && text[2] == ':' && text[5] == ':' && digits_only(text.substr(0, 2)) &&
           digits_only(text.substr(3, 2)) && digits_only(text.substr(6, 2)) && number(text.substr(0, 2)) < 24 &&
           number(text.substr(3, 2)) < 60 && number(text.substr(6, 2)) < 60;
}

Result<Date> all_digits(std::string_view text) {
    if (text.size() == 8) return from_parts(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    if (text.size() == 14 && number(text.substr(8, 2)) < 24 && number(text.substr(10, 2)) < 60 &&
        number(text.substr(12, 2)) < 60) {
        return from_parts(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    }
    if (text.size() == 13) {
        std::int64_t milliseconds = 0;
        for (char c : text) milliseconds = milliseconds * 10 + (c - '0');
        auto instant = Timestamp::from_unix(milliseconds / 1000);
        if (instant) return instant->day();
    }
    return fail(Errc::malformed_value, "");
}

std::string trimmed_fold(std::string_view text) {
    auto folded = fold_width(text);
    const auto begin = folded.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return folded.substr(begin, folded.find_last_not_of(" \t\r\n") - begin + 1);
}

}  // namespace

Result<DateOrLongTerm> read_date(std::string_view given) {
    const auto text = trimmed_fold(given);
    for (auto word : long_term_words) {
        if (text == word) return DateOrLongTerm(LongTerm{});
    }
    std::string_view day = text;
    const auto blank = day.find(' ');
    if (blank != std::string_view::npos && clock_time(day.substr(blank + 1))) day = day.substr(0, blank);
    if (digits_only(day)) {
        if (auto date = all_digits(day)) return DateOrLongTerm(*date);
    } else {
        for (std::string_view separator : {"-", "/", "."}) {
            if (auto date = separated(day, separator, separator, "")) return DateOrLongTerm(*date);
        }
        if (auto date = separated(day, "年", "月", "日")) return DateOrLongTerm(*date);
    }
    return fail(
        Errc::malformed_value,
        "'" + escape_for_output(given) +
            "' is no date: write YYYY-MM-DD (YYYYMMDD, YYYY/M/D and YYYY年M月D日 are read too), or long-term / 长期");
}

Result<Date> read_plain_date(std::string_view text) {
    auto date = read_date(text);
    if (!date) return tl::unexpected(date.error());
    if (const auto* day = std::get_if<Date>(&*date)) return *day;
    return fail(Errc::malformed_value, "'" + escape_for_output(text) + "' means no end; a date is needed here");
}

}  // namespace elic
