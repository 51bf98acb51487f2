#include "verify/revocation_checks.h"

#include <algorithm>

namespace elic {

namespace {

bool issued_by_one_of(const RevocationList& list, const std::vector<Certificate>& authorities) {
    return std::any_of(authorities.begin(), authorities.end(),
                       [&](const Certificate& authority) { return list.issued_by(authority); });
}

/// The newest list that its authority signed; null when there is none.
const RevocationList* newest(const std::vector<RevocationList>& lists, const Anchors& anchors) {
    const RevocationList* found = nullptr;
    for (const auto& list : lists) {
        if (!issued_by_one_of(list, anchors.intermediates) && !issued_by_one_of(list, anchors.roots)) continue;
        if (found == nullptr || found->this_update() < list.this_update()) found = &list;
    }
    return found;
}

}  // namespace

RevocationFacts revocation_of(const VerifyContext& context, const Anchors& anchors, const Certificate& certificate) {
    const auto lists = context.trust->revocation_lists(certificate.issuer());
    if (!lists) return {.revocation = {}, .unusable = lists.error().context};
    if (lists->empty()) return {};
    const auto* list = newest(*lists, anchors);
    if (list == nullptr) {
        return {.revocation = {}, .unusable = "no signature of its authority: " + certificate.issuer()};
    }
    RevocationFacts facts{.revocation = list->find(certificate), .unusable = {}};
    if (list->next_update() && *list->next_update() < context.at) {
        facts.unusable = "next update was due " + list->next_update()->format() + ": " + certificate.issuer();
    }
    return facts;
}

}  // namespace elic
