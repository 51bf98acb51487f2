#include <algorithm>

#include "base/text.h"
#include "packs/field_value.h"
#include "payload/base_claims.h"
#include "payload/claims.h"
#include "payload/field_item.h"
#include "payload/number_context.h"
#include "payload/pack_rules.h"

namespace elic {

namespace {

std::vector<Holder> carried_holders(const Metadata& license, const TypePack& pack) {
    auto holders = license.holders;
    if (pack.holders.carried == Carried::masked) {
        // Masking what is masked already changes nothing.
        for (auto& holder : holders) holder.code = mask_code(holder.code_type, holder.code);
    }
    return holders;
}

/// The number as the code carries it: rebuilt, packed, or a text.
Status add_number(const Metadata& license, const TypePack& pack, Claims& claims) {
    const auto context = number_context(license, pack);
    const auto& rule = pack.number;
    if (license.number.empty()) {
        if (!rule.optional) return fail(Errc::draft_refused, "number: missing");
        if (number_is_known(rule) && rebuild_number(rule, 0, context)) {
            return fail(Errc::draft_refused, "number: the type gives it here, it cannot be absent");
        }
        return {};
    }
    const auto reading = read_number(rule, license.number, context);
    // A number of no known form would have no division that the authority could be held against.
    if (!reading && !rule.patterns.empty()) return fail(Errc::draft_refused, "number: " + explain_number_rule(rule));
    if (reading && reading->rebuilt) return {};
    if (reading && reading->packed) {
        claims.packed_number = reading->packed;
    } else {
        claims.number = license.number;
    }
    return {};
}

Claims base_of(const Metadata& license, const TypePack& pack) {
    return {.pack = pack.prefix(),
            .issuer = license.id.issuer(),
            .serial = license.id.serial(),
            .packed_number = {},
            .number = {},
            .revision = license.id.revision(),
            .holders = license.holders,
            .issued_on = license.issued_on,
            .validity = license.validity,
            .signed_at = license.signed_at,
            .status = license.status,
            .critical_unknown = false,
            .shown_unknown = {},
            .face = {},
            .extra_face = {}};
}

/// Writes the face of a license, field by field in the pack's order, and keeps what a reader of the code will have of
/// it: later fields and the number derive from that, not from what stays behind.
class FaceWriter {
public:
    FaceWriter(const Metadata& license, const TypePack& pack) : given_(license), seen_(license), pack_(pack) {
        seen_.face.clear();
    }

    Status add(const FieldRule& rule) {
        const auto* field = face_field(given_, rule);
        const auto derived = derive_field(rule, {.license = seen_, .pack = pack_});
        if (field == nullptr) return absent(rule, derived);
        if (!derived.empty() && says(rule, *field, derived)) {
            seen_.face.push_back({.label = rule.label, .key = field->key, .text = derived});
            return {};
        }
        if (rule.derive.kind == DerivationKind::issuer_name) return refuse(rule, "it must be the issuer's name");
        if (rule.carried == Carried::absent) {
            return derived.empty()
                       ? Status()
                       : refuse(rule, "it is not carried, and a reader would take '" + derived + "' for it");
        }
        if (rule.number == 0) return refuse(rule, "the type cannot carry this item unless it is '" + derived + "'");
        auto value = write_field(rule, *field, pack_.words);
        if (!value) return fail_in("face", value.error());
        items_.emplace_back(std::int64_t{-rule.number}, std::move(*value));
        seen_.face.push_back(carried_form(rule, *field));
        return {};
    }

    const Metadata& seen() const { return seen_; }
    const cbor::Map& items() const { return items_; }

private:
    static tl::unexpected<Error> refuse(const FieldRule& rule, const std::string& what) {
        return fail(Errc::draft_refused, "face." + rule.label + ": " + what);
    }

    static Status absent(const FieldRule& rule, const std::string& derived) {
        if (!derived.empty()) return refuse(rule, "it derives here and cannot be absent");
        const bool needed = rule.required == Requirement::required && rule.carried != Carried::absent;
        // The issuer's name comes from the trust list, which may not have it.
        if (needed && rule.derive.kind != DerivationKind::issuer_name)
            return refuse(rule, "the type requires this item");
        return {};
    }

