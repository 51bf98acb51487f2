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

// Member by member: what stands in an initializer list is copied, and a batch writes this for every license.

Json field_json(const FaceField& field) {
    Json json;
    json["label"] = field.label;
    json["key"] = field.key;
    json["text"] = field.text;
    json["carried"] = name_of_carried(field.carried);
    if (!field.digest.empty()) json["digest"] = to_hex(field.digest);
    return json;
}

Json holder_json(const Holder& holder) {
    Json json;
    json["name"] = holder.name;
    json["code_type"] = holder.code_type.text();
    json["code"] = holder.code;
    return json;
}

}  // namespace

Json license_json(const Metadata& license) {
    Json json;
    json["id"] = license.id.text();
    json["type"] = license.id.type().text();
    json["name"] = license.license_name;
    json["number"] = license.number;
    auto& authority = json["issuing_authority"];
    authority["code"] = license.id.issuer().text();
    authority["name"] = license.issuing_authority_name;
    auto& holders = json["holders"] = Json::array();
    for (const auto& holder : license.holders) holders.push_back(holder_json(holder));
    json["issued_on"] = license.issued_on.format();
    json["valid_from"] = license.validity.valid_from.format();
    json["valid_until"] = until_json(license.validity);
    json["signed_at"] = license.signed_at.format();
    json["revision"] = license.id.revision();
    auto& status = json["status"];
    status["list"] = license.status.list;
    status["index"] = license.status.index;
    auto& face = json["face"] = Json::array();
    for (const auto& field : license.face) face.push_back(field_json(field));
    return json;
}

}  // namespace elic
