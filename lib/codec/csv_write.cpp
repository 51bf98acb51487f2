#include "codec/csv_write.h"

#include <algorithm>

namespace elic {

namespace {

/// Plain numbers of so many digits come out of a spreadsheet as they went in.
constexpr std::size_t safe_digits = 11;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "2026-03-01": turned into a date, which is shown in the reader's manner and stays that day.
bool is_day(std::string_view text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7 ? text[i] != '-' : !is_digit(text[i])) return false;
    }
    return true;
}

/// True when a spreadsheet would make another value of the text.
bool reads_as_number(std::string_view text) {
    if (text.empty() || !(is_digit(text.front()) || text.front() == '.')) return false;
    const bool digits = std::all_of(text.begin(), text.end(), is_digit);
    if (digits) return text.size() > safe_digits || (text.size() > 1 && text.front() == '0');
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || std::string_view(".,-+/:eE% ").find(c) != std::string_view::npos;
    });
}

bool begins_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r\n'").find(text.front()) != std::string_view::npos;
}

}  // namespace

std::string spreadsheet_cell(std::string_view text) {
    const bool guarded = begins_formula(text) || (reads_as_number(text) && !is_day(text));
    return (guarded ? "'" : "") + std::string(text);
}

std::string_view from_spreadsheet_cell(std::string_view cell) noexcept {
    if (cell.empty() || cell.front() != '\'') return cell;
    const auto inner = cell.substr(1);
    return begins_formula(inner) || (reads_as_number(inner) && !is_day(inner)) ? inner : cell;
}

std::string csv_line(std::span<const std::string> cells) {
    std::string line;
    bool first = true;
    for (const auto& text : cells) {
        if (!first) line += ',';
        first = false;
        const auto cell = spreadsheet_cell(text);
        if (cell.find_first_of(",\"\r\n") == cell.npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

}  // namespace elic
