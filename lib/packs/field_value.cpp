#include "packs/field_value.h"

#include "base/text.h"
#include "elic/license/citizen_id.h"
#include "elic/license/date_forms.h"
#include "elic/license/uscc.h"

namespace elic {

namespace {

constexpr std::size_t max_given_bytes = 64 << 10;  // the longest field a pack allows, 8,000 characters, fits twice

std::string until_text(const Validity& validity) {
    if (validity.form == ValidityForm::until) return validity.valid_until->format();
    return validity.form == ValidityForm::long_term ? "长期" : "";
}

std::string joined_holders(const Metadata& license, const std::string Holder::*member) {
    std::string text;
    for (const auto& holder : license.holders) text += (text.empty() ? "" : "、") + holder.*member;
    return text;
}

std::optional<CitizenId> first_citizen(const Metadata& license) {
    if (license.holders.empty() || !license.holders.front().code_type.is_citizen_id()) return {};
    auto id = CitizenId::parse(license.holders.front().code);
    return id ? std::optional(*id) : std::nullopt;
}

std::string field_text(const DerivationSource& source, int position) {
    const auto& label = source.pack.fields[static_cast<std::size_t>(position)].label;
    for (const auto& field : source.license.face) {
        if (field.label == label && field.carried == Carried::value) return field.text;
    }
    return {};
}

/// Digits, at most 18, no leading zero but 0 itself.
bool whole_digits(std::string_view text) {
    return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string_view::npos &&
           (text.size() == 1 || text[0] != '0');
}

bool decimal_text(std::string_view text, int scale) {
    if (scale == 0) return whole_digits(text);
    const auto point = text.find('.');
    if (point == std::string_view::npos) return false;
    const auto fraction = text.substr(point + 1);
    return whole_digits(text.substr(0, point)) && fraction.size() == static_cast<std::size_t>(scale) &&
           text.size() <= 19 && fraction.find_first_not_of("0123456789") == std::string_view::npos;
}

Result<std::string> normalise_amount(const FieldRule& field, std::string_view text) {
    auto number = fold_width(text);
    const auto unit = fold_width(field.unit);
    if (!unit.empty() && number.ends_with(unit)) number.resize(number.size() - unit.size());
    while (number.ends_with(' ')) number.pop_back();
    if (field.kind == FieldKind::decimal && field.scale > 0 && !number.ends_with('.')) {
        // 12865.4 and 12865 are the same amount as 12865.40: the face shows all places.
        auto point = number.find('.');
        if (point == std::string::npos) {
            point = number.size();
            number += '.';
        }
        while (number.size() - point - 1 < static_cast<std::size_t>(field.scale)) number += '0';
    }
    const bool fine = field.kind == FieldKind::whole ? whole_digits(number) : decimal_text(number, field.scale);
    if (!fine) {
        return fail(
            Errc::draft_refused,
            "a number" +
                (field.scale > 0 ? " with at most " + std::to_string(field.scale) + " decimal places" : std::string()) +
                (field.unit.empty() ? "" : " in " + field.unit) + " is expected");
    }
    return number + field.unit;
}

const CodeEntry* entry_of(const FieldRule& field, std::string_view text) {
    for (const auto& entry : field.codes) {
        if (entry.text == text) return &entry;
    }
    for (const auto& entry : field.codes) {
        if (!entry.code.empty() && entry.code == text) return &entry;
    }
    const auto folded = fold_width(text);
    for (const auto& entry : field.codes) {
        if (fold_width(entry.text) == folded) return &entry;
    }
    return nullptr;
}

Result<std::string> normalise_code(const FieldRule& field, const std::string& text) {
    if (const auto* entry = entry_of(field, text)) return entry->text;
    if (field.open) return text;
    std::string known;
    for (std::size_t i = 0; i < field.codes.size() && i < 12; ++i) known += (i != 0 ? ", " : "") + field.codes[i].text;
    return fail(Errc::draft_refused, "not one of: " + known + (field.codes.size() > 12 ? ", ..." : ""));
}

std::vector<std::string> split_items(const std::string& text, const std::string& separator) {
    std::vector<std::string> items;
    std::size_t start = 0;
    while (start < text.size()) {
        std::size_t end = separator.empty() ? std::string::npos : text.find(separator, start);
        std::size_t width = separator.size();
        // What people type for the pack's separator.
        for (const std::string_view other : {";", "；"}) {
            const auto at = text.find(other, start);
            if (at < end) {
                end = at;
                width = other.size();
            }
        }
        if (end == std::string::npos) end = text.size();
        if (end > start) items.push_back(text.substr(start, end - start));
        start = end + width;
    }
    return items;
}

Result<std::string> normalise_items(const FieldRule& field, const std::string& text) {
    std::string joined;
    if (field.kind == FieldKind::list) {
        for (const auto& item : split_items(text, field.separator))
            joined += (joined.empty() ? "" : field.separator) + item;
        return joined;
    }
    std::vector<bool> chosen(field.codes.size());
    for (const auto& item : split_items(text, field.separator)) {
        const auto* entry = entry_of(field, item);
        if (entry == nullptr) return normalise_code(field, item);  // its error
        chosen[static_cast<std::size_t>(entry - field.codes.data())] = true;
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i]) joined += (joined.empty() ? "" : field.separator) + field.codes[i].text;
    }
    return joined;
}

}  // namespace

