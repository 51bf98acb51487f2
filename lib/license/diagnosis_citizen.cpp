#include "elic/license/area_code.h"
#include "elic/license/citizen_id.h"
#include "license/characters.h"
#include "license/diagnosis_parts.h"

namespace elic {

namespace {

constexpr std::string_view checks = "0123456789X";

bool accepted(const std::string& text) { return CitizenId::parse(text).has_value(); }

/// '\0' when no check character makes it a citizen number: then the date of birth is wrong.
char expected_check(std::string_view seventeen) {
    for (const char c : checks) {
        if (accepted(std::string(seventeen) + c)) return c;
    }
    return '\0';
}

void remark_on_area(Diagnosis& d, std::string_view text) {
    // Residents of Hong Kong, Macao and Taiwan have 81, 82, 83 here (residence permits). Codes come and go: a remark
    // only.
    if (!AreaCode::parse(text.substr(0, 6)) || text.starts_with("00")) {
        add_remark(d, Rule::area_province, {std::string(text.substr(0, 6))});
    }
}

Diagnosis diagnose_fifteen(std::string_view text) {
    Diagnosis d{.kind = CodeKind::citizen_id, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    const auto seventeen = std::string(text.substr(0, 6)) + "19" + std::string(text.substr(6));
    add_remark(d, Rule::length_fifteen, {std::string(text.substr(6, 2))});
    if (const char check = expected_check(seventeen); check != '\0') {
        d.suggestion = seventeen + check;
    } else {
        add_remark(d, Rule::date_wrong, {seventeen.substr(6, 8)});
    }
    remark_on_area(d, text);
    return d;
}

}  // namespace

Diagnosis diagnose_citizen_id(std::string_view text) {
    if (text.size() == 15) return diagnose_fifteen(text);
    Diagnosis d{.kind = CodeKind::citizen_id, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    if (const auto id = CitizenId::parse(text)) {
        d.well_formed = true;
        d.parts = {{"area", std::string(id->area())},
                   {"birth date", id->birth_date().format()},
                   {"sex", id->male() ? "male" : "female"}};
        remark_on_area(d, text);
        return d;
    }
    const auto seventeen = text.substr(0, 17);
    if (!made_of(seventeen, decimal_digits) || checks.find(text[17]) == std::string_view::npos) {
        add_remark(d, Rule::characters_excluded, {positions_of(seventeen, decimal_digits, false)});
        auto mended = without_look_alikes(text);
        if (accepted(mended)) d.suggestion = std::move(mended);
        return d;
    }
    if (const char expected = expected_check(seventeen); expected != '\0') {
        add_remark(d, Rule::check_wrong, {std::string(1, text[17]), std::string(1, expected)});
    } else {
        add_remark(d, Rule::date_wrong, {std::string(text.substr(6, 8))});
    }
    remark_on_area(d, text);
    if (const auto exchange = only_exchange(text, accepted)) {
        d.suggestion = exchange->first;
        add_remark(d, Rule::characters_exchanged, {position(exchange->second), position(exchange->second + 1)});
    }
    return d;
}

}  // namespace elic
