#include "elic/license/exchange_row.h"

#include "base/text.h"
#include "elic/base/date.h"
#include "elic/license/license_state.h"

namespace elic {

namespace {

// The front database of the national share platform ("dn_lic_*"); lengths where they were seen. One system's names:
// where a platform differs, they are corrected here and nowhere else.
constexpr std::array<WireColumn, exchange_column_count> exchange_table = {{
    {"certificate_source_id", 128, true},
    {"certificate_name", 512, true},
    {"certificate_type", 256, false},
    {"certificate_type_code", 64, true},
    {"issue_dept", 512, false},
    {"issue_dept_code", 64, true},
    {"certificate_area_code", 32, false},
    {"certificate_holder", 512, true},
    {"certificate_holder_code", 512, true},
    {"certificate_holder_type", 512, false},
    {"certificate_number", 128, false},
    {"issue_date", 32, false},
    {"cd_operation", 1, true},
    {"cd_time", 32, true},
    {"cd_batch", 64, false},
    {"certificate_state", 32, false},  // ours
}};

// GB/T 36902-2018, as two programs spell it.
constexpr std::array<WireColumn, 10> catalogue_table = {{
    {"CertificateTypeName", 0, true},
    {"CertificateTypeCode", 0, true},
    {"CertificateDefineAuthorityName", 0, true},
    {"CertificateDefineAuthorityCode", 0, true},
    {"CertificateDefineAuthorityLevel", 0, true},
    {"RelatedItemName", 0, false},
    {"RelatedItemCode", 0, false},
    {"CertificateHolderCategory", 0, true},
    {"ValidityRange", 0, true},
    {"CertificateIssuingAuthorityLevel", 0, true},
}};

bool two_digits(std::string_view text, std::size_t at, int most) {
    if (text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9') return false;
    return (text[at] - '0') * 10 + (text[at + 1] - '0') <= most;
}

/// "2026-11-26 10:00:00": compared as text when rows are put in order, so there is one form.
bool is_time(std::string_view text) {
    return text.size() == 19 && Date::parse(text.substr(0, 10)) && text[10] == ' ' && two_digits(text, 11, 23) &&
           text[13] == ':' && two_digits(text, 14, 59) && text[16] == ':' && two_digits(text, 17, 59);
}

/// A row that takes a license away says which one and when, and need not say more.
bool needed_to_remove(ExchangeColumn column) {
    return column == ExchangeColumn::source_id || column == ExchangeColumn::issue_dept_code ||
           column == ExchangeColumn::operation || column == ExchangeColumn::time;
}

}  // namespace

std::span<const WireColumn> exchange_columns() noexcept { return exchange_table; }
std::span<const WireColumn> catalogue_columns() noexcept { return catalogue_table; }

std::vector<std::string> split_cell(std::string_view cell) {
    std::vector<std::string> parts;
    while (!cell.empty()) {
        const auto end = cell.find(exchange_separator);
        if (end != 0) parts.emplace_back(cell.substr(0, end));
        if (end == cell.npos) break;
        cell.remove_prefix(end + 1);
    }
    return parts;
}

std::vector<RowFault> check_exchange_row(const ExchangeRow& row) {
    std::vector<RowFault> faults;
    const auto& operation = row[ExchangeColumn::operation];
    for (std::size_t i = 0; i < exchange_column_count; ++i) {
        const auto& rule = exchange_table[i];
        const auto& cell = row.cells[i];
        const bool required = rule.required && (operation != "D" || needed_to_remove(static_cast<ExchangeColumn>(i)));
        if (cell.empty()) {
            if (required) faults.push_back({rule.name, "required", "give it: the row cannot be taken without"});
        } else if (auto fault = find_text_fault(cell)) {
            faults.push_back({rule.name, "text", describe(*fault) + ": take it out"});
        } else if (count_characters(cell) > rule.longest) {
            faults.push_back({rule.name, "length", "at most " + std::to_string(rule.longest) + " characters"});
        }
    }
    if (!operation.empty() && operation != "I" && operation != "U" && operation != "D") {
        faults.push_back({exchange_table[static_cast<std::size_t>(ExchangeColumn::operation)].name, "operation",
                          "I (new), U (changed) or D (taken away) is expected"});
    }
    if (const auto& time = row[ExchangeColumn::time]; !time.empty() && !is_time(time)) {
        faults.push_back({exchange_table[static_cast<std::size_t>(ExchangeColumn::time)].name, "time",
                          "a time as 2026-11-26 10:00:00 is expected"});
    }
    if (const auto& state = row[ExchangeColumn::state]; !state.empty() && !license_state_named(state)) {
        faults.push_back({exchange_table[static_cast<std::size_t>(ExchangeColumn::state)].name, "value",
                          "valid, suspended, lapsed, cancelled, withdrawn, revoked, transferred-out or replaced is "
                          "expected, or nothing"});
    }
    return faults;
}

}  // namespace elic
