#include "elic/license/date_forms.h"

#include <catch2/catch.hpp>

using namespace elic;

TEST_CASE("An end in the year 9999 means no end, however it is written") {
    for (const char* text : {"9999-12-31", "9999-12-30", "99991231", "99991230", "9999年12月31日", "9999/12/31",
                             "9999-12-31 23:59:59", "99991231235959", "长期有效", "　长期　"}) {
        INFO(text);
        REQUIRE(read_date(text));
        CHECK(std::holds_alternative<LongTerm>(*read_date(text)));
    }
    CHECK_FALSE(read_date("9999-12-29"));
    CHECK_FALSE(read_date("9998-12-31"));
}

TEST_CASE("Epoch milliseconds are a day in +08:00") {
    CHECK(read_plain_date("1767542399999")->format() == "2026-01-04");
    CHECK(read_plain_date("1767542400000")->format() == "2026-01-05");
    CHECK(read_plain_date("0946656000000")->format() == "2000-01-01");
    CHECK_FALSE(read_date("9999999999999"));
}

TEST_CASE("What is nearly a date is refused") {
    for (const char* text :
         {"2026-1",         "2026-01-",     "-01-05",     "2026--05",    "2026-01-05-",         "2026/01-05",
          "2026年1月5",     "1月5日",       "26-01-05",   "2026-001-05", "2026-01-05 24:00:00", "2026-01-05 9:30:00",
          "20260105246060", "202601050930", "2026-02-29", "1899-12-31",  "2200-01-01",          "+2026-01-05",
          "2026-0x-05",     "   ",          "\xFF\xFF"}) {
        INFO(text);
        REQUIRE_FALSE(read_date(text));
        CHECK(read_date(text).error().code == Errc::malformed_value);
    }
    CHECK_FALSE(read_date(std::string(1'000'000, '9')));
    CHECK(read_date(std::string(1'000'000, '9')).error().context.size() < 300);
}

TEST_CASE("A date that is needed cannot be long-term") {
    CHECK(read_plain_date("长期").error() ==
          Error{Errc::malformed_value, "'长期' means no end; a date is needed here"});
}
