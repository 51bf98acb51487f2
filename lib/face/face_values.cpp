#include "face/face_values.h"

namespace elic {

namespace {

constexpr std::string_view long_term = "长期";

std::string date_text(const Date& date, LayoutField::DateForm form) {
    if (form == LayoutField::DateForm::iso) return date.format();
    return std::to_string(date.year()) + "年" + std::to_string(date.month()) + "月" + std::to_string(date.day()) + "日";
}

std::string until_text(const Validity& validity, LayoutField::DateForm form) {
    if (validity.form == ValidityForm::until) return date_text(*validity.valid_until, form);
    return validity.form == ValidityForm::long_term ? std::string(long_term) : std::string();
}

template <class Part>
std::string joined(const std::vector<Holder>& holders, Part part) {
    std::string text;
    for (const auto& holder : holders) text += (text.empty() ? "" : "、") + std::string(part(holder));
    return text;
}

std::optional<std::string> element(const std::string& name, const Metadata& license, LayoutField::DateForm form) {
    if (name == "name") return license.license_name;
    if (name == "type") return license.id.type().text();
    if (name == "number") return license.number;
    if (name == "id") return license.id.text();
    if (name == "issuing_authority_name") return license.issuing_authority_name;
    if (name == "issuing_authority_code") return license.id.issuer().text();
    if (name == "issued_on") return date_text(license.issued_on, form);
    if (name == "valid_from") return date_text(license.validity.valid_from, form);
    if (name == "valid_until") return until_text(license.validity, form);
    if (name == "holder_name") return joined(license.holders, [](const Holder& h) { return h.name; });
    if (name == "holder_code") return joined(license.holders, [](const Holder& h) { return h.code; });
    return {};
}

}  // namespace

std::string text_of_field(const Metadata& license, const std::string& label) {
    for (const auto& field : license.face) {
        if (field.label == label) return field.text;
    }
    return {};
}

Result<std::string> value_shown(const LayoutField& field, const TypePack& pack, const Metadata& license) {
    if (field.shows.starts_with("@")) {
        auto text = element(field.shows.substr(1), license, field.date);
        if (!text) return fail(Errc::malformed_layout, field.shows + ": not an element of a license's metadata");
        return *text;
    }
    const auto* rule = pack.field_named(field.shows);
    if (rule == nullptr) return fail(Errc::malformed_layout, field.shows + ": the type pack has no such field");
    auto text = text_of_field(license, rule->label);
    if (rule->kind != FieldKind::date || text.empty()) return text;
    auto date = Date::parse(text);
    return date ? date_text(*date, field.date) : Result<std::string>(text);  // "长期"
}

}  // namespace elic
