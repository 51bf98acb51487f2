#include "codec/csv.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace elic;
using namespace std::string_literals;

namespace {

using Cells = std::vector<std::string>;

/// A reader of a text that comes `step` bytes at a time.
CsvReader reader_of(std::string text, std::size_t step = 1 << 20, std::optional<CsvEncoding> encoding = {}) {
    auto at = std::make_shared<std::size_t>(0);
    return CsvReader(
        [text = std::move(text), at, step](std::span<char> to) -> Result<std::size_t> {
            const auto count = std::min({to.size(), step, text.size() - *at});
            std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(*at), count, to.begin());
            *at += count;
            return count;
        },
        encoding);
}

std::vector<CsvRecord> all(CsvReader reader) {
    std::vector<CsvRecord> records;
    for (;;) {
        auto record = reader.next();
        if (!record) FAIL(record.error().context);
        if (!*record) return records;
        records.push_back(**record);
    }
}

Error error_of(std::string text, std::optional<CsvEncoding> encoding = {}) {
    auto reader = reader_of(std::move(text), 1 << 20, encoding);
    for (;;) {
        auto record = reader.next();
        if (!record) return record.error();
        REQUIRE(*record);
    }
}

}  // namespace

TEST_CASE("CsvReader reads quoted cells, line breaks in them, both line ends, and the row that a spreadsheet shows") {
    const std::string text = "a,b\r\n\r\n\"x,1\",\"say \"\"no\"\"\"\n\"one\r\ntwo\",\n,";
    for (const std::size_t step : {1, 2, 3, 1000}) {
        const auto records = all(reader_of(text, step));
        REQUIRE(records.size() == 4);
        CHECK(records[0].cells == Cells{"a", "b"});
        CHECK(records[1].cells == Cells{"x,1", "say \"no\""});
        CHECK(records[1].number == 3);
        CHECK(records[2].cells == Cells{"one\ntwo", ""});
        CHECK(records[2].line == 4);
        CHECK(records[2].text == "\"one\r\ntwo\",");
        CHECK(records[3].cells == Cells{"", ""});
        CHECK(records[3].line == 6);
    }
}

TEST_CASE("CsvReader finds out the encoding") {
    const std::string utf8 = "姓名,号\n张样例,1\n";
    CHECK(all(reader_of(utf8))[1].cells[0] == "张样例");
    CHECK(all(reader_of("\xEF\xBB\xBF" + utf8))[0].cells[0] == "姓名");
    const std::string gb = "\xD0\xD5\xC3\xFB,\xBA\xC5\n\xD5\xC5\xD1\xF9\xC0\xFD,1\n";  // the same in GB18030
    CHECK(all(reader_of(gb))[1].cells == Cells{"张样例", "1"});
    CHECK(all(reader_of(gb, 1))[0].cells == Cells{"姓名", "号"});
    // ASCII for longer than a block, Chinese only then.
    std::string late = "name,n\n";
    while (late.size() < (200 << 10)) late += "abcdefgh,1\n";
    CHECK(all(reader_of(late + "\xD5\xC5,1\n")).back().cells[0] == "张");
    CHECK(all(reader_of(late + "张,1\n")).back().cells[0] == "张");
}

TEST_CASE("CsvReader does not guess an encoding where two fit, and says so where none does") {
    const std::string both = "\xC4\xBF\xC2\xBC,1\n";  // GB18030: 目录; UTF-8: a letter and a fraction
    CHECK_THAT(error_of(both).context, Catch::Contains("--encoding"));
    CHECK(all(reader_of(both, 1 << 20, CsvEncoding::gb18030))[0].cells[0] == "目录");
    CHECK_THAT(error_of("a\n\xFF\xFF\n").context, Catch::Contains("neither"));
    CHECK_THAT(error_of(std::string("\xFF\xFE") + "a\0"s).context, Catch::Contains("UTF-16"));
}

TEST_CASE("A row that is no text in the file's encoding is that row's fault alone") {
    const auto records = all(reader_of("姓名\n张\n\xD5\xC5\n李\n"));
    REQUIRE(records.size() == 4);
    CHECK(records[2].fault == "UTF-8");
    CHECK(records[2].cells.empty());
    CHECK(records[3].cells == Cells{"李"});
}

TEST_CASE("CsvReader refuses what is no table") {
    CHECK_THAT(error_of("a\n\"x\n").context, Catch::Contains("line 2") && Catch::Contains("never closed"));
    CHECK_THAT(error_of("a\nx\"y\n").context, Catch::Contains("line 2"));
    CHECK_THAT(error_of("a\n\"x\"y\n").context, Catch::Contains("comma"));
    CHECK_THAT(error_of("a\rb\r").context, Catch::Contains("carriage return"));
    CHECK_THAT(error_of("a\nx\0y\n"s).context, Catch::Contains("byte 0"));
    CHECK(error_of("a\n" + std::string(2 << 20, 'x')).code == Errc::limit_exceeded);
    CHECK(error_of("a\n\"" + std::string(2 << 20, 'x')).code == Errc::limit_exceeded);
    CHECK(error_of(std::string(5000, ',')).code == Errc::limit_exceeded);
}

TEST_CASE("csv_cell quotes what needs it") {
    CHECK(csv_cell("a") == "a");
    CHECK(csv_cell("a,\"b\"\n") == "\"a,\"\"b\"\"\n\"");
}
