#include "packs/read_field_rules.h"

#include <set>

#include "packs/check_field_rule.h"
#include "packs/named_choice.h"

namespace elic {

namespace {

constexpr int max_fields_carried = 24;
constexpr std::size_t max_fields = 100;
constexpr std::size_t max_codes = 1000;
constexpr int max_scale = 9;
constexpr int max_length = 8000;         // characters of one field
constexpr int default_max_length = 500;  // docs/format/type-pack.md, Fields

Result<std::vector<CodeEntry>> read_codes(JsonObject& object) {
    std::vector<CodeEntry> entries;
    const Json* list = object.member("codes");
    if (list == nullptr) return entries;
    if (!list->is_array() || list->empty())
        return fail(Errc::malformed_pack, object.place() + ".codes: a list of entries is expected");
    if (list->size() > max_codes)
        return fail(Errc::limit_exceeded, object.place() + ".codes: more than " + std::to_string(max_codes));
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto item = JsonObject::open((*list)[i], object.place() + ".codes[" + std::to_string(i) + "]");
        if (!item) return tl::unexpected(item.error());
        auto code = item->text_or("code", "");
        auto text = item->text("text");
        if (!code) return tl::unexpected(code.error());
        if (!text) return tl::unexpected(text.error());
        if (auto done = item->finish(); !done) return tl::unexpected(done.error());
        entries.push_back({.code = *code, .text = *text});
    }
    return entries;
}

Result<Derivation> read_derivation(const std::string& place, const std::string& text,
                                   const std::vector<FieldRule>& before) {
    using Kind = DerivationKind;
    if (text.empty()) return Derivation{};
    if (text.starts_with("constant:") && text.size() > 9)
        return Derivation{.kind = Kind::constant, .field = 0, .constant = text.substr(9)};
    if (text.starts_with("field:")) {
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (before[i].label == text.substr(6))
                return Derivation{.kind = Kind::same_as_field, .field = static_cast<int>(i), .constant = {}};
        }
        return fail(Errc::malformed_pack,
                    place + ".derive: no earlier field is called '" + escape_for_output(text.substr(6)) + "'");
    }
    auto kind = named_choice<Kind>(place + ".derive", text,
                                   {{"holder.names", Kind::holder_names},
                                    {"holder.codes", Kind::holder_codes},
                                    {"holder.sex", Kind::citizen_sex},
                                    {"holder.birth_date", Kind::citizen_birth_date},
                                    {"issued_on", Kind::issued_on},
                                    {"valid_from", Kind::valid_from},
                                    {"valid_until", Kind::valid_until},
                                    {"validity", Kind::validity},
                                    {"issuer.name", Kind::issuer_name},
                                    {"issuer.code", Kind::issuer_code},
                                    {"number", Kind::license_number},
                                    {"name", Kind::license_name}});
    if (!kind) return tl::unexpected(kind.error());
    return Derivation{.kind = *kind, .field = 0, .constant = {}};
}

/// A number of the pack within its range, or the default. Errors: malformed_pack with the range.
Result<int> number_within(JsonObject& object, const std::string& name, int least, int most, int otherwise) {
    if (!object.has(name)) return otherwise;
    const auto number = object.integer(name);
    if (!number) return tl::unexpected(number.error());
    if (*number < least || *number > most) {
        return fail(Errc::malformed_pack, object.place() + "." + name + ": " + std::to_string(least) + " to " +
                                              std::to_string(most) + " is expected");
    }
    return static_cast<int>(*number);
}

/// What the field is called, where it stands in the code and what it holds.
Status read_meaning(JsonObject& object, FieldRule& rule) {
    auto number = number_within(object, "n", 1, max_fields_carried, 0);
    auto label = object.text("label");
    auto labels = object.texts("labels");
    auto keys = object.texts("keys");
    auto kind = object.text("kind");
    auto codes = read_codes(object);
    auto open = object.boolean_or("open", false);
    if (!number) return tl::unexpected(number.error());
    if (!label) return tl::unexpected(label.error());
    if (!labels) return tl::unexpected(labels.error());
    if (!keys) return tl::unexpected(keys.error());
    if (!kind) return tl::unexpected(kind.error());
    if (!codes) return tl::unexpected(codes.error());
    if (!open) return tl::unexpected(open.error());
    auto known = named_choice<FieldKind>(object.place() + ".kind", *kind,
                                         {{"text", FieldKind::text},
                                          {"code", FieldKind::code},
                                          {"codes", FieldKind::codes},
                                          {"date", FieldKind::date},
                                          {"whole", FieldKind::whole},
                                          {"decimal", FieldKind::decimal},
                                          {"uscc", FieldKind::uscc},
                                          {"citizen-id", FieldKind::citizen_id},
                                          {"list", FieldKind::list},
                                          {"image", FieldKind::image}});
    if (!known) return tl::unexpected(known.error());
    rule.number = *number;
    rule.label = std::move(*label);
    rule.other_labels = std::move(*labels);
    rule.keys = std::move(*keys);
    rule.kind = *known;
    rule.codes = std::move(*codes);
    rule.open = *open;
    return {};
}

