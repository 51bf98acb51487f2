#include "payload/pack_rules.h"

#include <algorithm>

namespace elic {

namespace {

Status check_holders(const Metadata& license, const HolderRule& rule) {
    const auto count = static_cast<int>(license.holders.size());
    if (count < rule.min || count > rule.max) {
        return fail(Errc::draft_refused, "holders: the type has " + std::to_string(rule.min) + " to " +
                                             std::to_string(rule.max) + " holders");
    }
    for (const auto& holder : license.holders) {
        if (auto fine = check_holder(holder); !fine) {
            return fail(Errc::draft_refused, "holders: " + fine.error().context);
        }
        if (holder.masked() && rule.carried != Carried::masked) {
            return fail(Errc::draft_refused, "holders: the type carries whole codes, this one is masked");
        }
        const auto& allowed = rule.code_types;
        if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), holder.code_type.text()) == allowed.end()) {
            return fail(Errc::draft_refused,
                        "holders: codes of kind " + holder.code_type.text() + " cannot hold this type");
        }
    }
    return {};
}

Status check_validity(const Validity& validity, const ValidityRule& rule) {
    const bool allowed = validity.form == ValidityForm::until       ? rule.until
                         : validity.form == ValidityForm::long_term ? rule.long_term
                                                                    : rule.none;
    if (!allowed) return fail(Errc::draft_refused, "valid_until: the type does not allow this form of validity");
    const bool set = validity.valid_until.has_value();
    if (set != (validity.form == ValidityForm::until) || (set && *validity.valid_until < validity.valid_from)) {
        return fail(Errc::draft_refused, "valid_until: lies before valid_from or does not go with its form");
    }
    return {};
}

}  // namespace

Status check_pack_rules(const Metadata& license, const TypePack& pack) {
    if (license.id.type() != pack.code) {
        return fail(Errc::draft_refused, "the license is of another type than the pack");
    }
    if (auto fine = check_holders(license, pack.holders); !fine) return fine;
    return check_validity(license.validity, pack.validity);
}

}  // namespace elic