std::string derive_field(const FieldRule& field, const DerivationSource& source) {
    const auto& license = source.license;
    switch (field.derive.kind) {
        case DerivationKind::none:
            return {};
        case DerivationKind::holder_names:
            return joined_holders(license, &Holder::name);
        case DerivationKind::holder_codes:
            return joined_holders(license, &Holder::code);
        case DerivationKind::citizen_sex: {
            const auto id = first_citizen(license);
            return id ? (id->male() ? "男" : "女") : "";
        }
        case DerivationKind::citizen_birth_date: {
            const auto id = first_citizen(license);
            return id ? id->birth_date().format() : "";
        }
        case DerivationKind::issued_on:
            return license.issued_on.format();
        case DerivationKind::valid_from:
            return license.validity.form == ValidityForm::none ? "" : license.validity.valid_from.format();
        case DerivationKind::valid_until:
            return until_text(license.validity);
        case DerivationKind::validity:
            return format(license.validity);
        case DerivationKind::issuer_name:
            return license.issuing_authority_name;
        case DerivationKind::issuer_code:
            return license.id.issuer().text();
        case DerivationKind::license_number:
            return license.number;
        case DerivationKind::license_name:
            return license.license_name;
        case DerivationKind::same_as_field:
            return field_text(source, field.derive.field);
        case DerivationKind::constant:
            return field.derive.constant;
    }
    return {};
}

Result<std::string> normalise_field(const FieldRule& field, std::string_view given) {
    if (given.size() > max_given_bytes) return fail(Errc::draft_refused, "the text is too long for any field");
    const auto text = to_nfc(given);
    switch (field.kind) {
        case FieldKind::date: {
            auto date = read_plain_date(text);
            if (!date) {
                // A date that derives from the validity may say 长期.
                auto any = field.derive.kind == DerivationKind::valid_until
                               ? read_date(text)
                               : Result<DateOrLongTerm>(tl::unexpected(date.error()));
                if (any && std::holds_alternative<LongTerm>(*any)) return std::string("长期");
                return fail(Errc::draft_refused, date.error().context);
            }
            return date->format();
        }
        case FieldKind::code:
            return normalise_code(field, text);
        case FieldKind::codes:
        case FieldKind::list:
            return normalise_items(field, text);
        case FieldKind::whole:
        case FieldKind::decimal:
            return normalise_amount(field, text);
        case FieldKind::uscc: {
            auto code = Uscc::parse(fold_width(text));
            if (!code) return fail(Errc::draft_refused, code.error().context);
            return code->text();
        }
        case FieldKind::citizen_id: {
            auto code = CitizenId::parse(fold_width(text));
            if (!code) return fail(Errc::draft_refused, code.error().context);
            return code->text();
        }
        case FieldKind::text:
        case FieldKind::image:
            break;
    }
    return text;
}

std::string code_of(const FieldRule& field, std::string_view text) {
    const auto* entry = entry_of(field, text);
    return entry != nullptr ? entry->code : std::string();
}

}  // namespace elic
