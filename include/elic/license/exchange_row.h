#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace elic {

/// A column of a table that systems exchange: its wire name, and what is asked of its cells.
struct WireColumn {
    const char* name;
    std::size_t longest;  ///< characters; 0: not limited here
    bool required;
};

/// The columns of the exchange table (归集 front database) of license instances, in its order.
enum class ExchangeColumn : std::uint8_t {
    source_id,  ///< the license identifier: the key of the row, together with issue_dept_code
    name,
    type,
    type_code,
    issue_dept,
    issue_dept_code,
    area_code,
    holder,
    holder_code,
    holder_type,
    number,
    issue_date,
    operation,  ///< I, U or D
    time,       ///< of the operation, +08:00: "2026-11-26 10:00:00"
    batch,
    state  ///< beyond the table, which has no state: suspended, and so on
};
inline constexpr std::size_t exchange_column_count = 16;

/// The wire names, lengths and obligations: the one table of them.
std::span<const WireColumn> exchange_columns() noexcept;

/// The wire names of a catalogue row (GB/T 36902), of a license type.
std::span<const WireColumn> catalogue_columns() noexcept;

/// One row of the exchange table, as text.
struct ExchangeRow {
    std::array<std::string, exchange_column_count> cells = {};

    std::string& operator[](ExchangeColumn column) { return cells[static_cast<std::size_t>(column)]; }
    const std::string& operator[](ExchangeColumn column) const { return cells[static_cast<std::size_t>(column)]; }
};

/// What is wrong with a row from outside.
struct RowFault {
    std::string field;  ///< wire name
    std::string rule;   ///< required, length, text, operation, time, value
    std::string mend;
};

/// Nothing when the row can be taken: what is required is there, nothing is too long or holds characters that hide,
/// the operation is I, U or D, the time reads. A D needs its key and its time only.
std::vector<RowFault> check_exchange_row(const ExchangeRow& row);

/// Several holders stand in one cell, joined by a comma.
inline constexpr char exchange_separator = ',';
std::vector<std::string> split_cell(std::string_view cell);

}  // namespace elic