/// How its text is written.
Status read_form(JsonObject& object, FieldRule& rule) {
    const bool separated = object.has("separator");
    auto scale = number_within(object, "scale", 0, max_scale, 0);
    auto unit = object.text_or("unit", "");
    auto separator = object.text_or("separator", "");
    auto max = number_within(object, "max", 1, max_length, default_max_length);
    if (!scale) return tl::unexpected(scale.error());
    if (!unit) return tl::unexpected(unit.error());
    if (!separator) return tl::unexpected(separator.error());
    if (!max) return tl::unexpected(max.error());
    if (separated && (separator->empty() || (rule.kind != FieldKind::list && rule.kind != FieldKind::codes)))
        return fail(Errc::malformed_pack, object.place() + ".separator: a text, for the kinds list and codes");
    rule.scale = *scale;
    rule.unit = std::move(*unit);
    rule.separator = separated ? *separator : rule.kind == FieldKind::codes ? "、" : "；";
    rule.max_length = static_cast<std::size_t>(*max);
    return {};
}

/// Who must give it, where it shows, and how it travels.
Status read_use(JsonObject& object, FieldRule& rule, const std::vector<FieldRule>& before) {
    const bool derives = object.has("derive");
    auto required = object.text("required");
    auto on_face = object.boolean_or("on_face", true);
    auto carried = object.text_or("carried", "value");
    auto derive = object.text_or("derive", "");
    auto compare = object.boolean_or("compare", false);
    auto sensitivity = number_within(object, "sensitivity", 0, 3, 0);
    for (const auto* text : {&required, &carried, &derive}) {
        if (!*text) return tl::unexpected(text->error());
    }
    if (!on_face) return tl::unexpected(on_face.error());
    if (!compare) return tl::unexpected(compare.error());
    if (!sensitivity) return tl::unexpected(sensitivity.error());
    if (derives && derive->empty())
        return fail(Errc::malformed_pack, object.place() + ".derive: it names something, or is left out");
    auto requirement = named_choice<Requirement>(
        object.place() + ".required", *required,
        {{"R", Requirement::required}, {"C", Requirement::conditional}, {"O", Requirement::optional}});
    auto how = named_choice<Carried>(object.place() + ".carried", *carried,
                                     {{"value", Carried::value},
                                      {"masked", Carried::masked},
                                      {"digest", Carried::digest},
                                      {"absent", Carried::absent}});
    auto derivation = read_derivation(object.place(), *derive, before);
    if (!requirement) return tl::unexpected(requirement.error());
    if (!how) return tl::unexpected(how.error());
    if (!derivation) return tl::unexpected(derivation.error());
    rule.required = *requirement;
    rule.on_face = *on_face;
    rule.carried = *how;
    rule.derive = std::move(*derivation);
    rule.compare = *compare;
    rule.sensitivity = *sensitivity;
    return {};
}

Result<FieldRule> read_field_rule(const Json& json, const std::string& place, const std::vector<FieldRule>& before) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    FieldRule rule;
    if (auto read = read_meaning(*object, rule); !read) return tl::unexpected(read.error());
    if (auto read = read_form(*object, rule); !read) return tl::unexpected(read.error());
    if (auto read = read_use(*object, rule, before); !read) return tl::unexpected(read.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    if (auto fine = check_field_rule(rule, place, before); !fine) return tl::unexpected(fine.error());
    return rule;
}

}  // namespace

Result<std::vector<FieldRule>> read_field_rules(const Json& json) {
    if (!json.is_array() || json.empty()) return fail(Errc::malformed_pack, "fields: a list is expected");
    if (json.size() > max_fields) return fail(Errc::limit_exceeded, "fields: more than " + std::to_string(max_fields));
    std::vector<FieldRule> fields;
    std::set<std::string> names;
    std::set<int> numbers;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const auto place = "fields[" + std::to_string(i) + "]";
        auto field = read_field_rule(json[i], place, fields);
        if (!field) return tl::unexpected(field.error());
        std::vector<std::string> own = {field->label};
        own.insert(own.end(), field->other_labels.begin(), field->other_labels.end());
        own.insert(own.end(), field->keys.begin(), field->keys.end());
        for (const auto& name : own) {
            if (name.empty() || !names.insert(name).second)
                return fail(Errc::malformed_pack,
                            place + ": the name '" + escape_for_output(name) + "' is empty or repeated");
        }
        if (field->number != 0 && !numbers.insert(field->number).second)
            return fail(Errc::malformed_pack, place + ": n is repeated");
        fields.push_back(std::move(*field));
    }
    return fields;
}

}  // namespace elic
