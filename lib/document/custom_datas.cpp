#include "document/custom_datas.h"

#include <algorithm>
#include <set>

#include "base/hex.h"

namespace elic {

namespace {

constexpr const char* between_holders = "^";  // GB/T 36903: several holders in one value

template <class Value>
std::string each_holder(const Metadata& license, Value value) {
    std::string text;
    for (const auto& holder : license.holders) {
        if (&holder != &license.holders.front()) text += between_holders;
        text += value(holder);
    }
    return text;
}

std::string until_text(const Validity& validity) {
    if (validity.form == ValidityForm::until) return validity.valid_until->format();
    return validity.form == ValidityForm::long_term ? "长期" : "";
}

std::string value_of(const Metadata& license, std::string_view element) {
    if (element == "name") return license.license_name;
    if (element == "type") return license.id.type().text();
    if (element == "number") return license.number;
    if (element == "id") return license.id.text();
    if (element == "issuing_authority_name") return license.issuing_authority_name;
    if (element == "issuing_authority_code") return license.id.issuer().text();
    if (element == "issued_on") return license.issued_on.format();
    if (element == "holder_name") return each_holder(license, [](const Holder& h) { return h.name; });
    if (element == "holder_code") return each_holder(license, [](const Holder& h) { return h.code; });
    if (element == "holder_code_type_name")
        return each_holder(license, [](const Holder& h) { return std::string(h.code_type.name()); });
    if (element == "holder_code_type") return each_holder(license, [](const Holder& h) { return h.code_type.text(); });
    if (element == "valid_from") return license.validity.valid_from.format();
    if (element == "valid_until") return until_text(license.validity);
    return {};
}

std::string fonts_text(const Drawing& drawing) {
    std::string text;
    for (const auto& font : drawing.fonts) {
        if (!text.empty()) text += ", ";
        text += font.source + " " + to_hex(font.digest);
    }
    return text;
}

std::string_view element_of(DerivationKind kind) {
    switch (kind) {
        case DerivationKind::holder_names:
            return "holder_name";
        case DerivationKind::holder_codes:
            return "holder_code";
        case DerivationKind::issued_on:
            return "issued_on";
        case DerivationKind::valid_from:
            return "valid_from";
        case DerivationKind::valid_until:
            return "valid_until";
        case DerivationKind::issuer_name:
            return "issuing_authority_name";
        case DerivationKind::issuer_code:
            return "issuing_authority_code";
        case DerivationKind::license_number:
            return "number";
        case DerivationKind::license_name:
            return "name";
        default:
            return {};
    }
}

bool is_metadata_word(const std::string& key) {
    return std::ranges::any_of(wire_names(),
                               [&](const WireName& name) { return key == name.element || key == name.english; });
}

}  // namespace

std::vector<std::pair<std::string, std::string>> custom_datas(const DocumentPlan& plan) {
    std::vector<std::pair<std::string, std::string>> datas;
    for (const auto& name : wire_names()) {
        auto value = value_of(plan.license, name.element);
        if (*name.initials != '\0' && !value.empty()) datas.emplace_back(name.initials, std::move(value));
    }
    datas.emplace_back(custom_payload, plan.payload);
    datas.emplace_back(custom_layout, std::to_string(plan.layout_version) + " " + to_hex(plan.layout_digest));
    datas.emplace_back(custom_drawing, plan.drawing.version);
    datas.emplace_back(custom_fonts, fonts_text(plan.drawing));
    if (plan.test) datas.emplace_back(custom_test, "1");
    return datas;
}

std::vector<std::pair<std::string, std::string>> tagged_items(const TypePack& pack) {
    std::vector<std::pair<std::string, std::string>> items;
    std::set<std::string> keys;
    const auto add = [&](const std::string& key, const std::string& shows) {
        if (!key.empty() && keys.insert(key).second) items.emplace_back(key, shows);
    };
    for (const auto& name : wire_names()) {
        std::string shows = std::string("@") + name.element;
        for (const auto& field : pack.fields) {
            if (field.on_face && element_of(field.derive.kind) == name.element) {
                shows = field.label;
                break;
            }
        }
        add(name.initials, shows);
    }
    for (const auto& field : pack.fields) {
        // A key that is a word for a metadata element ("name" of a person) would be read as that.
        const auto key = std::ranges::find_if_not(field.keys, is_metadata_word);
        if (field.on_face && key != field.keys.end()) add(*key, field.label);
    }
    return items;
}

}  // namespace elic
