#include "elic/base/date.h"

#include <catch2/catch.hpp>

#include "base/civil_day.h"

using namespace elic;

TEST_CASE("Date counts every day from 1900 to 2199 once and in order") {
    std::int64_t expected = -36524;  // 100 years of 365 days and the 24 leap days of 1904..1996
    std::size_t wrong = 0;
    for (int year = 1900; year <= 2199; ++year) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; ++month) {
            for (int day = 1; day <= lengths[month - 1]; ++day, ++expected) {
                const auto date = Date::from_ymd(year, month, day);
                const auto again = Date::from_days(expected);
                const bool right = date && again && *date == *again && date->days_since_2000() == expected &&
                                   again->year() == year && again->month() == month && again->day() == day;
                wrong += right ? 0 : 1;
            }
            if (Date::from_ymd(year, month, lengths[month - 1] + 1)) ++wrong;
        }
    }
    CHECK(wrong == 0);
    CHECK(expected == 73049);  // 2200-01-01
}

TEST_CASE("Date refuses days that do not exist or lie outside 1900..2199") {
    CHECK_FALSE(Date::from_ymd(1900, 2, 29));
    CHECK_FALSE(Date::from_ymd(2100, 2, 29));
    CHECK_FALSE(Date::from_ymd(2023, 4, 31));
    CHECK_FALSE(Date::from_ymd(2023, 0, 1));
    CHECK_FALSE(Date::from_ymd(2023, 13, 1));
    CHECK_FALSE(Date::from_ymd(2023, 1, 0));
    CHECK_FALSE(Date::from_ymd(2023, 1, -1));
    CHECK_FALSE(Date::from_ymd(1899, 12, 31));
    CHECK_FALSE(Date::from_ymd(2200, 1, 1));
    CHECK_FALSE(Date::from_days(-36525));
    CHECK_FALSE(Date::from_days(73049));
    CHECK_FALSE(Date::from_days(INT64_MAX));
    CHECK_FALSE(Date::from_days(INT64_MIN));
    CHECK(Date::from_days(-36525).error().code == Errc::malformed_value);
    CHECK(Date::from_ymd(2000, 2, 29));
}

TEST_CASE("Date parses strict YYYY-MM-DD and formats the same") {
    const auto date = Date::parse("2024-02-29");
    REQUIRE(date);
    CHECK(date->format() == "2024-02-29");
    CHECK(*Date::parse("1900-01-01") < *Date::parse("2199-12-31"));
    for (const char* text :
         {"", "2024-2-29", "2024-02-30", "2024/02/29", "20240229", " 2024-02-29", "2024-02-29 ", "2024-02-2x",
          "+024-02-29", "-024-02-29", "2024-+2-29", "２０２４-02-29", "2024-02-29T00", "0000-01-01", "9999-12-31"}) {
        INFO(text);
        const auto refused = Date::parse(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::malformed_value);
    }
}

TEST_CASE("Date errors escape and cut the text they quote") {
    const auto refused = Date::parse("\x1b[31m" + std::string(1000, 'x'));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().context.find('\x1b') == std::string::npos);
    CHECK(refused.error().context.size() < 200);
}
