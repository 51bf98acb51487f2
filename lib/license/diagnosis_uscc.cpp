#include <algorithm>

#include "base/decimal.h"
#include "elic/license/area_code.h"
#include "elic/license/license_type_code.h"
#include "elic/license/uscc.h"
#include "license/characters.h"
#include "license/diagnosis_parts.h"

namespace elic {

namespace {

constexpr std::string_view uscc_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// GB/T 2260, and 100000, which codes of central bodies carry.
bool known_area(std::string_view six) { return six == "100000" || AreaCode::parse(six).has_value(); }

bool organisation_holds(std::string_view nine) {
    return made_of(nine, digits_and_upper) && organisation_check_character(nine.substr(0, 8)) == nine[8];
}

bool both_checks_hold(const std::string& text) {
    const auto code = Uscc::parse(text);
    return code && code->organisation_check_holds();
}

void remark_on_organisation(Diagnosis& d, std::string_view text) {
    const char expected = organisation_check_character(text.substr(8, 8));
    if (expected == text[16]) return;
    add_remark(d, Rule::organisation_check, {std::string(1, text[16]), std::string(1, expected)});
}

void remark_on_area(Diagnosis& d, std::string_view text) {
    if (!known_area(text.substr(2, 6))) add_remark(d, Rule::area_province, {std::string(text.substr(2, 6))});
}

/// 18 characters of the alphabet with digits for the division code: the check character that GB 32100 wants.
char expected_check(std::string_view text) {
    std::string other(text);
    for (const char c : uscc_alphabet) {
        other.back() = c;
        if (Uscc::parse(other)) return c;
    }
    return '\0';
}

void diagnose_wrong_check(Diagnosis& d, std::string_view text) {
    add_remark(d, Rule::check_wrong, {std::string(1, text.back()), std::string(1, expected_check(text))});
    Diagnosis inner;
    remark_on_organisation(inner, text);
    for (const auto& where_to_look : inner.remarks) {
        d.remarks.back().zh += where_to_look.zh;
        d.remarks.back().en += " " + where_to_look.en;
    }
    remark_on_area(d, text);
    if (const auto exchange = only_exchange(text, both_checks_hold)) {
        d.suggestion = exchange->first;
        add_remark(d, Rule::characters_exchanged, {position(exchange->second), position(exchange->second + 1)});
    }
}

}  // namespace

bool resembles_uscc(std::string_view text) {
    const auto mended = without_look_alikes(text);
    const auto area = std::string_view(mended).substr(2, 6);
    const auto digits = std::ranges::count_if(area, [](char c) { return decimal_digits.find(c) != std::string::npos; });
    if (digits < 5) return false;  // one slip in the division code at most
    const bool province = area.starts_with("10") || AreaCode::parse(std::string(area.substr(0, 2)) + "0000");
    return province || organisation_holds(std::string_view(mended).substr(8, 9));
}

Diagnosis diagnose_uscc(std::string_view text) {
    Diagnosis d{.kind = CodeKind::uscc, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    if (Uscc::parse(text)) {
        d.well_formed = true;
        d.parts = {{"area", std::string(text.substr(2, 6))},
                   {"organisation", std::string(text.substr(8, 9))},
                   {"check", std::string(text.substr(17))}};
        remark_on_organisation(d, text);
        remark_on_area(d, text);
    } else if (text.find_first_of("IOSVZ") != std::string_view::npos) {
        add_remark(d, Rule::characters_excluded, {positions_of(text, "IOSVZ", true)});
        if (auto mended = without_look_alikes(text); both_checks_hold(mended)) d.suggestion = std::move(mended);
    } else if (!made_of(text, uscc_alphabet)) {
        add_remark(d, Rule::characters_foreign, {positions_of(text, uscc_alphabet, false)});
    } else if (!made_of(text.substr(2, 6), decimal_digits)) {
        add_remark(d, Rule::area_form);
        if (const auto exchange = only_exchange(text, both_checks_hold)) {
            d.suggestion = exchange->first;
            add_remark(d, Rule::characters_exchanged, {position(exchange->second), position(exchange->second + 1)});
        }
    } else {
        diagnose_wrong_check(d, text);
    }
    return d;
}

Diagnosis diagnose_organisation_code(std::string_view text) {
    Diagnosis d{
        .kind = CodeKind::organisation_code, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    const char expected = organisation_check_character(text.substr(0, 8));
    d.well_formed = text[8] == expected;
    if (d.well_formed) {
        d.parts = {{"organisation", std::string(text.substr(0, 8))}, {"check", std::string(text.substr(8))}};
        return d;
    }
    add_remark(d, Rule::check_wrong, {std::string(1, text[8]), std::string(1, expected)});
    return d;
}

std::optional<Diagnosis> diagnose_license_type_code(std::string_view text) {
    const auto body = text.substr(0, 18);
    const bool numbered = made_of(text.substr(18), decimal_digits);
    const bool right = LicenseTypeCode::parse(text).has_value();
    if (!right && !(numbered ? resembles_uscc(body) : Uscc::parse(body).has_value())) return std::nullopt;
    Diagnosis d{
        .kind = CodeKind::license_type_code, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    d.well_formed = right;
    if (right) d.parts = {{"defining authority", std::string(body)}, {"type", std::string(text.substr(18))}};
    if (!numbered) add_remark(d, Rule::type_form, {quote_for_error(text)});
    const auto of_body = diagnose_uscc(body);
    if (!of_body.well_formed) {
        add_remark(d, Rule::type_uscc, of_body.remarks.front());
        if (numbered && !of_body.suggestion.empty()) d.suggestion = of_body.suggestion + std::string(text.substr(18));
    }
    return d;
}

}  // namespace elic
