#include <algorithm>
#include <map>

#include "base/hex.h"
#include "base/text.h"
#include "issue/built_license.h"
#include "packs/field_value.h"

namespace elic {

namespace {

constexpr std::size_t image_digest_digits = 64;

/// Label -> text of what the draft gives, each item matched with its rule once.
std::map<const FieldRule*, std::string> match_fields(const LicenseDraft& draft, const TypePack& pack,
                                                     std::vector<DraftFault>& faults) {
    std::map<const FieldRule*, std::string> given;
    for (const auto& [name, text] : draft.face) {
        const auto* rule = pack.field_named(name);
        if (rule == nullptr) {
            faults.push_back({"face." + escape_for_output(name), "unknown",
                              "the type has no such item (see `elic type show " + pack.code.text() + "`)"});
        } else if (!given.emplace(rule, text).second) {
            faults.push_back({"face." + rule->label, "repeated", "the item is given twice, under label and key"});
        }
    }
    return given;
}

std::optional<FaceField> image_field(const FieldRule& rule, const std::string& text, std::vector<DraftFault>& faults) {
    constexpr std::string_view prefix = "sm3:";
    auto digest = text.starts_with(prefix) ? from_hex(text.substr(prefix.size())) : Result<Bytes>(Bytes{});
    if (!digest || digest->size() != image_digest_digits / 2) {
        faults.push_back(
            {"face." + rule.label, "image", "give sm3: and the 64 hexadecimal digits of the picture file's digest"});
        return {};
    }
    return FaceField{.label = rule.label,
                     .key = rule.keys.empty() ? "" : rule.keys.front(),
                     .text = "",
                     .carried = Carried::digest,
                     .digest = *digest};
}

/// The text of one field: given and normalised, or derived. Records faults.
std::string settle_text(const FieldRule& rule, const std::string* given, const std::string& derived,
                        std::vector<DraftFault>& faults) {
    if (given == nullptr) return derived;
    auto text = normalise_field(rule, *given);
    if (!text) {
        faults.push_back({"face." + rule.label, "value", text.error().context});
        return {};
    }
    const std::size_t longest = rule.max_length != 0 ? rule.max_length : 2000;
    if (count_characters(*text) > longest) {
        faults.push_back({"face." + rule.label, "length", "at most " + std::to_string(longest) + " characters"});
    }
    if (!derived.empty() && *text != derived) {
        if (rule.derive.kind == DerivationKind::issuer_name) {
            faults.push_back({"face." + rule.label, "issuer",
                              "the trust list calls this authority '" + derived + "': leave the item out"});
        } else if (rule.number == 0) {
            faults.push_back(
                {"face." + rule.label, "derived", "it must be '" + derived + "' here: leave the item out"});
        }
    }
    return *text;
}

}  // namespace

void build_face(const LicenseDraft& draft, const BuildContext& context, Metadata& license, BuiltLicense& built) {
    const auto given = match_fields(draft, context.pack, built.faults);
    for (const auto& rule : context.pack.fields) {
        const auto at = given.find(&rule);
        const std::string* text_given = at == given.end() ? nullptr : &at->second;
        if (rule.kind == FieldKind::image) {
            if (text_given == nullptr) continue;
            if (auto field = image_field(rule, *text_given, built.faults)) license.face.push_back(*field);
            continue;
        }
        const auto derived = derive_field(rule, {.license = license, .pack = context.pack});
        const auto faults_before = built.faults.size();
        const auto text = settle_text(rule, text_given, derived, built.faults);
        if (text.empty()) {
            if (rule.required == Requirement::required && built.faults.size() == faults_before) {
                built.faults.push_back({"face." + rule.label, "required", "the type requires this item"});
            }
            continue;
        }
        for (const auto& odd : find_look_alikes(text)) {
            built.warnings.push_back("face." + rule.label + ": character " + std::to_string(odd.character_offset + 1) +
                                     " only looks like '" + odd.usual + "'");
        }
        license.face.push_back(
            FaceField{.label = rule.label, .key = rule.keys.empty() ? "" : rule.keys.front(), .text = text});
    }
}

}  // namespace elic
