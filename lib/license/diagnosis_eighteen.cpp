#include "base/decimal.h"
#include "elic/license/area_code.h"
#include "elic/license/citizen_id.h"
#include "elic/license/uscc.h"
#include "license/characters.h"
#include "license/diagnosis_parts.h"

// Three kinds of code have 18 characters. Which one was meant, when none of them is right, goes by what a code of
// that kind always has: a division of a province in its place, a century, an inner check.

namespace elic {

namespace {

bool has_province(std::string_view text) { return !text.starts_with("00") && AreaCode::parse(text.substr(0, 6)); }

bool has_birth_date(std::string_view text) {
    const auto year = read_decimal(text.substr(6, 4));
    const auto month = read_decimal(text.substr(10, 2));
    const auto day = read_decimal(text.substr(12, 2));
    return year && month && day && Date::from_ymd(*year, *month, *day);
}

bool has_century(std::string_view text) {
    return text.substr(6, 2) == "18" || text.substr(6, 2) == "19" || text.substr(6, 2) == "20";
}

bool organisation_holds(std::string_view text) { return organisation_check_character(text.substr(8, 8)) == text[16]; }

/// 17 digits and a digit or X: the form of a citizen number, and of many a unified social credit code.
Diagnosis diagnose_digits(std::string_view text) {
    if (has_province(text) && has_birth_date(text)) return diagnose_citizen_id(text);
    auto uscc = diagnose_uscc(text);
    if (resembles_uscc(text) && organisation_holds(text)) return uscc;
    auto citizen = diagnose_citizen_id(text);
    if (!citizen.suggestion.empty()) return citizen;
    if (!uscc.suggestion.empty()) return uscc;
    if (has_province(text) && has_century(text)) return citizen;
    if (resembles_uscc(text)) return uscc;
    if (has_province(text)) return citizen;
    return diagnosis_of(CodeKind::unknown, Rule::form_unknown);
}

}  // namespace

bool resembles_license_app_code(std::string_view text) {
    return text.size() == 18 && made_of(text, digits_and_upper) && made_of(text.substr(0, 10), decimal_digits) &&
           has_province(text) && text.substr(6, 2) == "20";
}

Diagnosis diagnose_eighteen(std::string_view text) {
    const auto code = Uscc::parse(text);
    if (code && code->organisation_check_holds()) return diagnose_uscc(text);
    if (CitizenId::parse(text)) return diagnose_citizen_id(text);
    if (code) return diagnose_uscc(text);
    if (made_of(text.substr(0, 17), decimal_digits) && (text[17] == 'X' || made_of(text.substr(17), decimal_digits))) {
        return diagnose_digits(text);
    }
    if (CitizenId::parse(without_look_alikes(text))) return diagnose_citizen_id(text);
    auto uscc = diagnose_uscc(text);
    if (!uscc.suggestion.empty()) return uscc;
    if (resembles_license_app_code(text) && !organisation_holds(text)) {
        Diagnosis d = diagnosis_of(CodeKind::license_app_code, Rule::form_license_app);
        d.parts = {{"area", std::string(text.substr(0, 6))},
                   {"year", std::string(text.substr(6, 4))},
                   {"serial", std::string(text.substr(10))}};
        return d;
    }
    if (resembles_uscc(text)) return uscc;
    return diagnosis_of(CodeKind::unknown, Rule::form_unknown);
}

}  // namespace elic
