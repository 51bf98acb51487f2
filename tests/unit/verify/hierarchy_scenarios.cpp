#include "unit/verify/scenario.h"
#include "unit/verify/tree_world.h"

namespace elic {

namespace {

using Code = FindingCode;

std::vector<Scenario> delegation_scenarios() {
    return {
        {Code::delegation_ok, "a county below a city below a province", [] { return in_tree(); }},
        {Code::delegation_parent, "the city's delegation is missing",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 t.tamper = [](auto& files) {
                     files.erase("delegations/" + province_code().text() + "/" + city_code().text() + ".elic");
                 };
             });
         }},
        {Code::delegation_signature, "a delegation with a changed byte of its signature",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 t.tamper = [](auto& files) {
                     auto& file = files.at("delegations/" + city_code().text() + "/" + county_code().text() + ".elic");
                     file.back() ^= 1;
                 };
             });
         }},
        {Code::delegation_signer, "signed by a key that is not the parent's",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.county_vouched_by = &t.world.other; }); }},
        {Code::delegation_signer, "signed by a key that may not delegate",
         [] {
             return in_tree(
                 [](Tree& t, TreeAsk&) { t.to_city.body.certificates[0].kinds = kinds({SignatureKind::payload}); });
         }},
        {Code::delegation_signer, "signed after the parent's key was withdrawn",
         [] {
             return in_tree(
                 [](Tree& t, TreeAsk&) { t.to_city.body.certificates[0].until = at("2026-11-02T23:59:59+08:00"); });
         }},
        {Code::delegation_signer, "signed by a key that was compromised, whenever",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 t.to_city.body.certificates[0].compromised_since = at("2026-11-20T00:00:00+08:00");
             });
         }},
        {Code::delegation_stale, "past its next update",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.to_county.next_update = at("2026-11-22"); }); }},
        {Code::delegation_stale, "the parent's is past its next update",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.to_city.next_update = at("2026-11-22"); }); }},
        {Code::delegation_not_yet, "before its time",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.to_county.not_before = at("2026-11-24"); }); }},
        {Code::delegation_depth, "two bodies that vouch for each other",
         [] {
             return in_tree([](Tree& t, TreeAsk&) {
                 t.to_city.parent = county_code();
                 t.to_county.body.certificates[0].kinds |= kinds({SignatureKind::delegation});
                 t.city_vouched_by = &t.county;
             });
         }},
    };
}

std::vector<Scenario> authority_from_above() {
    return {
        {Code::authority_parent, "the city never had the type",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.to_city.body.grants[0].type = masked_type(); }); }},
        {Code::authority_parent, "the province may issue, not pass on",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.world.body().grants[0].rights = may_issue; }); }},
        {Code::authority_parent, "the city's right had ended",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.to_city.body.grants[0].until = on("2026-11-19"); }); }},
        {Code::authority_parent, "the city has another area",
         [] {
             return in_tree(
                 [](Tree& t, TreeAsk&) { t.to_city.body.grants[0].areas = {AreaCode::parse("430300").value()}; });
         }},
        {Code::authority_parent, "the county was given more than the city had",
         [] {
             return in_tree([](Tree& t, TreeAsk& ask) {
                 t.to_county.body.grants[0].areas = {AreaCode::parse("430000").value()};
                 ask.license = [](Metadata& license) { license.number = "例4303010001"; };
             });
         }},
        {Code::authority_type, "a right to pass on is none to issue",
         [] { return in_tree([](Tree& t, TreeAsk&) { t.to_county.body.grants[0].rights = may_delegate; }); }},
        {Code::authority_root_area, "a root that is pinned for another province",
         [] { return in_tree([](Tree&, TreeAsk& ask) { ask.pin_areas = {AreaCode::parse("330000").value()}; }); }},
        {Code::authority_ok, "a root that is pinned for a part of what the body has",
         [] {
             return in_tree([](Tree& t, TreeAsk& ask) {
                 t.to_city.body.grants[0].areas = {AreaCode::parse("430000").value()};
                 t.to_county.body.grants[0].areas = {AreaCode::parse("430000").value()};
                 ask.pin_areas = {AreaCode::parse("430100").value()};
             });
         }},
        {Code::authority_root_type, "a root that is pinned for another type",
         [] { return in_tree([](Tree&, TreeAsk& ask) { ask.pin_types = {masked_type()}; }); }},
        {Code::authority_ok, "a root that is pinned for this province and type",
         [] {
             return in_tree([](Tree&, TreeAsk& ask) {
                 ask.pin_areas = {AreaCode::parse("430000").value()};
                 ask.pin_types = {area_type()};
             });
         }},
    };
}

}  // namespace

std::vector<Scenario> hierarchy_scenarios() {
    auto all = delegation_scenarios();
    for (auto&& each : authority_from_above()) all.push_back(std::move(each));
    return all;
}

std::vector<Scenario> memory_scenarios() {
    static const auto root_of = [](const Tree& tree) { return to_hex(tree.world.ca.certificate.fingerprint()); };
    static const auto seen_list = [](const Tree& tree, std::uint64_t number) {
        static SeenState state;
        state = {};
        state.see("trust-list " + root_of(tree), number, at("2026-11-10"));
        return &state;
    };
    static const auto seen = [](const std::string& name, std::uint64_t number) {
        static SeenState state;
        state = {};
        state.see(name, number, at("2026-11-10"));
        return &state;
    };
    return {
        {Code::memory_none, "a machine without memory", [] { return in_tree(); }},
        {Code::memory_compared, "the same list as before",
         [] { return in_tree([](Tree& t, TreeAsk& ask) { ask.seen = seen_list(t, 7); }); }},
        {Code::trust_rolled_back, "an older list than before",
         [] { return in_tree([](Tree& t, TreeAsk& ask) { ask.seen = seen_list(t, 8); }); }},
        {Code::delegation_rolled_back, "an older delegation than before",
         [] {
             return in_tree([](Tree& t, TreeAsk& ask) {
                 ask.seen =
                     seen("delegation " + root_of(t) + " " + province_code().text() + " " + city_code().text(), 4);
             });
         }},
        {Code::status_rolled_back, "an older status list than before",
         [] {
             return in_tree([](Tree& t, TreeAsk& ask) {
                 t.status = t.a_status_list();
                 ask.seen = seen("status " + root_of(t) + " " + county_code().text() + " 1", 10);
             });
         }},
        {Code::status_valid, "a newer status list of this body, but under another root",
         [] {
             return in_tree([](Tree& t, TreeAsk& ask) {
                 t.status = t.a_status_list();
                 ask.seen = seen("status " + std::string(64, '0') + " " + county_code().text() + " 1", 10);
             });
         }},
        {Code::clock_ok, "a clock after everything signed",
         [] { return in_tree([](Tree&, TreeAsk& ask) { ask.now = ask.when; }); }},
        {Code::clock_set_back, "a clock behind the list's own time",
         [] { return in_tree([](Tree&, TreeAsk& ask) { ask.now = at("2026-10-01"); }); }},
        {Code::clock_set_back, "a clock behind what the machine has seen",
         [] {
             return in_tree([](Tree&, TreeAsk& ask) {
                 static SeenState state;
                 state = {};
                 state.newest_time = at("2026-12-01");
                 ask.seen = &state;
                 ask.now = ask.when;
             });
         }},
    };
}

}  // namespace elic
