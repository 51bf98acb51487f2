#include "unit/verify/scenario.h"
#include "unit/verify/tree_world.h"

namespace elic {

namespace {

using Code = FindingCode;

/// With a status list; no option weakens anything.
std::function<Report()> with_list(const std::function<void(Tree&, TreeAsk&)>& change = {}) {
    return [change] {
        return in_tree([&](Tree& t, TreeAsk& ask) {
            t.status = t.a_status_list();
            ask.policy = {};
            if (change) change(t, ask);
        });
    };
}

std::function<Report()> in_state(LicenseState state) {
    return with_list([state](Tree& t, TreeAsk&) { t.status->entries = {{.index = 42, .state = state}}; });
}

std::function<Report()> changed(LicenseState state, const char* effective) {
    return with_list([state, effective](Tree& t, TreeAsk&) {
        t.status->changes = {{.index = 42, .effective = at(effective), .state = state}};
    });
}

std::string list_file() { return "status/" + county_code().text() + "/1/9.elic"; }

std::vector<Scenario> states() {
    return {
        {Code::status_valid, "nothing against it", with_list()},
        {Code::status_valid, "what is to come does not count yet",
         changed(LicenseState::revoked, "2026-11-24T00:00:00+08:00")},
        {Code::status_suspended, "suspended in the base", in_state(LicenseState::suspended)},
        {Code::status_suspended, "suspended since yesterday",
         changed(LicenseState::suspended, "2026-11-22T09:00:00+08:00")},
        {Code::status_lapsed, "lapsed", in_state(LicenseState::lapsed)},
        {Code::status_cancelled, "cancelled", in_state(LicenseState::cancelled)},
        {Code::status_withdrawn, "withdrawn", in_state(LicenseState::withdrawn)},
        {Code::status_revoked, "revoked", in_state(LicenseState::revoked)},
        {Code::status_transferred_out, "transferred out", in_state(LicenseState::transferred_out)},
        {Code::status_replaced, "replaced", in_state(LicenseState::replaced)},
        {Code::status_never_issued, "an entry beyond the end of a list made later",
         with_list([](Tree& t, TreeAsk&) { t.status->allotted = 42; })},
        {Code::status_newer, "an entry beyond the end of a list made before", with_list([](Tree& t, TreeAsk&) {
             t.status->allotted = 42;
             t.status->as_of = at("2026-11-20T09:29:59+08:00");
         })},
        {Code::status_history, "a time before the history begins", with_list([](Tree& t, TreeAsk& ask) {
             t.status->base = at("2026-11-22T00:00:00+08:00");
             ask.when = at("2026-11-21T00:00:00+08:00");
         })},
    };
}

std::vector<Scenario> lists() {
    return {
        {Code::status_malformed, "a damaged list",
         with_list([](Tree& t, TreeAsk&) { t.tamper = [](auto& files) { files[list_file()].resize(40); }; })},
        {Code::status_malformed, "a list of another authority under this name",
         with_list([](Tree& t, TreeAsk&) { t.status->issuer = city_code(); })},
        {Code::status_newer_format, "a list of a later format", with_list([](Tree& t, TreeAsk&) {
             t.tamper = [](auto& files) {
                 auto& file = files[list_file()];
                 const std::string text(file.begin(), file.end());
                 file[text.find("elic status-list 1") + 17] = '2';
             };
         })},
        {Code::status_signature, "a changed byte of its signature",
         with_list([](Tree& t, TreeAsk&) { t.tamper = [](auto& files) { files[list_file()].back() ^= 1; }; })},
        {Code::status_signer, "signed by a stranger",
         with_list([](Tree& t, TreeAsk&) { t.status_signed_by = &t.world.other; })},
        {Code::status_signer, "signed by a key that may not sign lists", with_list([](Tree& t, TreeAsk&) {
             t.to_county.body.certificates[0].kinds = kinds({SignatureKind::payload});
         })},
        {Code::status_valid, "signed by the body above", with_list([](Tree& t, TreeAsk&) {
             t.to_city.body.certificates[0].kinds |= kinds({SignatureKind::status_list});
             t.status_signed_by = &t.city;
         })},
        {Code::status_valid, "signed by the successor", with_list([](Tree& t, TreeAsk&) {
             t.to_county.body.successor = Successor{.code = other_code(), .from = on("2026-11-21")};
             t.world.other_body().certificates[0].kinds |= kinds({SignatureKind::status_list});
             t.status_signed_by = &t.world.other;
         })},
        {Code::status_signer, "signed by the successor before its day", with_list([](Tree& t, TreeAsk&) {
             t.to_county.body.successor = Successor{.code = other_code(), .from = on("2026-11-23")};
             t.world.other_body().certificates[0].kinds |= kinds({SignatureKind::status_list});
             t.status_signed_by = &t.world.other;
         })},
        {Code::status_stale, "past its next update",
         with_list([](Tree& t, TreeAsk&) { t.status->next_update = at("2026-11-23T09:59:59+08:00"); })},
        {Code::status_stale, "older than the caller takes",
         with_list([](Tree&, TreeAsk& ask) { ask.policy.max_status_age = std::chrono::hours(12); })},
        {Code::status_stale, "a suspension in a stale list may have ended", with_list([](Tree& t, TreeAsk&) {
             t.status->next_update = at("2026-11-23T09:59:59+08:00");
             t.status->entries = {{.index = 42, .state = LicenseState::suspended}};
         })},
        {Code::status_revoked, "a revocation in a stale list stays", with_list([](Tree& t, TreeAsk&) {
             t.status->next_update = at("2026-11-23T09:59:59+08:00");
             t.status->entries = {{.index = 42, .state = LicenseState::revoked}};
         })},
        {Code::status_stale_allowed, "allowed by option", with_list([](Tree& t, TreeAsk& ask) {
             t.status->next_update = at("2026-11-23T09:59:59+08:00");
             ask.policy.allow_missing_status = true;
         })},
    };
}

}  // namespace

std::vector<Scenario> status_scenarios() {
    auto all = states();
    for (auto&& each : lists()) all.push_back(std::move(each));
    return all;
}

}  // namespace elic
