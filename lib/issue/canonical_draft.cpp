#include "issue/canonical_draft.h"

#include <map>

#include "base/text.h"
#include "codec/json.h"

namespace elic {

namespace {

/// The face in the order of its labels. A label given twice (no draft of JSON has that) keeps all its texts.
Json face_of(const LicenseDraft& draft) {
    std::map<std::string, Json> items;
    for (const auto& [label, text] : draft.face) {
        auto& item = items[to_nfc(label)];
        if (item.is_null()) {
            item = to_nfc(text);
        } else {
            if (!item.is_array()) item = Json::array({item});
            item.push_back(to_nfc(text));
        }
    }
    Json face = Json::object();
    for (auto& [label, item] : items) face[label] = std::move(item);
    return face;
}

}  // namespace

std::string canonical_draft(const LicenseDraft& draft) {
    Json json;
    json["type"] = draft.type.text();
    json["number"] = to_nfc(draft.number);
    json["holders"] = Json::array();
    for (const auto& holder : draft.holders) {
        json["holders"].push_back(
            {{"name", to_nfc(holder.name)}, {"code_type", holder.code_type.text()}, {"code", to_nfc(holder.code)}});
    }
    json["issued_on"] = draft.issued_on.format();
    json["valid_from"] = draft.validity.valid_from.format();
    json["valid_until"] = end_text(draft.validity);
    json["face"] = face_of(draft);
    if (draft.serial) json["serial"] = to_nfc(*draft.serial);
    if (draft.previous) json["previous"] = draft.previous->text();
    if (draft.issuer_code) json["issuer_code"] = to_nfc(*draft.issuer_code);
    if (draft.issuer_name) json["issuer_name"] = to_nfc(*draft.issuer_name);
    if (draft.license_name) json["license_name"] = to_nfc(*draft.license_name);
    return write_json(json);
}

std::string end_text(const Validity& validity) {
    if (validity.form == ValidityForm::until) return validity.valid_until->format();
    return validity.form == ValidityForm::long_term ? "long-term" : "";
}

Result<LicenseDraft> reserved_draft(const Reservation& reservation, const std::string& request) {
    const auto damaged = [](const std::string& why) {
        return fail(Errc::ledger_unusable, "ledger: the content of a reservation is damaged: " + why);
    };
    auto json = read_json(reservation.content);
    if (!json) return damaged(json.error().context);
    if (!json->is_object()) return damaged("it is no object");
    (*json)["request"] = request;  // the content has the members of the nested form
    auto reading = read_license_draft(write_json(*json));
    if (!reading.draft) {
        return damaged(reading.faults.empty() ? "" : reading.faults.front().field + " " + reading.faults.front().rule);
    }
    if (reading.draft->type != reservation.id.type()) return damaged("its type is not the identifier's");
    return std::move(*reading.draft);
}

}  // namespace elic
