#include "base/hex.h"
#include "base/text.h"
#include "codec/json.h"
#include "issue/built_license.h"
#include "issue/canonical_draft.h"
#include "packs/field_value.h"

namespace elic {

namespace {

using Faults = std::vector<DraftFault>;

void check_holders(const LicenseDraft& draft, const HolderRule& rule, Faults& faults) {
    const auto count = static_cast<int>(draft.holders.size());
    if (count < rule.min || count > rule.max) {
        faults.push_back({"holders", "count",
                          "the type has " + std::to_string(rule.min) +
                              (rule.max != rule.min ? " to " + std::to_string(rule.max) : "") + " holders"});
    }
    for (std::size_t i = 0; i < draft.holders.size(); ++i) {
        const auto& holder = draft.holders[i];
        const auto place = "holders[" + std::to_string(i) + "]";
        if (auto fine = check_holder(holder); !fine) faults.push_back({place + ".code", "check", fine.error().context});
        if (holder.masked() && rule.carried != Carried::masked) {
            faults.push_back({place + ".code", "masked", "give the whole code"});
        }
        if (count_characters(holder.name) > 100)
            faults.push_back({place + ".name", "length", "at most 100 characters"});
        if (rule.code_types.empty()) continue;
        bool allowed = false;
        for (const auto& type : rule.code_types) allowed = allowed || type == holder.code_type.text();
        if (!allowed) {
            faults.push_back(
                {place + ".code_type", "code-type",
                 holder.code_type.text() + " " + std::string(holder.code_type.name()) + " cannot hold this type"});
        }
    }
}

void check_validity(const LicenseDraft& draft, const BuildContext& context, BuiltLicense& built) {
    const auto& rule = context.pack.validity;
    const auto& validity = draft.validity;
    const bool allowed = validity.form == ValidityForm::until       ? rule.until
                         : validity.form == ValidityForm::long_term ? rule.long_term
                                                                    : rule.none;
    if (!allowed) {
        std::string forms;
        if (rule.until) forms += "an end date";
        if (rule.long_term) forms += std::string(forms.empty() ? "" : " or ") + "long-term";
        if (rule.none) forms += std::string(forms.empty() ? "" : " or ") + "nothing (leave valid_until out)";
        built.faults.push_back({"valid_until", "validity", "the type takes " + forms});
    }
    if (validity.valid_until && *validity.valid_until < validity.valid_from) {
        built.faults.push_back({"valid_until", "order", "it lies before valid_from"});
    } else if (validity.ended(context.now)) {
        built.faults.push_back({"valid_until", "past", "the license would have expired before it is issued"});
    }
    if (context.now.day() < draft.issued_on) {
        built.faults.push_back(
            {"issued_on", "future", "it lies after today: issue it on that day (valid_from may lie ahead)"});
    }
    if (rule.years != 0 && validity.valid_until) {
        const int years = validity.valid_until->year() - validity.valid_from.year();
        if (years > rule.years) {
            built.warnings.push_back("valid_until: the type is usually valid for " + std::to_string(rule.years) +
                                     " years");
        }
    }
}

void check_said_of_us(const LicenseDraft& draft, const BuildContext& context, Faults& faults) {
    if (draft.issuer_code && *draft.issuer_code != context.issuer.text()) {
        faults.push_back({"ZZBFJGDM", "issuer", "this office issues for " + context.issuer.text()});
    }
    if (draft.issuer_name && *draft.issuer_name != context.issuer_name) {
        faults.push_back({"ZZBFJG", "issuer", "the trust list calls this authority '" + context.issuer_name + "'"});
    }
    if (draft.license_name && *draft.license_name != context.pack.name) {
        faults.push_back({"ZZMC", "name", "the type is called '" + context.pack.name + "'"});
    }
}

/// The number: given or rebuilt; gives serial and area. Needs the face (a class on it may stand in the number).
void settle_number(const LicenseDraft& draft, const BuildContext& context, Metadata& license, BuiltLicense& built) {
    const auto& rule = context.pack.number;
    built.serial = draft.serial;
    const NumberContext known{
        .serial = built.serial ? std::string_view(*built.serial) : std::string_view(),
        .first_holder_code = draft.holders.empty() ? std::string_view() : std::string_view(draft.holders.front().code),
        .field_code = [&](int position) {
            const auto& field = context.pack.fields[static_cast<std::size_t>(position)];
            for (const auto& item : license.face) {
                if (item.label == field.label) return code_of(field, item.text);
            }
            return std::string();
        }};
    if (license.number.empty()) {
        auto rebuilt = rule.patterns.size() == 1 ? rebuild_number(rule, 0, known)
                                                 : Result<std::string>(fail(Errc::draft_refused, ""));
        auto reading = rebuilt ? read_number(rule, *rebuilt, known) : std::nullopt;
        if (reading && reading->rebuilt) {
            license.number = *rebuilt;
        } else if (!rule.optional) {
            built.faults.push_back({"number", "required", "give the license number: " + explain_number_rule(rule)});
        }
        return;
    }
    if (rule.patterns.empty()) return;
    auto reading = read_number(rule, license.number, known);
    if (!reading) {
        built.faults.push_back({"number", "pattern", explain_number_rule(rule)});
        return;
    }
    if (!built.serial && !reading->serial.empty()) built.serial = reading->serial;
    built.area = reading->area;
}

/// What is made of the draft, in one form whichever way it was written; derived items are left out. Read as a draft in
/// nested form it makes the same license again (reserved_draft).
std::string canonical_content(const LicenseDraft& draft, const BuildContext& context, const Metadata& license) {
    Json json;
    json["type"] = license.id.type().text();
    json["number"] = license.number;
    json["holders"] = Json::array();
    for (const auto& holder : license.holders) {
        json["holders"].push_back(
            {{"name", holder.name}, {"code_type", holder.code_type.text()}, {"code", holder.code}});
    }
    json["issued_on"] = license.issued_on.format();
    json["valid_from"] = license.validity.valid_from.format();
    json["valid_until"] = end_text(license.validity);
    json["face"] = Json::object();
    for (const auto& field : license.face) {
        const auto* rule = context.pack.field_named(field.label);
        const auto derived = rule != nullptr ? derive_field(*rule, {.license = license, .pack = context.pack}) : "";
        if (!derived.empty() && derived == field.text) continue;
        json["face"][field.label] = field.digest.empty() ? field.text : "sm3:" + to_hex(field.digest);
    }
    if (draft.serial) json["serial"] = *draft.serial;
    if (draft.previous) json["previous"] = draft.previous->text();
    return write_json(json);
}

void warn_of_names(const LicenseDraft& draft, std::vector<std::string>& warnings) {
    for (std::size_t i = 0; i < draft.holders.size(); ++i) {
        for (const auto& odd : find_look_alikes(draft.holders[i].name)) {
            warnings.push_back("holders[" + std::to_string(i) + "].name: character " +
                               std::to_string(odd.character_offset + 1) + " only looks like '" + odd.usual + "'");
        }
    }
}

}  // namespace

BuiltLicense build_license(const LicenseDraft& draft, const BuildContext& context) {
    BuiltLicense built;
    check_holders(draft, context.pack.holders, built.faults);
    const bool holders_fine = built.faults.empty();
    check_validity(draft, context, built);
    check_said_of_us(draft, context, built.faults);
    warn_of_names(draft, built.warnings);
    // A placeholder identifier: the ledger gives the serial later.
    auto id = LicenseId::make(context.pack.code, context.issuer, draft.serial.value_or("0"), 1);
    if (!id) {
        built.faults.push_back({"serial", "characters", id.error().context});
        return built;
    }
    Metadata license{.id = *id,
                     .license_name = context.pack.name,
                     .number = draft.number,
                     .issuing_authority_name = context.issuer_name,
                     .holders = draft.holders,
                     .issued_on = draft.issued_on,
                     .validity = draft.validity,
                     .face = {},
                     .signed_at = context.now,
                     .status = {},
                     .previous = draft.previous};
    // The number may hold the code of a face item, and face items may derive from the number: a first face gives the
    // codes, then comes the number, then the face that counts. A number cannot be held against holders that are wrong.
    if (holders_fine) {
        Metadata first = license;
        BuiltLicense discarded;
        build_face(draft, context, first, discarded);
        settle_number(draft, context, first, built);
        license.number = first.number;
    }
    build_face(draft, context, license, built);
    if (!built.faults.empty()) return built;
    built.content = canonical_content(draft, context, license);
    built.license = std::move(license);
    return built;
}

}  // namespace elic
