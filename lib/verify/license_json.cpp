#include "verify/license_json.h"

#include "base/hex.h"

namespace elic {

namespace {

std::string_view name_of_carried(Carried carried) {
    switch (carried) {
        case Carried::value:
            return "value";
        case Carried::masked:
            return "masked";
        case Carried::digest:
            return "digest";
        case Carried::absent:
            break;
    }
    return "absent";
}

Json until_json(const Validity& validity) {
    if (validity.form == ValidityForm::until) return validity.valid_until->format();
    return validity.form == ValidityForm::long_term ? Json("long-term") : Json();
}

Json field_json(const FaceField& field) {
    Json json{
        {"label", field.label}, {"key", field.key}, {"text", field.text}, {"carried", name_of_carried(field.carried)}};
    if (!field.digest.empty()) json["digest"] = to_hex(field.digest);
    return json;
}

}  // namespace

Json license_json(const Metadata& license) {
    Json json{{"id", license.id.text()},
              {"type", license.id.type().text()},
              {"name", license.license_name},
              {"number", license.number},
              {"issuing_authority", {{"code", license.id.issuer().text()}, {"name", license.issuing_authority_name}}},
              {"holders", Json::array()},
              {"issued_on", license.issued_on.format()},
              {"valid_from", license.validity.valid_from.format()}};
    for (const auto& holder : license.holders) {
        json["holders"].push_back(
            {{"name", holder.name}, {"code_type", holder.code_type.text()}, {"code", holder.code}});
    }
    json["valid_until"] = until_json(license.validity);
    json["signed_at"] = license.signed_at.format();
    json["revision"] = license.id.revision();
    json["status"] = {{"list", license.status.list}, {"index", license.status.index}};
    json["face"] = Json::array();
    for (const auto& field : license.face) json["face"].push_back(field_json(field));
    return json;
}

}  // namespace elic
