#include "base/decimal.h"
#include "elic/base/date.h"
#include "elic/license/area_code.h"
#include "elic/license/license_id.h"
#include "elic/license/uscc.h"
#include "license/characters.h"
#include "license/diagnosis_parts.h"

// Codes of other families, by form alone: none of them has a check that is known but the organisation codes inside.

namespace elic {

namespace {

constexpr std::string_view pre_standard_root = "1.2.156.3003.2";
constexpr std::string_view legal_document_root = "1.2.156.3005.6";
constexpr std::size_t legal_document_length = 31;
constexpr std::size_t time_length = 17;  // yyyyMMddHHmmssSSS
constexpr std::size_t shortest_authorization = 20;
constexpr std::size_t longest_authorization = 64;

/// `root`, then the end or a separator: not a longer number.
bool has_root(std::string_view text, std::string_view root) {
    return text.starts_with(root) &&
           (text.size() == root.size() || !made_of(text.substr(root.size(), 1), digits_and_upper));
}

bool begins_with_time(std::string_view text) {
    if (text.size() < time_length || !made_of(text.substr(0, time_length), decimal_digits)) return false;
    const auto number = [&](std::size_t at, std::size_t count) { return *read_decimal(text.substr(at, count)); };
    return text.starts_with("20") && Date::from_ymd(number(0, 4), number(4, 2), number(6, 2)) && number(8, 2) < 24 &&
           number(10, 2) < 60 && number(12, 2) < 60;
}

Diagnosis diagnose_legal_document(std::string_view text) {
    auto d = diagnosis_of(CodeKind::legal_document_id, Rule::root_legal_document);
    const auto content =
        text.size() > legal_document_root.size() ? text.substr(legal_document_root.size() + 1) : std::string_view();
    if (content.size() != legal_document_length) {
        add_remark(d, Rule::legal_document_length, {std::to_string(content.size())});
    }
    d.parts = {{"root", std::string(legal_document_root)}, {"document", std::string(content)}};
    return d;
}

/// Parts are joined with "." or "-". One implementation checks the root's digits too, another leaves them out: the
/// same, for after 1215630032 MOD 37,36 stands where it began.
Diagnosis diagnose_pre_standard(std::string_view text) {
    Diagnosis d{
        .kind = CodeKind::legacy_license_id, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    const auto rest =
        text.size() > pre_standard_root.size() ? text.substr(pre_standard_root.size() + 1) : std::string_view();
    d.parts = {{"root", std::string(pre_standard_root)}, {"content", std::string(rest)}};
    std::string joined(rest);
    std::erase_if(joined, [](char c) { return c == '.' || c == '-'; });
    if (joined.size() >= 2 && made_of(joined, digits_and_upper)) {
        const char check = joined.back();
        joined.pop_back();
        const char expected = mod_37_36_check(joined);
        if (check == expected) {
            add_remark(d, Rule::check_holds, {std::string(1, check)});
        } else {
            add_remark(d, Rule::check_unsettled, {std::string(1, check), std::string(1, expected)});
        }
    }
    add_remark(d, Rule::root_pre_standard);
    return d;
}

/// Issuer code type (2), issuer code, holder code type (2), holder code, version "V1", serial (8); no root.
bool resembles_2016_form(std::string_view text) {
    constexpr std::size_t shortest = 2 + 9 + 2 + 9 + 2 + 8;
    constexpr std::size_t longest = 2 + 18 + 2 + 32 + 2 + 8;
    if (text.size() < shortest || text.size() > longest || !made_of(text, digits_and_upper)) return false;
    const auto version = text.substr(text.size() - 10, 2);
    return made_of(text.substr(0, 2), decimal_digits) && version[0] == 'V' &&
           made_of(version.substr(1), decimal_digits);
}

Diagnosis diagnose_authorization(std::string_view text) {
    auto d = diagnosis_of(CodeKind::authorization_code, Rule::form_authorization);
    const auto bar = text.find('_');
    d.parts = {
        {"time", std::string(text.substr(0, time_length))},
        {"code", std::string(text.substr(time_length, bar == std::string_view::npos ? bar : bar - time_length))}};
    if (bar != std::string_view::npos) d.parts.emplace_back("license code", std::string(text.substr(bar + 1)));
    return d;
}

bool resembles_authorization(std::string_view text) {
    const auto bar = text.find('_');
    const auto code = text.substr(0, bar);
    if (code.size() < shortest_authorization || code.size() > longest_authorization || !begins_with_time(code))
        return false;
    return made_of(code, digits_and_upper) &&
           (bar == std::string_view::npos || resembles_license_app_code(text.substr(bar + 1)));
}

std::optional<Diagnosis> diagnose_catalogue_code(std::string_view text) {
    if (text.size() != 24 || !made_of(text, digits_and_upper) || !made_of(text.substr(0, 9), decimal_digits) ||
        organisation_check_character(text.substr(9, 8)) != text[17] || !AreaCode::parse(text.substr(18))) {
        return std::nullopt;
    }
    auto d = diagnosis_of(CodeKind::unknown, Rule::form_catalogue_code);
    d.parts = {{"basic code", std::string(text.substr(0, 9))},
               {"organisation", std::string(text.substr(9, 9))},
               {"area", std::string(text.substr(18))}};
    return d;
}

}  // namespace

std::optional<Diagnosis> diagnose_other_family(std::string_view text) {
    if (has_root(text, legal_document_root)) return diagnose_legal_document(text);
    if (has_root(text, pre_standard_root)) return diagnose_pre_standard(text);
    if (resembles_authorization(text)) return diagnose_authorization(text);
    if (auto catalogue = diagnose_catalogue_code(text)) return catalogue;
    if (text.size() == 31 && made_of(text, digits_and_upper) && Uscc::parse(text.substr(0, 18))) {
        auto d = diagnosis_of(CodeKind::unknown, Rule::form_service_item);
        d.parts = {{"body", std::string(text.substr(0, 18))}, {"item", std::string(text.substr(18))}};
        return d;
    }
    if (resembles_2016_form(text)) return diagnosis_of(CodeKind::legacy_license_id, Rule::form_2016);
    return std::nullopt;
}

}  // namespace elic
