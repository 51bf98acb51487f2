#include "elic/license/exchange_row.h"

#include <catch2/catch.hpp>

using namespace elic;

namespace {

ExchangeRow a_row() {
    ExchangeRow row;
    for (std::size_t i = 0; i < exchange_column_count; ++i) row.cells[i] = "x";
    row[ExchangeColumn::operation] = "I";
    row[ExchangeColumn::time] = "2026-11-26 10:00:00";
    row[ExchangeColumn::state] = "valid";
    return row;
}

std::string faults(const ExchangeRow& row) {
    std::string text;
    for (const auto& fault : check_exchange_row(row)) {
        CHECK_FALSE(fault.mend.empty());
        text += (text.empty() ? "" : ", ") + fault.field + " " + fault.rule;
    }
    return text;
}

}  // namespace

TEST_CASE("A whole exchange row has no fault") { CHECK(faults(a_row()).empty()); }

TEST_CASE("Every required cell is asked for, and a removal needs its key and time only") {
    const auto columns = exchange_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto row = a_row();
        row.cells[i].clear();
        CHECK(faults(row) == (columns[i].required ? std::string(columns[i].name) + " required" : ""));
    }
    ExchangeRow removal;
    removal[ExchangeColumn::operation] = "D";
    CHECK(faults(removal) == "certificate_source_id required, issue_dept_code required, cd_time required");
}

TEST_CASE("Cells are held to their lengths, counted in characters") {
    const auto columns = exchange_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].longest < 64) continue;
        auto row = a_row();
        row.cells[i].clear();
        for (std::size_t n = 0; n < columns[i].longest; ++n) row.cells[i] += "证";
        CHECK(faults(row).empty());
        row.cells[i] += "证";
        CHECK(faults(row) == std::string(columns[i].name) + " length");
    }
}

TEST_CASE("Operation, time, state and characters that hide are checked") {
    const auto with = [](ExchangeColumn column, const char* text) {
        auto row = a_row();
        row[column] = text;
        return faults(row);
    };
    CHECK(with(ExchangeColumn::operation, "X") == "cd_operation operation");
    CHECK(with(ExchangeColumn::operation, "i") == "cd_operation operation");
    for (const char* time : {"2026-11-26", "2026-11-26T10:00:00", "2026-02-30 10:00:00", "2026-11-26 24:00:00",
                             "2026-11-26 10:60:00", "2026-11-26 10:00:6x", "2026-11-26 1a:00:00"}) {
        CHECK(with(ExchangeColumn::time, time) == "cd_time time");
    }
    CHECK(with(ExchangeColumn::state, "dead") == "certificate_state value");
    CHECK(with(ExchangeColumn::holder,
               "a\xE2\x80\x8B"
               "b") == "certificate_holder text");
    CHECK(with(ExchangeColumn::holder, "\xFF") == "certificate_holder text");
}

TEST_CASE("A cell of several codes is split at the commas") {
    CHECK(split_cell("").empty());
    CHECK(split_cell("a") == std::vector<std::string>{"a"});
    CHECK(split_cell("a,b,,c,") == std::vector<std::string>{"a", "b", "c"});
}
