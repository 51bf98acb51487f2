#include <algorithm>
#include <set>

#include "base/text.h"
#include "elic/license/diagnosis.h"
#include "trust/lint_names.h"
#include "trust/lint_reader.h"

// One body of a source, member by member.

namespace elic {

namespace {

constexpr std::string_view all_types = "all";

/// Names every text that stands a second time.
void add_repeated(LintFaults& faults, LintCode code, const std::vector<Placed>& texts) {
    std::set<std::string> seen;
    for (const auto& each : texts) {
        if (!seen.insert(each.text).second) faults.add(code, each.place, in_quotes(each.text) + " is named twice");
    }
}

/// 430001 and the like: a county without a prefecture, a prefecture of the whole country.
bool possible_area(const AreaCode& area) {
    const auto& text = area.text();
    const bool province = text.substr(0, 2) != "00", prefecture = text.substr(2, 2) != "00",
               county = text.substr(4, 2) != "00";
    return (province || (!prefecture && !county)) && (prefecture || !county);
}

}  // namespace

void add_refused_code(LintFaults& faults, LintCode code, const std::string& place, const std::string& text,
                      const std::string& reason) {
    const auto diagnosis = diagnose(text);
    std::string what = in_quotes(text) + ": " + reason;
    for (const auto& remark : diagnosis.remarks) what += "; " + remark.en;
    faults.add(code, place, what, diagnosis.suggestion.empty() ? "" : "probably meant: " + diagnosis.suggestion);
}

std::optional<Uscc> LintReader::code(const std::string& text, const std::string& place) {
    auto read = Uscc::parse(text);
    if (!read) {
        add_refused_code(faults_, LintCode::code_malformed, place, text, read.error().context);
        return {};
    }
    if (!read->organisation_check_holds()) faults_.add(LintCode::code_inner_check, place);
    const auto area = read->area();
    if (area != "100000" && !AreaCode::parse(area))
        faults_.add(LintCode::code_division, place, in_quotes(area) + " is no division");
    return *read;
}

std::uint32_t LintReader::kinds(const LintObjectReader& object) {
    constexpr auto payload = 1U << static_cast<unsigned>(SignatureKind::payload);
    const auto* given = object.member("kinds");
    if (given == nullptr) return payload;
    const auto place = object.place_of("kinds");
    if (given->is_array() && given->empty()) {
        faults_.add(LintCode::kind_none, place);
        return payload;
    }
    std::uint32_t kinds = 0;
    const auto names = object.texts("kinds");
    for (const auto& name : names) {
        int kind = 0;
        while (kind < signature_kinds && name_of(static_cast<SignatureKind>(kind)) != name.text) ++kind;
        if (kind == static_cast<int>(SignatureKind::trust_list)) {
            faults_.add(LintCode::kind_trust_list, name.place);
        } else if (kind == signature_kinds) {
            faults_.add(LintCode::kind_unknown, name.place, in_quotes(name.text) + " is no kind of signature");
        } else {
            kinds |= 1U << kind;
        }
    }
    add_repeated(faults_, LintCode::kind_repeated, names);
    return kinds;
}

LintKey LintReader::key(const Json& json, const std::string& place) {
    LintKey key;
    key.place = place;
    const LintObjectReader object(json, place, {"file", "from", "until", "kinds", "compromised_since"}, faults_);
    if (!object.is_object()) return key;
    if (const auto named = object.text("file")) key.file = certificate({*named, object.place_of("file")});
    key.from = instant(object, "from", SourceTime::beginning, key.times_known);
    key.until = instant(object, "until", SourceTime::end, key.times_known);
    key.until_given = key.until.has_value();
    key.compromised = instant(object, "compromised_since", SourceTime::beginning, key.times_known);
    key.kinds = kinds(object);
    if (!key.from && key.file && key.times_known) key.from = key.file->certificate.not_before();
    if (key.from && key.until && *key.until < *key.from) {
        key.times_known = false;
        const bool given = object.member("from") != nullptr;
        faults_.add(LintCode::certificate_until, object.place_of("until"),
                    "listed until " + key.until->format() + ", before it begins (" + key.from->format() +
                        (given ? ")" : ", the certificate's own begin)"));
    }
    return key;
}

void LintReader::grant_types(const LintObjectReader& object, LintGrant& grant) {
    const auto names = object.texts("types");
    const auto* given = object.member("types");
    if (given == nullptr || (given->is_array() && given->empty()))
        faults_.add(LintCode::grant_no_type, object.place_of("types"));
    std::set<LicenseTypeCode> known, named;
    for (const auto& pack : source_.packs) known.insert(pack.type);
    for (const auto& name : names) {
        if (name.text == all_types) {
            if (known.empty()) faults_.add(LintCode::grant_no_type, name.place, "\"all\" stands for no type: no packs");
            for (const auto& type : known) {
                if (named.insert(type).second) grant.types.emplace_back(type, name.place);
            }
            continue;
        }
        auto type = LicenseTypeCode::parse(name.text);
        if (!type) {
            add_refused_code(faults_, LintCode::type_malformed, name.place, name.text, type.error().context);
            continue;
        }
        if (!known.contains(*type) && source_.all_packs_read)
            faults_.add(LintCode::type_unknown, name.place, "no pack of the source is of type " + in_quotes(name.text));
        if (type->provisional())
            faults_.add(LintCode::type_provisional, name.place, in_quotes(name.text) + " is provisional");
        if (named.insert(*type).second) {
            grant.types.emplace_back(*type, name.place);
        } else {
            faults_.add(LintCode::type_twice, name.place, in_quotes(name.text) + " is named before in this grant");
        }
    }
}

void LintReader::grant_areas(const LintObjectReader& object, LintGrant& grant) {
    const auto names = object.texts("areas");
    const auto* given = object.member("areas");
    if (given == nullptr || (given->is_array() && given->empty()))
        faults_.add(LintCode::area_none, object.place_of("areas"));
    for (const auto& name : names) {
        auto area = AreaCode::parse(name.text);
        if (!area) {
            const bool form = name.text.size() == 6 && name.text.find_first_not_of("0123456789") == std::string::npos;
            faults_.add(form ? LintCode::area_province : LintCode::area_malformed, name.place,
                        in_quotes(name.text) + ": " + area.error().context);
            continue;
        }
        if (!possible_area(*area))
            faults_.add(LintCode::area_odd, name.place, in_quotes(name.text) + " is no division");
        if (name.text.size() > 6) faults_.add(LintCode::area_long, name.place);
        for (const auto& [other, place] : grant.areas) {
            if (other == *area) {
                faults_.add(LintCode::area_twice, name.place, area->text() + " is also " + place);
            } else if (other.contains(*area)) {
                faults_.add(LintCode::area_nested, name.place, area->text() + " lies in " + other.text());
            } else if (area->contains(other)) {
                faults_.add(LintCode::area_nested, place, other.text() + " lies in " + area->text());
            }
        }
        grant.areas.emplace_back(*area, name.place);
    }
}

void LintReader::grant_rights(const LintObjectReader& object, LintGrant& grant) {
    const auto* given = object.member("rights");
    grant.rights = given == nullptr ? right_of(GrantRight::issue) : std::uint8_t{0};
    if (given != nullptr && given->is_array() && given->empty()) {
        faults_.add(LintCode::right_none, object.place_of("rights"));
        grant.rights = right_of(GrantRight::issue);
    }
    const auto names = object.texts("rights");
    for (const auto& name : names) {
        if (name.text == "issue") {
            grant.rights |= right_of(GrantRight::issue);
        } else if (name.text == "delegate") {
            grant.rights |= right_of(GrantRight::delegate);
        } else {
            faults_.add(LintCode::right_unknown, name.place, in_quotes(name.text) + " is no right");
        }
    }
    add_repeated(faults_, LintCode::right_twice, names);
}

LintGrant LintReader::grant(const Json& json, const std::string& place) {
    LintGrant grant;
    grant.place = place;
    const LintObjectReader object(json, place, {"types", "areas", "from", "until", "rights"}, faults_);
    if (!object.is_object()) return grant;
    grant_types(object, grant);
    grant_areas(object, grant);
    grant_rights(object, grant);
    grant.from = day(object, "from", true, grant.times_known);
    grant.until = day(object, "until", false, grant.times_known);
    if (grant.from && grant.until && *grant.until < *grant.from) {
        grant.times_known = false;
        faults_.add(LintCode::grant_until, object.place_of("until"),
                    "until " + grant.until->format() + ", before it begins (" + grant.from->format() + ")");
    }
    return grant;
}

LintFormerName LintReader::former_name(const Json& json, const std::string& place) {
    LintFormerName former;
    former.place = place;
    const LintObjectReader object(json, place, {"name", "until"}, faults_);
    if (!object.is_object()) return former;
    bool fine = true;
    former.until = day(object, "until", true, fine);
    if (const auto name = object.text("name")) {
        former.name = *name;
        lint_name(*name, object.place_of("name"), faults_);
    }
    return former;
}

LintSuccessor LintReader::successor(const Json& json, const std::string& place) {
    LintSuccessor successor;
    successor.place = place;
    const LintObjectReader object(json, place, {"code", "from"}, faults_);
    if (!object.is_object()) return successor;
    bool fine = true;
    if (const auto text = object.text("code")) successor.code = code(*text, object.place_of("code"));
    successor.from = day(object, "from", true, fine);
    return successor;
}

void LintReader::body(const Json& json, const std::string& place) {
    LintBody body;
    body.place = place;
    const LintObjectReader object(
        json, place, {"code", "name", "hosts", "certificates", "types", "former_names", "successor"}, faults_);
    if (object.is_object()) {
        if (const auto text = object.text("code")) body.code = code(*text, object.place_of("code"));
        if (const auto name = object.text("name")) {
            body.name = *name;
            lint_name(*name, object.place_of("name"), faults_);
        }
        body.hosts = object.texts("hosts");
        lint_hosts(body.hosts, faults_);
        for (const auto& [item, at] : object.items("certificates")) body.keys.push_back(key(*item, at));
        for (const auto& [item, at] : object.items("types")) body.grants.push_back(grant(*item, at));
        for (const auto& [item, at] : object.items("former_names")) body.former_names.push_back(former_name(*item, at));
        if (const auto* given = object.member("successor"))
            body.successor = successor(*given, object.place_of("successor"));
    }
    source_.bodies.push_back(std::move(body));
}

}  // namespace elic
