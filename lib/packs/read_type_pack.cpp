#include <algorithm>
#include <set>

#include "base/text.h"
#include "codec/json.h"
#include "elic/crypto/sm3.h"
#include "elic/packs/type_pack.h"
#include "packs/check_field_rule.h"
#include "packs/read_number_rule.h"

namespace elic {

namespace {

constexpr std::string_view format_name = "elic type pack 0";
constexpr int max_fields_carried = 24;
constexpr std::size_t max_fields = 100;
constexpr std::size_t max_codes = 1000;
constexpr int max_scale = 9;
constexpr int max_length = 8000;         // characters of one field
constexpr int default_max_length = 500;  // docs/format/type-pack.md, Fields
constexpr int max_holders = 8;
constexpr std::size_t max_pack_bytes = 1 << 20;

template <class T>
Result<T> one_of(const std::string& place, const std::string& text,
                 std::initializer_list<std::pair<std::string_view, T>> table) {
    for (const auto& [name, value] : table) {
        if (text == name) return value;
    }
    return fail(Errc::malformed_pack, place + ": '" + escape_for_output(text) + "' is not known here");
}

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
    auto kind = one_of<Kind>(place + ".derive", text,
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

Result<FieldRule> read_field(const Json& json, const std::string& place, const std::vector<FieldRule>& before) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    FieldRule rule;
    auto number = object->integer_or("n", 0);
    auto label = object->text("label");
    auto labels = object->texts("labels");
    auto keys = object->texts("keys");
    auto kind_text = object->text("kind");
    auto codes = read_codes(*object);
    auto open = object->boolean_or("open", false);
    auto scale = object->integer_or("scale", 0);
    auto unit = object->text_or("unit", "");
    const bool numbered = object->has("n"), derives = object->has("derive"), separated = object->has("separator");
    auto separator = object->text_or("separator", "");
    auto max = object->integer_or("max", default_max_length);
    auto required = object->text("required");
    auto on_face = object->boolean_or("on_face", true);
    auto carried = object->text_or("carried", "value");
    auto derive = object->text_or("derive", "");
    auto compare = object->boolean_or("compare", false);
    auto sensitivity = object->integer_or("sensitivity", 0);
    for (const auto* text : {&label, &kind_text, &unit, &separator, &required, &carried, &derive}) {
        if (!*text) return tl::unexpected(text->error());
    }
    for (const auto* integer : {&number, &scale, &max, &sensitivity}) {
        if (!*integer) return tl::unexpected(integer->error());
    }
    for (const auto* boolean : {&open, &on_face, &compare}) {
        if (!*boolean) return tl::unexpected(boolean->error());
    }
    if (!labels) return tl::unexpected(labels.error());
    if (!keys) return tl::unexpected(keys.error());
    if (!codes) return tl::unexpected(codes.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto kind = one_of<FieldKind>(place + ".kind", *kind_text,
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
    auto requirement = one_of<Requirement>(
        place + ".required", *required,
        {{"R", Requirement::required}, {"C", Requirement::conditional}, {"O", Requirement::optional}});
    auto how = one_of<Carried>(place + ".carried", *carried,
                               {{"value", Carried::value},
                                {"masked", Carried::masked},
                                {"digest", Carried::digest},
                                {"absent", Carried::absent}});
    auto derivation = read_derivation(place, *derive, before);
    if (!kind) return tl::unexpected(kind.error());
    if (!requirement) return tl::unexpected(requirement.error());
    if (!how) return tl::unexpected(how.error());
    if (!derivation) return tl::unexpected(derivation.error());
    if (*number < 0 || *number > max_fields_carried || *scale < 0 || *scale > max_scale || *max < 1 ||
        *max > max_length || *sensitivity < 0 || *sensitivity > 3) {
        return fail(Errc::malformed_pack, place + ": n is 1..24, scale 0..9, max 1..8000, sensitivity 0..3");
    }
    if ((numbered && *number == 0) || (derives && derive->empty()))
        return fail(Errc::malformed_pack, place + ": n is 1..24 and derive names something, or they are left out");
    if (separated && (separator->empty() || (*kind != FieldKind::list && *kind != FieldKind::codes)))
        return fail(Errc::malformed_pack, place + ".separator: a text, for the kinds list and codes");
    rule.number = static_cast<int>(*number);
    rule.label = *label;
    rule.other_labels = std::move(*labels);
    rule.keys = std::move(*keys);
    rule.kind = *kind;
    rule.codes = std::move(*codes);
    rule.open = *open;
    rule.scale = static_cast<int>(*scale);
    rule.unit = *unit;
    rule.separator = !separator->empty() ? *separator : *kind == FieldKind::codes ? "、" : "；";
    rule.max_length = static_cast<std::size_t>(*max);
    rule.required = *requirement;
    rule.on_face = *on_face;
    rule.carried = *how;
    rule.derive = std::move(*derivation);
    rule.compare = *compare;
    rule.sensitivity = static_cast<int>(*sensitivity);
    if (auto fine = check_field_rule(rule, place, before); !fine) return tl::unexpected(fine.error());
    return rule;
}

Result<std::vector<FieldRule>> read_fields(const Json& json) {
    if (!json.is_array() || json.empty()) return fail(Errc::malformed_pack, "fields: a list is expected");
    if (json.size() > max_fields) return fail(Errc::limit_exceeded, "fields: more than " + std::to_string(max_fields));
    std::vector<FieldRule> fields;
    std::set<std::string> names;
    std::set<int> numbers;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const auto place = "fields[" + std::to_string(i) + "]";
        auto field = read_field(json[i], place, fields);
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

Result<HolderRule> read_holders(const Json& json) {
    auto object = JsonObject::open(json, "holders");
    if (!object) return tl::unexpected(object.error());
    if (!object->has("code_types")) return fail(Errc::malformed_pack, "holders.code_types: is missing");
    auto min = object->integer("min");
    auto max = object->integer("max");
    auto types = object->texts("code_types");
    auto carried = object->text("carried");
    if (!min) return tl::unexpected(min.error());
    if (!max) return tl::unexpected(max.error());
    if (!types) return tl::unexpected(types.error());
    if (!carried) return tl::unexpected(carried.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    if (*min < 1 || *max < *min || *max > max_holders)
        return fail(Errc::malformed_pack, "holders: 1 <= min <= max <= 8");
    std::set<std::string> seen;
    for (const auto& type : *types) {
        if (!HolderCodeType::parse(type) || !seen.insert(type).second)
            return fail(Errc::malformed_pack,
                        "holders.code_types: '" + escape_for_output(type) + "' is no holder code type, or repeated");
    }
    auto how = one_of<Carried>("holders.carried", *carried, {{"value", Carried::value}, {"masked", Carried::masked}});
    if (!how) return tl::unexpected(how.error());
    return HolderRule{
        .min = static_cast<int>(*min), .max = static_cast<int>(*max), .code_types = std::move(*types), .carried = *how};
}

Result<ValidityRule> read_validity(const Json& json) {
    auto object = JsonObject::open(json, "validity");
    if (!object) return tl::unexpected(object.error());
    auto allowed = object->texts("allowed");
    auto years = object->integer_or("years", 0);
    if (!allowed) return tl::unexpected(allowed.error());
    if (!years) return tl::unexpected(years.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    ValidityRule rule{.years = static_cast<int>(*years)};
    for (const auto& form : *allowed) {
        bool* flag = form == "until"       ? &rule.until
                     : form == "long-term" ? &rule.long_term
                     : form == "none"      ? &rule.none
                                           : nullptr;
        if (flag == nullptr || *flag)
            return fail(Errc::malformed_pack, "validity.allowed: until, long-term and none, each once");
        *flag = true;
    }
    if (allowed->empty() || *years < 0 || *years > 100)
        return fail(Errc::malformed_pack, "validity: some form is allowed, years is 0..100");
    return rule;
}

Result<std::vector<StateRule>> read_states(const Json* json) {
    std::vector<StateRule> states;
    if (json == nullptr) return states;
    if (!json->is_array()) return fail(Errc::malformed_pack, "states: a list is expected");
    std::set<std::string> texts, codes;
    constexpr std::string_view neutral[] = {"valid",   "suspended",       "lapsed",   "cancelled", "withdrawn",
                                            "revoked", "transferred-out", "replaced", "other"};
    for (std::size_t i = 0; i < json->size(); ++i) {
        auto object = JsonObject::open((*json)[i], "states[" + std::to_string(i) + "]");
        if (!object) return tl::unexpected(object.error());
        auto code = object->text_or("code", "");
        auto text = object->text("text");
        auto state = object->text("state");
        if (!code) return tl::unexpected(code.error());
        if (!text) return tl::unexpected(text.error());
        if (!state) return tl::unexpected(state.error());
        if (auto done = object->finish(); !done) return tl::unexpected(done.error());
        if (text->empty() || !texts.insert(*text).second || (!code->empty() && !codes.insert(*code).second))
            return fail(Errc::malformed_pack, object->place() + ": the text is empty, or text or code is repeated");
        if (std::find(std::begin(neutral), std::end(neutral), *state) == std::end(neutral)) {
            return fail(Errc::malformed_pack, object->place() + ".state: not one of the neutral states");
        }
        states.push_back({.code = *code, .text = *text, .state = *state});
    }
    return states;
}

/// Every text of a pack may come to stand on a face: none may hold what is refused there.
Status check_texts(const Json& json, const std::string& place) {
    if (json.is_string()) {
        auto clean = check_text(json.get_ref<const std::string&>());
        return clean ? Status() : fail(Errc::malformed_pack, place + ": " + clean.error().context);
    }
    if (!json.is_structured()) return {};
    std::size_t position = 0;
    for (const auto& [key, value] : json.items()) {
        const auto step = json.is_array() ? "[" + std::to_string(position++) + "]"
                                          : (place.empty() ? "" : ".") + escape_for_output(key);
        if (auto clean = check_texts(value, place + step); !clean) return clean;
    }
    return {};
}

bool holds_holder_code(const NumberRule& rule) {
    for (const auto& pattern : rule.patterns) {
        for (const auto& part : pattern) {
            if (part.kind == NumberPart::Kind::holder_code) return true;
        }
    }
    return false;
}

Result<TypePack> read_pack(const Json& json) {
    auto object = JsonObject::open(json, "pack");
    if (!object) return tl::unexpected(object.error());
    if (auto clean = check_texts(json, ""); !clean) return tl::unexpected(clean.error());
    if (!object->has("sources")) return fail(Errc::malformed_pack, "pack.sources: is missing");
    auto said = object->text("format");
    if (!said) return tl::unexpected(said.error());
    if (*said != format_name) return fail(Errc::newer_format, "format '" + escape_for_output(*said) + "' is not known");
    auto code = object->text("code");
    auto version = object->integer("version");
    auto provisional = object->boolean_or("provisional", false);
    auto name = object->text("name");
    auto name_en = object->text_or("name_en", "");
    auto title = object->text_or("face_title", "");
    auto authority = object->text("defining_authority");
    auto standard = object->text_or("standard", "");
    auto sources = object->texts("sources");
    auto words = object->integer("words");
    auto holders_json = object->required("holders");
    auto validity_json = object->required("validity");
    auto fields_json = object->required("fields");
    const Json* number_json = object->member("number");
    auto states = read_states(object->member("states"));
    for (const auto* text : {&code, &name, &name_en, &title, &authority, &standard}) {
        if (!*text) return tl::unexpected(text->error());
    }
    for (const auto* member : {&holders_json, &validity_json, &fields_json}) {
        if (!*member) return tl::unexpected(member->error());
    }
    if (!version) return tl::unexpected(version.error());
    if (!provisional) return tl::unexpected(provisional.error());
    if (!sources) return tl::unexpected(sources.error());
    if (!words) return tl::unexpected(words.error());
    if (!states) return tl::unexpected(states.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto type = LicenseTypeCode::parse(*code);
    if (!type) return fail_in("code", type.error());
    if (type->provisional() != *provisional)
        return fail(Errc::malformed_pack, "provisional: true exactly for codes that end in 9nn");
    if (*version < 1 || *version > 999 || *words != 1)
        return fail(Errc::malformed_pack, "version is 1..999, words is 1");
    auto fields = read_fields(**fields_json);
    auto holders = read_holders(**holders_json);
    auto validity = read_validity(**validity_json);
    if (!fields) return tl::unexpected(fields.error());
    if (!holders) return tl::unexpected(holders.error());
    if (!validity) return tl::unexpected(validity.error());
    auto number = read_number_rule(number_json, *fields);
    if (!number) return tl::unexpected(number.error());
    if (name->empty() || authority->empty())
        return fail(Errc::malformed_pack, "pack.name, pack.defining_authority: a text is expected");
    if (holders->carried == Carried::masked && holds_holder_code(*number))
        return fail(Errc::malformed_pack,
                    "number: a holder_code part would lay open the holder's code, which is masked");
    return TypePack{.code = *type,
                    .version = static_cast<int>(*version),
                    .provisional = *provisional,
                    .name = *name,
                    .name_en = *name_en,
                    .face_title = *title,
                    .defining_authority = *authority,
                    .standard = *standard,
                    .sources = std::move(*sources),
                    .words = static_cast<int>(*words),
                    .holders = std::move(*holders),
                    .validity = *validity,
                    .number = std::move(*number),
                    .fields = std::move(*fields),
                    .states = std::move(*states)};
}

}  // namespace

Result<TypePack> read_type_pack(BytesView file) {
    auto json = read_json(as_text(file), max_pack_bytes);
    if (!json)
        return fail(json.error().code == Errc::limit_exceeded ? Errc::limit_exceeded : Errc::malformed_pack,
                    json.error().context);
    auto pack = read_pack(*json);
    if (!pack) {
        const auto code = pack.error().code;
        const bool keep = code == Errc::newer_format || code == Errc::limit_exceeded;
        return fail(keep ? code : Errc::malformed_pack, pack.error().context);
    }
    pack->digest = sm3(file);
    return pack;
}

bool FieldRule::named(std::string_view name) const {
    return label == name || std::find(other_labels.begin(), other_labels.end(), name) != other_labels.end() ||
           std::find(keys.begin(), keys.end(), name) != keys.end();
}

const FieldRule* TypePack::field(int wanted) const {
    for (const auto& rule : fields) {
        if (wanted != 0 && rule.number == wanted) return &rule;
    }
    return nullptr;
}

const FieldRule* TypePack::field_named(std::string_view wanted) const {
    for (const auto& rule : fields) {
        if (rule.named(wanted)) return &rule;
    }
    return nullptr;
}

}  // namespace elic
