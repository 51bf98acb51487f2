#include <algorithm>

#include "packs/field_value.h"
#include "payload/base_claims.h"
#include "payload/claims.h"
#include "payload/field_item.h"
#include "payload/number_context.h"

namespace elic {

namespace {

const FaceField* face_field(const Metadata& license, const FieldRule& rule) {
    for (const auto& field : license.face) {
        if (field.label == rule.label) return &field;
    }
    return nullptr;
}

std::vector<Holder> carried_holders(const Metadata& license, const TypePack& pack) {
    auto holders = license.holders;
    if (pack.holders.carried == Carried::masked) {
        for (auto& holder : holders) {
            if (!holder.masked()) holder.code = mask_code(holder.code_type, holder.code);
        }
    }
    return holders;
}

Result<Claims> base_of(const Metadata& license, const TypePack& pack) {
    if (license.id.type() != pack.code)
        return fail(Errc::draft_refused, "the license is of another type than the pack");
    Claims claims{.pack = pack.prefix(),
                  .issuer = license.id.issuer(),
                  .serial = license.id.serial(),
                  .packed_number = {},
                  .number = {},
                  .revision = license.id.revision(),
                  .holders = carried_holders(license, pack),
                  .issued_on = license.issued_on,
                  .validity = license.validity,
                  .signed_at = license.signed_at,
                  .status = license.status,
                  .critical_unknown = false,
                  .shown_unknown = {},
                  .face = {},
                  .extra_face = {}};
    if (license.number.empty()) {
        if (!pack.number.optional) return fail(Errc::draft_refused, "number: missing");
        return claims;
    }
    const auto reading = read_number(pack.number, license.number, number_context(license, pack, claims.holders));
    if (reading && reading->rebuilt) return claims;
    if (reading && reading->packed) {
        claims.packed_number = reading->packed;
    } else {
        claims.number = license.number;
    }
    return claims;
}

/// A field that derives may be left out exactly when it says what derives. What is derived from masked or missing parts
/// is not left out.
Status add_field(const Metadata& license, const TypePack& pack, const FieldRule& rule, cbor::Map& map) {
    const auto* field = face_field(license, rule);
    const auto derived = derive_field(rule, {.license = license, .pack = pack});
    if (!derived.empty()) {
        if (field == nullptr) return fail(Errc::draft_refused, rule.label + ": it derives here and cannot be absent");
        if (field->text == derived) return {};
        if (rule.derive.kind == DerivationKind::issuer_name)
            return fail(Errc::draft_refused, rule.label + ": must be the issuer's name");
    }
    if (field == nullptr || rule.carried == Carried::absent) return {};
    if (rule.number == 0)
        return fail(Errc::draft_refused,
                    rule.label + ": the type cannot carry this item unless it is '" + derived + "'");
    auto value = write_field(rule, *field, pack.words);
    if (!value) return fail_in("face." + rule.label, value.error());
    map.emplace_back(std::int64_t{-rule.number}, std::move(*value));
    return {};
}

std::string largest_claims(BytesView cbor, const TypePack& pack) {
    std::string text;
    const auto sizes = claim_sizes(cbor, pack);
    for (std::size_t i = 0; i < sizes.size() && i < 3; ++i) {
        text += (i != 0 ? ", " : "") + sizes[i].first + " (" + std::to_string(sizes[i].second) + " bytes)";
    }
    return text;
}

}  // namespace

NumberContext number_context(const Metadata& license, const TypePack& pack, const std::vector<Holder>& holders) {
    const bool known = !holders.empty() && !holders.front().masked();
    return {.serial = license.id.serial(),
            .first_holder_code = known ? std::string_view(holders.front().code) : std::string_view(),
            .field_code = [&license, &pack](int position) {
                const auto& rule = pack.fields[static_cast<std::size_t>(position)];
                const auto* field = face_field(license, rule);
                return field != nullptr ? code_of(rule, field->text) : std::string();
            }};
}

Result<Bytes> write_claims(const Metadata& given, const TypePack& pack) {
    Metadata license = given;
    license.holders = carried_holders(given, pack);  // derivations see what a reader will see
    auto claims = base_of(license, pack);
    if (!claims) return tl::unexpected(claims.error());
    auto map = write_base_claims(*claims);
    if (!map) return fail(Errc::draft_refused, map.error().context);
    for (const auto& field : license.face) {
        if (pack.field_named(field.label) == nullptr)
            return fail(Errc::draft_refused, field.label + ": the type has no such item");
    }
    for (const auto& rule : pack.fields) {
        if (auto added = add_field(license, pack, rule, *map); !added) return tl::unexpected(added.error());
    }
    auto bytes = cbor::write(std::move(*map));
    if (bytes.size() > max_claims_bytes) {
        return fail(Errc::does_not_fit,
                    "the code would hold " + std::to_string(bytes.size()) + " bytes of " +
                        std::to_string(max_claims_bytes) + "; the largest: " + largest_claims(bytes, pack) +
                        ". A new version of the type pack can carry them as digest, masked or absent");
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

}  // namespace elic
