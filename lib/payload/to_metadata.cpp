#include <algorithm>

#include "packs/field_value.h"
#include "payload/base_claims.h"
#include "payload/claims.h"
#include "payload/field_item.h"
#include "payload/number_context.h"

namespace elic {

namespace {

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_payload, what); }

Result<Metadata> start(const Claims& claims, const LicenseTypeCode& type, const std::string& issuer_name) {
    auto id = LicenseId::make(type, claims.issuer, claims.serial, claims.revision);
    if (!id) return malformed("no identifier can be built: " + id.error().context);
    return Metadata{.id = *id,
                    .license_name = "",
                    .number = claims.number.value_or(""),
                    .issuing_authority_name = issuer_name,
                    .holders = claims.holders,
                    .issued_on = claims.issued_on,
                    .validity = claims.validity,
                    .face = {},
                    .signed_at = claims.signed_at,
                    .status = claims.status,
                    .previous = {}};
}

/// The face fields that travelled.
Status read_carried(const Claims& claims, const TypePack& pack, Metadata& license) {
    for (const auto& [key, value] : claims.face) {
        const auto* rule = pack.field(static_cast<int>(-key));
        if (rule == nullptr) return malformed("the type has no face field " + std::to_string(-key));
        auto field = read_field(*rule, value, pack.words);
        if (!field) return tl::unexpected(field.error());
        license.face.push_back(std::move(*field));
    }
    return {};
}

Status settle_number(const Claims& claims, const TypePack& pack, Metadata& license) {
    if (claims.number) return {};
    const auto& rule = pack.number;
    if (!claims.packed_number && !number_is_known(rule)) {
        return rule.optional ? Status() : malformed("the number is missing");
    }
    if (claims.packed_number && number_is_known(rule)) return malformed("a number given although the type rebuilds it");
    const auto context = number_context(license, pack);
    auto number = rebuild_number(rule, claims.packed_number.value_or(0), context);
    if (!number)
        return !claims.packed_number && rule.optional ? Status() : malformed("number: " + number.error().context);
    license.number = *number;
    return {};
}

/// Derived fields, and all in the pack's order.
void complete_face(const TypePack& pack, Metadata& license) {
    for (const auto& rule : pack.fields) {
        const bool there = std::any_of(license.face.begin(), license.face.end(),
                                       [&](const FaceField& field) { return field.label == rule.label; });
        if (there) continue;
        auto text = derive_field(rule, {.license = license, .pack = pack});
        if (text.empty()) continue;
        license.face.push_back(
            {.label = rule.label, .key = rule.keys.empty() ? "" : rule.keys.front(), .text = std::move(text)});
    }
    std::vector<FaceField> ordered;
    for (const auto& rule : pack.fields) {
        for (auto& field : license.face) {
            if (field.label == rule.label) ordered.push_back(std::move(field));
        }
    }
    license.face = std::move(ordered);
}

/// The codes of derived class fields may stand in the number, and fields may derive from the number: derive, rebuild,
/// derive again.
Status complete(const Claims& claims, const TypePack& pack, Metadata& license) {
    Metadata trial = license;
    complete_face(pack, trial);
    if (auto settled = settle_number(claims, pack, trial); !settled) return settled;
    license.number = trial.number;
    complete_face(pack, license);
    return {};
}

/// Re-encodes, and takes the shown unknown keys over.
Status check_one_encoding(const Claims& claims, BytesView cbor, const TypePack& pack, const Metadata& license) {
    auto again = write_claims(license, pack);
    if (!again) return malformed(again.error().context);
    if (!claims.shown_unknown.empty()) {
        auto value = cbor::read(*again, claims_limits);
        if (!value) return malformed("not the one encoding");
        auto map = *value->map();
        for (const auto& [key, item] : claims.shown_unknown) map.emplace_back(key, item);
        *again = cbor::write(std::move(map));
    }
    if (!std::equal(again->begin(), again->end(), cbor.begin(), cbor.end()))
        return malformed("not the one encoding of what it says");
    return {};
}

}  // namespace

Result<Metadata> to_base_metadata(const Claims& claims, const LicenseTypeCode& type, const std::string& issuer_name) {
    return start(claims, type, issuer_name);
}

Result<Metadata> to_metadata(const Claims& claims, BytesView cbor, const TypePack& pack,
                             const std::string& issuer_name) {
    if (claims.pack != pack.prefix()) return malformed("the code names another type pack");
    for (const auto& [label, text] : claims.extra_face) {
        if (pack.field_named(label) != nullptr) return malformed("a face field by label that the type has by number");
    }
    auto license = start(claims, pack.code, issuer_name);
    if (!license) return license;
    license->license_name = pack.name;
    if (auto fine = read_carried(claims, pack, *license); !fine) return tl::unexpected(fine.error());
    if (auto fine = complete(claims, pack, *license); !fine) return tl::unexpected(fine.error());
    for (const auto& [label, text] : claims.extra_face) {
        license->face.push_back({.label = label, .key = "", .text = text});
    }
    if (auto fine = check_one_encoding(claims, cbor, pack, *license); !fine) return tl::unexpected(fine.error());
    return license;
}

}  // namespace elic
