#include "license/spreadsheet_forms.h"

#include <catch2/catch.hpp>

using namespace elic;

TEST_CASE("Numbers in powers of ten, errors and narrow columns of a spreadsheet are recognised") {
    for (const auto* cell : {"4.30E+17", "4.30199E+17", "1E+20", "-2.5E-03", "4.3e+17"}) {
        INFO(cell);
        CHECK(spreadsheet_damage(cell));
    }
    for (const auto* cell : {"#REF!", "#N/A", "########"}) CHECK(spreadsheet_damage(cell));
    for (const auto* cell : {"", "#", "#1", "430199198502280019", "3E5", "E+5", "1.2.3E+4", "4.30E+", "湘A1E+5"}) {
        INFO(cell);
        CHECK_FALSE(spreadsheet_damage(cell));
    }
}

TEST_CASE("Day numbers are named with the day they probably are") {
    CHECK_THAT(*doubtful_date("45296"), Catch::Contains("2024-01-05"));
    CHECK_THAT(*doubtful_date("36526"), Catch::Contains("2000-01-01"));
    CHECK_THAT(*doubtful_date("45296.5"), Catch::Contains("2024-01-05"));
    CHECK_FALSE(doubtful_date("4529"));
    CHECK_FALSE(doubtful_date("20240105"));
}

TEST_CASE("Dates that can be read in two ways or have lost their year are doubtful, the usual ones are not") {
    for (const auto* cell : {"1/5/2024", "5/1/24", "24-1-5", "5.1.2024", "5-Jan-24", "1月5日"}) {
        INFO(cell);
        CHECK(doubtful_date(cell));
    }
    for (const auto* cell : {"2024/1/5", "2024-01-05", "2024年1月5日", "2024/1/5 0:00:00", "长期", "9999-12-31", ""}) {
        INFO(cell);
        CHECK_FALSE(doubtful_date(cell));
    }
}

TEST_CASE("Midnights of the summers 1986-1991 in epoch milliseconds are doubtful, of other days not") {
    // 1988-06-15 00:00 in Chinese daylight saving time, UTC+9: 1988-06-14 15:00 UTC.
    CHECK_THAT(*doubtful_date("582303600000"), Catch::Contains("1988-06-15") && Catch::Contains("1988-06-14"));
    // 1983-06-20 00:00 had no summer time, nor has 1988-06-15 00:00 in +08:00: only named.
    CHECK_THAT(*doubtful_date("424886400000"), Catch::Contains("1983-06-20") && !Catch::Contains("summer"));
    CHECK_THAT(*doubtful_date("582307200000"), Catch::Contains("1988-06-15") && !Catch::Contains("summer"));
    CHECK_FALSE(doubtful_date("202401051230"));  // a day and a time
    CHECK_FALSE(doubtful_date("1704384000000"));
}

TEST_CASE("Rounded numbers and lost zeros are seen by their form") {
    CHECK(looks_rounded("430199198502280000"));
    CHECK_FALSE(looks_rounded("430199198502280019"));
    CHECK_FALSE(looks_rounded("100000000000000"));
    CHECK(lost_zeros("1", "001"));
    CHECK_FALSE(lost_zeros("1", "101"));
    CHECK_FALSE(lost_zeros("01", "01"));
    CHECK_FALSE(lost_zeros("A", "0A"));
}
