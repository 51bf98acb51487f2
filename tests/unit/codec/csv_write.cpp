#include "codec/csv_write.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace elic;

TEST_CASE("A cell that a spreadsheet would run or change gets an apostrophe, and comes back without") {
    for (const std::string text : {"=1+1",
                                   "+86 731",
                                   "-5",
                                   "@SUM(A1)",
                                   "\tx",
                                   "\rx",
                                   "\nx",
                                   "'quoted",
                                   "430199198502280019",
                                   "91430199000000000000",
                                   "001",
                                   "0",
                                   "4E17",
                                   "4.30E+17",
                                   "1/2",
                                   "3-1",
                                   "12:30",
                                   "1,5",
                                   "50%",
                                   ".5",
                                   "123456789012"}) {
        const bool plain = text == "0";
        CAPTURE(text);
        CHECK(spreadsheet_cell(text) == (plain ? text : "'" + text));
        CHECK(from_spreadsheet_cell(spreadsheet_cell(text)) == text);
    }
    for (const std::string text : {"", "张样例", "湘建安B(2026)9900001", "43019919850228001X", "2026-03-01",
                                   "12345678901", "long-term", "a=b", "it's", "91430199MA00EX038A"}) {
        CAPTURE(text);
        CHECK(spreadsheet_cell(text) == text);
        CHECK(from_spreadsheet_cell(text) == text);
    }
    CHECK(from_spreadsheet_cell("'tis") == "'tis");
    CHECK(from_spreadsheet_cell("'") == "'");
}

TEST_CASE("A line of CSV quotes what has commas, quotes and line breaks in it") {
    CHECK(csv_line(std::vector<std::string>{"a", "b,c", "say \"x\"", "", "two\nlines"}) ==
          "a,\"b,c\",\"say \"\"x\"\"\",,\"two\nlines\"\r\n");
    CHECK(csv_line(std::vector<std::string>{"=1,2"}) == "\"'=1,2\"\r\n");
}
