#pragma once

#include <span>
#include <string>
#include <string_view>

namespace elic {

/// A line of CSV (RFC 4180: commas, CRLF, quotes doubled) that a spreadsheet shows as it is meant: a cell gets an
/// apostrophe in front when it begins with = + - @, a tab, a line break or an apostrophe (what follows would be taken
/// for a formula, or the apostrophe for ours), or when it reads as a number or date and is not exactly what a
/// spreadsheet would keep (18 digits, leading zeros, 4E5, 1/2). Dates as 2026-03-01 and plain numbers of up to 11
/// digits are left. `from_spreadsheet_cell` takes the apostrophe away again.
std::string csv_line(std::span<const std::string> cells);

/// The cell as csv_line writes it, before it is quoted.
std::string spreadsheet_cell(std::string_view text);

/// What spreadsheet_cell was given.
std::string_view from_spreadsheet_cell(std::string_view cell) noexcept;

/// What a CSV file for spreadsheets begins with: without it they take UTF-8 for GB18030.
inline constexpr std::string_view csv_mark = "\xEF\xBB\xBF";

}  // namespace elic
