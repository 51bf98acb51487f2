#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace elic {

// What spreadsheets make of data, recognised by its form. Nothing is repaired: what was lost cannot be known. Each
// gives one sentence, what was read and how it is mended, or none.

/// Digits lost to 4.30E+17; "#REF!", "#####" and other words of a spreadsheet in the place of a value.
std::optional<std::string> spreadsheet_damage(std::string_view cell);

/// Where a date is expected: a day number (45296), day and month in an order that cannot be known (5/1/2024), a year of
/// two digits, no year; and epoch milliseconds of a midnight in the summers 1986-1991, when clocks in China were an
/// hour ahead: read in +08:00 they fall on the day before.
std::optional<std::string> doubtful_date(std::string_view cell);

/// A number of 16 digits or more that ends in zeros from the 16th on: Excel keeps 15 digits.
bool looks_rounded(std::string_view cell);

/// Only digits, and `whole` is it with zeros before it.
bool lost_zeros(std::string_view cell, std::string_view whole);

}  // namespace elic
