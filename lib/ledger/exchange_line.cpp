#include "base/text.h"
#include "codec/json.h"
#include "elic/ledger/exchange_view.h"

namespace elic {

namespace {

constexpr std::size_t flat = 3;  // an object, with an object in the end mark

/// The place of a name among the columns.
std::optional<std::size_t> column_named(std::string_view name) {
    const auto columns = exchange_columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return i;
    }
    return {};
}

RowFault fault_of(std::string_view field, std::string rule, std::string mend) {
    constexpr std::size_t longest = 60;
    return {escape_for_output(field.substr(0, longest)), std::move(rule), std::move(mend)};
}

}  // namespace

ExchangeLine read_exchange_line(std::string_view line) {
    ExchangeLine reading;
    auto json = read_json(line, max_exchange_line, flat);
    if (!json) {
        reading.faults.push_back({"", "json", json.error().context});
        return reading;
    }
    if (!json->is_object()) {
        reading.faults.push_back({"", "json", "an object is expected, with a text for each column"});
        return reading;
    }
    if (json->size() == 1 && json->contains("go_on")) {
        reading.end_mark = true;
        return reading;
    }
    ExchangeRow row;
    for (const auto& [name, value] : json->items()) {
        const auto column = column_named(name);
        if (!column) {
            reading.faults.push_back(fault_of(name, "unknown", "no column of the exchange table: take it out"));
        } else if (value.is_string()) {
            row.cells[*column] = value.get<std::string>();
        } else if (!value.is_null()) {
            reading.faults.push_back(
                fault_of(name, "text", "a text is expected: numbers lose their zeros and last digits"));
        }
    }
    auto found = check_exchange_row(row);
    reading.faults.insert(reading.faults.end(), found.begin(), found.end());
    if (reading.faults.empty()) reading.row = std::move(row);
    return reading;
}

std::string shown_state(const ExchangeRow& row) {
    const auto& state = row[ExchangeColumn::state];
    if (!state.empty()) return state;
    return row[ExchangeColumn::operation] == "D" ? "removed" : "listed";
}

}  // namespace elic