    /// True when the code need not carry the field: what derives is what a reader would have of it.
    static bool says(const FieldRule& rule, const FaceField& field, const std::string& derived) {
        if (field.text == derived) return true;
        const auto carried = carried_form(rule, field);
        if (rule.carried == Carried::masked) return carried.text == derived;
        return rule.carried == Carried::digest &&
               carried.digest == carried_form(rule, {.label = "", .key = "", .text = derived}).digest;
    }

    const Metadata& given_;
    Metadata seen_;
    const TypePack& pack_;
    cbor::Map items_;
};

/// Fields by labels that the pack does not know.
Status add_extra(const Metadata& license, const TypePack& pack, Claims& claims) {
    for (const auto& field : license.face) {
        const auto* rule = pack.field_named(field.label);
        if (rule != nullptr && rule->label == field.label) continue;
        if (rule != nullptr)
            return fail(Errc::draft_refused, "face." + field.label + ": the type calls this item " + rule->label);
        if (find_text_fault(field.label) || field.label.empty())
            return fail(Errc::draft_refused, "face: a label is not clean text");
        claims.extra_face.emplace_back(field.label, field.text);
    }
    auto by_label = claims.extra_face;
    std::sort(by_label.begin(), by_label.end());
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (std::adjacent_find(by_label.begin(), by_label.end(), same) != by_label.end()) {
        return fail(Errc::draft_refused, "face: a label is given twice");
    }
    return {};
}

}  // namespace

Result<Bytes> write_claims(const Metadata& given, const TypePack& pack) {
    Metadata license = given;
    license.license_name = pack.name;
    license.holders = carried_holders(given, pack);  // derivations see what a reader will see
    if (auto fine = check_pack_rules(license, pack); !fine) return tl::unexpected(fine.error());
    FaceWriter face(license, pack);
    for (const auto& rule : pack.fields) {
        if (auto added = face.add(rule); !added) return tl::unexpected(added.error());
    }
    auto claims = base_of(license, pack);
    if (auto added = add_number(face.seen(), pack, claims); !added) return tl::unexpected(added.error());
    if (auto added = add_extra(license, pack, claims); !added) return tl::unexpected(added.error());
    auto map = write_base_claims(claims);
    if (!map) return fail(Errc::draft_refused, map.error().context);
    map->insert(map->end(), face.items().begin(), face.items().end());
    auto bytes = cbor::write(std::move(*map));
    const bool readable = bytes.size() > max_claims_bytes || cbor::read(bytes, claims_limits);
    if (bytes.size() > max_claims_bytes || !readable) {
        const auto size = readable
                              ? "the code would hold " + std::to_string(bytes.size()) + " bytes of " +
                                    std::to_string(max_claims_bytes)
                              : "the code would hold more than " + std::to_string(claims_limits.entries) + " entries";
        return fail(Errc::does_not_fit, size + "; the largest: " + name_largest_claims(bytes, pack) +
                                            ". Shorten them, or have a new version of the type pack carry them as "
                                            "digest, masked or absent instead of value");
    }
    return bytes;
}

std::vector<std::pair<std::string, std::size_t>> claim_sizes(BytesView bytes, const TypePack& pack) {
    constexpr const char* names[] = {"",          "pack",        "issuer",      "serial",     "number",
                                     "revision",  "holders",     "issued_on",   "valid_from", "valid_until",
                                     "signed_at", "status_list", "status_index"};
    std::vector<std::pair<std::string, std::size_t>> sizes;
    auto value = cbor::read(bytes, {.depth = 4, .entries = 1024, .bytes = 1 << 20});
    if (!value || value->map() == nullptr) return sizes;
    for (const auto& [key, item] : *value->map()) {
        std::string name = key.text() != nullptr ? *key.text() : "";
        if (const auto* number = key.integer()) {
            const auto* rule = *number < 0 ? pack.field(static_cast<int>(-*number)) : nullptr;
            name = rule != nullptr                ? rule->label
                   : *number > 0 && *number <= 12 ? names[*number]
                                                  : "key " + std::to_string(*number);
        }
        sizes.emplace_back(name, cbor::write(key).size() + cbor::write(item).size());
    }
    std::stable_sort(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return sizes;
}

std::string name_largest_claims(BytesView cbor, const TypePack& pack) {
    std::string text;
    const auto sizes = claim_sizes(cbor, pack);
    for (std::size_t i = 0; i < sizes.size() && i < 3; ++i) {
        text += (i != 0 ? ", " : "") + sizes[i].first + " (" + std::to_string(sizes[i].second) + " bytes)";
    }
    return text;
}

}  // namespace elic
