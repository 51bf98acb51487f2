#include "packs/read_number_rule.h"

#include <cstdint>
#include <set>

#include "base/text.h"

namespace elic {

namespace {

constexpr int max_digits = 18;
constexpr std::int64_t max_serial = 64;  // docs/format/payload.md: the longest serial of an identifier
constexpr std::size_t max_choices = 10'000;
constexpr std::size_t max_patterns = 32;
constexpr std::size_t max_parts = 32;

Result<NumberPart> read_part(const Json& json, const std::string& place, const std::vector<FieldRule>& fields) {
    using Kind = NumberPart::Kind;
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    NumberPart part;
    if (object->has("literal")) {
        auto text = object->text("literal");
        if (!text || text->empty()) return fail(Errc::malformed_pack, place + ".literal: a text is expected");
        part.text = *text;
    } else if (object->has("choice")) {
        auto choices = object->texts("choice");
        if (!choices || choices->size() < 2)
            return fail(Errc::malformed_pack, place + ".choice: at least two texts are expected");
        if (choices->size() > max_choices)
            return fail(Errc::limit_exceeded, place + ".choice: more than " + std::to_string(max_choices));
        const std::set<std::string> apart(choices->begin(), choices->end());
        if (apart.size() != choices->size() || apart.count("") != 0)
            return fail(Errc::malformed_pack, place + ".choice: a text is empty or repeated");
        part.kind = Kind::choice;
        part.choices = std::move(*choices);
    } else if (object->has("digits")) {
        auto count = object->integer("digits");
        if (!count || *count < 1 || *count > max_digits) return fail(Errc::malformed_pack, place + ".digits: 1 to 18");
        part.kind = Kind::digits;
        part.count = static_cast<int>(*count);
    } else if (object->has("area")) {
        auto said = object->boolean_or("area", false);
        if (!said || !*said) return fail(Errc::malformed_pack, place + ".area: true is expected");
        part.kind = Kind::area;
    } else if (object->has("serial")) {
        auto count = object->integer("serial");
        auto from = object->integer_or("from", 0);
        if (!count || !from || *count < 1 || *count > max_serial || *from < 0 || *from > max_serial - *count)
            return fail(Errc::malformed_pack, place + ".serial: characters from..from+serial lie within 0..64");
        part.kind = Kind::serial;
        part.count = static_cast<int>(*count);
        part.from = static_cast<int>(*from);
    } else if (object->has("field")) {
        auto label = object->text("field");
        part.kind = Kind::field;
        part.field = -1;
        for (std::size_t i = 0; label && i < fields.size(); ++i) {
            if (fields[i].label == *label && fields[i].kind == FieldKind::code) part.field = static_cast<int>(i);
        }
        if (part.field < 0) return fail(Errc::malformed_pack, place + ".field: no field of kind code has that label");
        const auto& shown = fields[static_cast<std::size_t>(part.field)];
        if (shown.carried != Carried::value || shown.derive.kind == DerivationKind::issuer_name)
            return fail(Errc::malformed_pack, place + ".field: the reader of a code does not know that field");
    } else if (object->has("holder_code")) {
        auto said = object->boolean_or("holder_code", false);
        if (!said || !*said) return fail(Errc::malformed_pack, place + ".holder_code: true is expected");
        part.kind = Kind::holder_code;
    } else if (object->has("check")) {
        auto name = object->text("check");
        if (!name || (*name != "mod_11_10" && *name != "qualification"))
            return fail(Errc::malformed_pack, place + ".check: mod_11_10 or qualification");
        part.kind = Kind::check;
        part.text = *name;
    } else {
        return fail(Errc::malformed_pack,
                    place + ": literal, choice, digits, area, serial, field, holder_code or check is expected");
    }
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    return part;
}

}  // namespace

Result<NumberRule> read_number_rule(const Json* json, const std::vector<FieldRule>& fields) {
    NumberRule rule;
    if (json == nullptr) return rule;
    auto object = JsonObject::open(*json, "number");
    if (!object) return tl::unexpected(object.error());
    auto optional = object->boolean_or("optional", false);
    if (!optional) return tl::unexpected(optional.error());
    rule.optional = *optional;
    const Json* patterns = object->member("patterns");
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    if (patterns == nullptr) return rule;
    if (!patterns->is_array())
        return fail(Errc::malformed_pack, "number.patterns: a list of lists of parts is expected");
    if (patterns->size() > max_patterns) return fail(Errc::limit_exceeded, "number.patterns: more than 32");
    for (std::size_t i = 0; i < patterns->size(); ++i) {
        const auto& list = (*patterns)[i];
        const auto place = "number.patterns[" + std::to_string(i) + "]";
        if (!list.is_array() || list.empty())
            return fail(Errc::malformed_pack, place + ": a list of parts is expected");
        if (list.size() > max_parts) return fail(Errc::limit_exceeded, place + ": more than 32 parts");
        std::vector<NumberPart> parts;
        for (std::size_t j = 0; j < list.size(); ++j) {
            auto part = read_part(list[j], place + "[" + std::to_string(j) + "]", fields);
            if (!part) return tl::unexpected(part.error());
            parts.push_back(std::move(*part));
        }
        if (!rule.patterns.empty() && values_of(parts) < values_of(rule.patterns.back())) {
            return fail(Errc::malformed_pack, place + ": it has fewer values than the pattern before it: put it first");
        }
        rule.patterns.push_back(std::move(parts));
    }
    return rule;
}

}  // namespace elic
