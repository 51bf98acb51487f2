#include "packs/check_field_rule.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t max_codes_of_a_set = 62;  // a set of entries travels as one bit each, below 2^63

bool one_of(FieldKind kind, std::initializer_list<FieldKind> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

Status check_codes(const FieldRule& rule, const std::string& place) {
    const bool listed = one_of(rule.kind, {FieldKind::code, FieldKind::codes});
    if (listed == rule.codes.empty())
        return fail(Errc::malformed_pack, place + ".codes: they belong to the kinds code and codes, and to them only");
    if (rule.kind == FieldKind::codes && rule.codes.size() > max_codes_of_a_set)
        return fail(Errc::malformed_pack, place + ".codes: at most 62 for the kind codes");
    std::set<std::string> texts, codes;
    for (std::size_t i = 0; i < rule.codes.size(); ++i) {
        const auto& [code, text] = rule.codes[i];
        const auto entry = place + ".codes[" + std::to_string(i) + "]";
        if (text.empty() || !texts.insert(text).second)
            return fail(Errc::malformed_pack, entry + ".text: it is empty or repeated");
        if (!code.empty() && !codes.insert(code).second)
            return fail(Errc::malformed_pack, entry + ".code: it is repeated");
        // The face joins the entries; a text with a separator in it could not be told from two.
        for (const std::string& separator : {rule.separator, std::string(";"), std::string("；")}) {
            if (rule.kind == FieldKind::codes && text.find(separator) != std::string::npos)
                return fail(Errc::malformed_pack, entry + ".text: the separator stands in it");
        }
    }
    return {};
}

Status check_derivation(const FieldRule& rule, const std::string& place, const std::vector<FieldRule>& before) {
    const auto refuse = [&](const char* why) { return fail(Errc::malformed_pack, place + ".derive: " + why); };
    if (rule.derive.kind == DerivationKind::none) return {};
    if (rule.kind == FieldKind::image) return refuse("an image derives from nothing");
    if (rule.derive.kind == DerivationKind::issuer_name && rule.number != 0)
        return refuse("the issuer's name never travels: leave n out");
    if (rule.derive.kind == DerivationKind::same_as_field) {
        const auto& source = before[static_cast<std::size_t>(rule.derive.field)];
        if (source.carried != Carried::value) return refuse("the reader of a code does not know that field");
        // A body that is renamed must not change what a signed code says.
        if (source.derive.kind == DerivationKind::issuer_name)
            return refuse("the issuer's name may change: no other field may hang on it");
    }
    const bool known = rule.derive.kind != DerivationKind::constant || rule.kind != FieldKind::code || rule.open ||
                       std::any_of(rule.codes.begin(), rule.codes.end(),
                                   [&](const CodeEntry& entry) { return entry.text == rule.derive.constant; });
    return known ? Status() : refuse("the constant is no text of the list");
}

Status check_carried(const FieldRule& rule, const std::string& place) {
    const auto refuse = [&](const char* why) { return fail(Errc::malformed_pack, place + ".carried: " + why); };
    if (rule.kind == FieldKind::image && !(rule.carried == Carried::digest || rule.carried == Carried::absent))
        return refuse("an image is carried as digest or absent");
    if (rule.carried == Carried::digest && !one_of(rule.kind, {FieldKind::text, FieldKind::list, FieldKind::image}))
        return refuse("digest belongs to the kinds text, list and image");
    if (rule.carried == Carried::masked &&
        !one_of(rule.kind, {FieldKind::text, FieldKind::citizen_id, FieldKind::uscc})) {
        return refuse("masked belongs to the kinds text, citizen-id and uscc");
    }
    if (rule.carried == Carried::absent)
        return rule.number == 0 ? Status() : fail(Errc::malformed_pack, place + ".n: a field not carried has none");
    return rule.number != 0 || rule.derive.kind != DerivationKind::none
               ? Status()
               : fail(Errc::malformed_pack, place + ".n: a field that the code carries needs it");
}

}  // namespace

Status check_field_rule(const FieldRule& rule, const std::string& place, const std::vector<FieldRule>& before) {
    if (rule.open && rule.kind != FieldKind::code)
        return fail(Errc::malformed_pack, place + ".open: it belongs to the kind code");
    if (rule.scale != 0 && rule.kind != FieldKind::decimal)
        return fail(Errc::malformed_pack, place + ".scale: it belongs to the kind decimal");
    if (!rule.unit.empty() && !one_of(rule.kind, {FieldKind::whole, FieldKind::decimal}))
        return fail(Errc::malformed_pack, place + ".unit: it belongs to the kinds whole and decimal");
    // A unit that begins or ends like a number would be read as part of it.
    if (!rule.unit.empty() && fold_width(rule.unit).find_first_of("0123456789. ") == 0)
        return fail(Errc::malformed_pack, place + ".unit: it begins like a number");
    if (auto fine = check_codes(rule, place); !fine) return fine;
    if (auto fine = check_carried(rule, place); !fine) return fine;
    return check_derivation(rule, place, before);
}

}  // namespace elic
