#include "elic/issue/license_draft.h"

#include <array>

#include "base/text.h"
#include "codec/json.h"
#include "elic/license/date_forms.h"
#include "issue/draft_members.h"
#include "issue/read_draft.h"

namespace elic {

namespace {

constexpr std::size_t max_draft_bytes = 1 << 20;

/// The members of a draft in one shape, whichever form they came in.
struct Members {
    std::string type, request, number, issued_on, valid_from, valid_until, serial, previous;
    std::vector<std::array<std::string, 3>> holders;  ///< name, code type, code
    std::vector<std::pair<std::string, std::string>> face;
    std::optional<std::string> issuer_code, issuer_name, license_name;
};

bool read_nested_holders(const Json& json, Members& members, DraftMembers& reader) {
    const bool single = json.contains("holder");
    if (single == json.contains("holders")) {
        return reader.fault("holders", "required", "give `holders` (a list) or `holder` (one), not both");
    }
    const Json list = single ? Json::array({json["holder"]}) : json["holders"];
    if (!list.is_array()) return reader.fault("holders", "form", "a list of {name, code_type, code} is expected");
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = single ? "holder" : "holders[" + std::to_string(i) + "]";
        if (!list[i].is_object()) return reader.fault(place, "form", "{name, code_type, code} is expected");
        std::array<std::string, 3> holder;
        for (const auto& [key, value] : list[i].items()) {
            const int at = key == "name" ? 0 : key == "code_type" ? 1 : key == "code" ? 2 : -1;
            if (at < 0) {
                reader.fault(place + "." + key, "unknown", "a holder has name, code_type and code");
            } else if (auto text = reader.text(place + "." + key, value)) {
                holder[static_cast<std::size_t>(at)] = *text;
            }
        }
        members.holders.push_back(std::move(holder));
    }
    return true;
}

void read_nested(const Json& json, Members& members, DraftMembers& reader) {
    const std::pair<std::string_view, std::string*> texts[] = {
        {"type", &members.type},           {"request", &members.request},       {"number", &members.number},
        {"issued_on", &members.issued_on}, {"valid_from", &members.valid_from}, {"valid_until", &members.valid_until},
        {"serial", &members.serial},       {"previous", &members.previous}};
    for (const auto& [key, value] : json.items()) {
        if (key == "holders" || key == "holder") continue;
        if (key == "face") {
            reader.face(value, members.face);
            continue;
        }
        bool known = false;
        for (const auto& [name, target] : texts) {
            if (name != key) continue;
            known = true;
            if (auto text = reader.text(key, value)) *target = *text;
        }
        if (!known) {
            reader.fault(key, "unknown",
                         "a draft has type, request, number, holders, issued_on, valid_from, valid_until, face, "
                         "serial, previous; "
                         "items of the license face go into `face`");
        }
    }
    read_nested_holders(json, members, reader);
}

void read_flat_holders(const Json& json, Members& members, DraftMembers& reader) {
    std::vector<std::string> columns[3];
    const char* keys[3] = {"CZZT", "CZZTDMLXDM", "CZZTDM"};
    for (int i = 0; i < 3; ++i) {
        if (json.contains(keys[i])) columns[i] = reader.texts(keys[i], json[keys[i]]);
    }
    const std::size_t count = columns[2].size();
    if (columns[1].size() == 1) columns[1].resize(count, columns[1][0]);  // one code type said once for all holders
    if (columns[0].size() != count || columns[1].size() != count) {
        reader.fault("CZZT", "form", "CZZT, CZZTDM and CZZTDMLXDM must name the same number of holders");
        return;
    }
    for (std::size_t i = 0; i < count; ++i) members.holders.push_back({columns[0][i], columns[1][i], columns[2][i]});
}

void read_flat(const Json& json, Members& members, DraftMembers& reader) {
    std::string identifier;
    std::string name, issuer, issuer_code;
    const std::pair<std::string_view, std::string*> texts[] = {{"ZZLXDM", &members.type},
                                                               {"request", &members.request},
                                                               {"ZZBH", &members.number},
                                                               {"ZZBFRQ", &members.issued_on},
                                                               {"ZZYXQQSRQ", &members.valid_from},
                                                               {"ZZYXQJZRQ", &members.valid_until},
                                                               {"serial", &members.serial},
                                                               {"previous", &members.previous},
                                                               {"ZZBS", &identifier},
                                                               {"ZZMC", &name},
                                                               {"ZZBFJG", &issuer},
                                                               {"ZZBFJGDM", &issuer_code}};
    for (const auto& [key, value] : json.items()) {
        if (key == "CZZT" || key == "CZZTDM" || key == "CZZTDMLXDM" || key == "CZZTDMLX") continue;
        auto text = reader.text(key, value);
        if (!text) continue;
        std::string* target = nullptr;
        for (const auto& [known, member] : texts) {
            if (known == key) target = member;
        }
        if (target != nullptr) {
            *target = *text;
        } else if (!text->empty()) {
            members.face.emplace_back(key, *text);
        }
    }
    if (!identifier.empty()) {
        auto id = LicenseId::parse(identifier);
        if (!id) {
            reader.fault("ZZBS", "identifier", id.error().context + "; `elic id explain` tells more, or leave it out");
        } else if (id->revision() != 1) {
            reader.fault("ZZBS", "revision", "a first issue has revision 001: use renew or correct for later ones");
        } else {
            members.serial = id->serial();
        }
    }
    if (!name.empty()) members.license_name = name;
    if (!issuer.empty()) members.issuer_name = issuer;
    if (!issuer_code.empty()) members.issuer_code = issuer_code;
    read_flat_holders(json, members, reader);
}

std::optional<Date> plain_date(const std::string& place, const std::string& text, DraftMembers& reader) {
    if (text.empty()) {
        reader.fault(place, "required", "give a date as YYYY-MM-DD");
        return {};
    }
    auto date = read_plain_date(text);
    if (date) return *date;
    reader.fault(place, "date", date.error().context);
    return {};
}

std::optional<Validity> read_validity(const Members& members, Date issued_on, DraftMembers& reader) {
    Validity validity{.form = ValidityForm::none, .valid_from = issued_on};
    if (!members.valid_from.empty()) {
        auto from = plain_date("valid_from", members.valid_from, reader);
        if (!from) return {};
        validity.valid_from = *from;
    }
    if (members.valid_until.empty()) return validity;  // whether the type allows that is its pack's word
    auto until = read_date(members.valid_until);
    if (!until) {
        reader.fault("valid_until", "date", until.error().context);
        return {};
    }
    if (const auto* date = std::get_if<Date>(&*until)) {
        validity.form = ValidityForm::until;
        validity.valid_until = *date;
    } else {
        validity.form = ValidityForm::long_term;
    }
    return validity;
}

std::vector<Holder> read_holders(const Members& members, DraftMembers& reader) {
    std::vector<Holder> holders;
    for (std::size_t i = 0; i < members.holders.size(); ++i) {
        const std::string place = "holders[" + std::to_string(i) + "]";
        const auto& [name, code_type, code] = members.holders[i];
        if (name.empty() && !reader.faulty(place + ".name"))
            reader.fault(place + ".name", "required", "give the holder's name");
        if (code.empty() && !reader.faulty(place + ".code"))
            reader.fault(place + ".code", "required", "give the holder's code");
        auto type = HolderCodeType::parse(code_type);
        if (!type) {
            reader.fault(place + ".code_type", "code-type", type.error().context);
            continue;
        }
        holders.push_back(Holder{.name = name, .code_type = *type, .code = code});
    }
    if (members.holders.empty() && !reader.faulty())
        reader.fault("holders", "required", "a license has at least one holder");
    return holders;
}

std::optional<LicenseDraft> build(const Members& members, DraftMembers& reader) {
    if (members.type.empty()) reader.fault("type", "required", "give the license type code (see `elic type list`)");
    auto type = LicenseTypeCode::parse(members.type);
    if (!members.type.empty() && !type) reader.fault("type", "type-code", type.error().context);
    if (members.request.empty()) {
        reader.fault("request", "required", "give the case number: it is what keeps a license from being issued twice");
    } else if (members.request.size() > 200) {
        reader.fault("request", "length", "a request is at most 200 bytes");
    }
    auto issued_on = plain_date("issued_on", members.issued_on, reader);
    auto validity = issued_on ? read_validity(members, *issued_on, reader) : std::nullopt;
    auto holders = read_holders(members, reader);
    std::optional<LicenseId> previous;
    if (!members.previous.empty()) {
        auto id = LicenseId::parse(members.previous);
        if (id) {
            previous = *id;
        } else {
            reader.fault("previous", "identifier", id.error().context);
        }
    }
    if (reader.faulty()) return {};
    return LicenseDraft{.type = *type,
                        .request = members.request,
                        .number = members.number,
                        .holders = std::move(holders),
                        .issued_on = *issued_on,
                        .validity = *validity,
                        .face = members.face,
                        .serial = members.serial.empty() ? std::nullopt : std::optional(members.serial),
                        .previous = std::move(previous),
                        .issuer_code = members.issuer_code,
                        .issuer_name = members.issuer_name,
                        .license_name = members.license_name};
}

}  // namespace

DraftReading read_license_draft(std::string_view text) {
    DraftReading reading;
    auto json = read_json(text, max_draft_bytes);
    if (!json) {
        reading.faults.push_back({"", "json", json.error().context});
        return reading;
    }
    return read_draft(*json);
}

DraftReading read_draft(const Json& json) {
    DraftReading reading;
    DraftMembers reader(reading.faults);
    if (!json.is_object()) {
        reader.fault("", "json", "one JSON object is one license");
        return reading;
    }
    Members members;
    if (json.contains("ZZLXDM")) {
        read_flat(json, members, reader);
    } else {
        read_nested(json, members, reader);
    }
    reading.draft = build(members, reader);
    return reading;
}

}  // namespace elic
