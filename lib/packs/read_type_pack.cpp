#include <algorithm>
#include <set>

#include "base/text.h"
#include "codec/json.h"
#include "elic/crypto/sm3.h"
#include "elic/packs/type_pack.h"
#include "packs/named_choice.h"
#include "packs/read_field_rules.h"
#include "packs/read_number_rule.h"

namespace elic {

namespace {

constexpr std::string_view format_name = "elic type pack 0";
constexpr int max_holders = 8;
constexpr std::size_t max_pack_bytes = 1 << 20;

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
    auto how =
        named_choice<Carried>("holders.carried", *carried, {{"value", Carried::value}, {"masked", Carried::masked}});
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
    auto sources_json = object->required("sources");
    auto holders_json = object->required("holders");
    auto validity_json = object->required("validity");
    auto fields_json = object->required("fields");
    const Json* number_json = object->member("number");
    auto states = read_states(object->member("states"));
    for (const auto* text : {&code, &name, &name_en, &title, &authority, &standard}) {
        if (!*text) return tl::unexpected(text->error());
    }
    for (const auto* member : {&sources_json, &holders_json, &validity_json, &fields_json}) {
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
    auto fields = read_field_rules(**fields_json);
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

}  // namespace elic
