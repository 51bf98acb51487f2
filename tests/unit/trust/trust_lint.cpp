#include <catch2/catch.hpp>
#include <functional>

#include "elic/trust/genuine_list.h"
#include "elic/trust/signed_object.h"
#include "unit/trust/lint_world.h"

using namespace elic;

namespace {

struct Planted {
    LintCode code;
    std::function<void(LintWorld&)> plant;
};

Json grant_json(const char* area, const char* from) {
    return {{"types", {lint_type}}, {"areas", {area}}, {"from", from}};
}

using W = LintWorld;
using C = LintCode;

const std::vector<Planted>& planted_in_form() {
    static const std::vector<Planted> all = {
        {C::json_malformed, [](W& w) { w.raw = "{\"format\": "; }},
        {C::json_repeated,
         [](W& w) {
             w.raw = w.text();
             w.raw.insert(1, "\"number\":3,");
         }},
        {C::json_type, [](W& w) { w.json["roots"] = "root.pem"; }},
        {C::json_type, [](W& w) { w.json["bodies"] = 1; }},
        {C::json_type, [](W& w) { w.body()["hosts"] = {1}; }},
        {C::json_type, [](W& w) { w.json["number"] = "3"; }},
        {C::json_type, [](W& w) { w.grant()["until"] = nullptr; }},
        {C::json_type, [](W& w) { w.json = Json::array(); }},
        {C::json_unknown_key, [](W& w) { w.json["rots"] = 1; }},
        {C::json_unknown_key, [](W& w) { w.key()["form"] = 1; }},
        {C::json_missing_key, [](W& w) { w.json.erase("format"); }},
        {C::json_missing_key, [](W& w) { w.body().erase("name"); }},
        {C::json_missing_key, [](W& w) { w.key().erase("file"); }},
        {C::json_missing_key, [](W& w) { w.grant().erase("from"); }},
        {C::source_format, [](W& w) { w.json["format"] = "elic trust source 0"; }},
        {C::source_no_bodies, [](W& w) { w.json["bodies"] = Json::array(); }},
        {C::file_missing, [](W& w) { w.key()["file"] = "nowhere.pem"; }},
        {C::file_missing, [](W& w) { w.json["objects"] = {"nowhere.elic"}; }},
        {C::file_not_portable, [](W& w) { w.key()["file"] = (w.folder / "office.cer").string(); }},
        {C::file_private_key,
         [](W& w) {
             w.put("both.pem", as_bytes(std::string(example_office_pem) + std::string(example_office_key_pem)));
             w.key()["file"] = "both.pem";
         }},
        {C::number_range, [](W& w) { w.json["number"] = 0; }},
        {C::time_malformed, [](W& w) { w.json["not_before"] = "2026-02-30"; }},
        {C::time_malformed, [](W& w) { w.grant()["until"] = "next year"; }},
        {C::time_malformed, [](W& w) { w.key()["from"] = "2026/01/01"; }},
        {C::time_implausible, [](W& w) { w.grant()["until"] = "2199-01-01"; }},
        {C::update_before_start, [](W& w) { w.json["next_update"] = "2026-11-01"; }},
        {C::update_past, [](W& w) { w.json["next_update"] = "2026-11-30"; }},
        {C::update_far, [](W& w) { w.json["next_update"] = "2029-11-30"; }},
        {C::update_soon, [](W& w) { w.json["next_update"] = "2026-12-01"; }},
        {C::start_future, [](W& w) { w.json["not_before"] = "2027-01-01"; }},
        {C::code_malformed, [](W& w) { w.body()["code"] = "11430199MB00TX0171"; }},
        {C::code_malformed, [](W& w) { w.body()["code"] = ""; }},
        {C::code_inner_check, [](W& w) { w.body()["code"] = uscc_of("11430199MB00TX018").text(); }},
        {C::code_division, [](W& w) { w.body()["code"] = uscc_of("11990199MB00TX017").text(); }},
        {C::code_class, [](W& w) { w.body()["code"] = uscc_of("91430199MB00TX017").text(); }},
        {C::body_twice, [](W& w) { w.second()["code"] = w.body()["code"]; }},
        {C::body_no_certificates, [](W& w) { w.body().erase("certificates"); }},
        {C::body_no_grants, [](W& w) { w.body().erase("types"); }},
        {C::body_too_large,
         [](W& w) {
             for (int i = 0; i < 25000; ++i) w.body()["hosts"].push_back("h" + std::to_string(i) + ".example");
         }},
        {C::name_empty, [](W& w) { w.body()["name"] = ""; }},
        {C::name_empty, [](W& w) { w.body()["name"] = "　　"; }},
        {C::name_character, [](W& w) { w.body()["name"] = "示例市\u200b住房和城乡建设局"; }},
        {C::name_character, [](W& w) { w.body()["name"] = "示例市住房和城乡建设局e\u0301"; }},
        {C::name_blank, [](W& w) { w.body()["name"] = " 示例市住房和城乡建设局"; }},
        {C::name_blank, [](W& w) { w.body()["name"] = "示例市 住房和城乡建设局"; }},
        {C::name_scripts, [](W& w) { w.body()["name"] = "示例市住房和城乡建设局\u0410"; }},
        {C::name_scripts, [](W& w) { w.body()["name"] = "示例市人カ资源局"; }},
        {C::name_form, [](W& w) { w.body()["name"] = "示例市⼈力资源局"; }},
        {C::name_form, [](W& w) { w.body()["name"] = "示例市住房和城乡建设局Ａ"; }},
        {C::name_latin, [](W& w) { w.body()["name"] = "示例市住房和城乡建设局B"; }},
        {C::name_odd, [](W& w) { w.body()["name"] = "示例市住房和城乡建设局★"; }},
        {C::name_short, [](W& w) { w.body()["name"] = "住建局"; }},
        {C::name_long,
         [](W& w) {
             std::string name;
             for (int i = 0; i < 61; ++i) name += "示";
             w.body()["name"] = name;
         }},
        {C::name_same, [](W& w) { w.second()["name"] = w.body()["name"]; }},
        {C::name_alike, [](W& w) { w.second()["name"] = "示例市往房和城乡建设局"; }},
        {C::name_alike, [](W& w) { w.second()["name"] = "⽰例市住房和城乡建设局"; }},
        {C::host_malformed, [](W& w) { w.body()["hosts"] = {"zw..example"}; }},
        {C::host_malformed, [](W& w) { w.body()["hosts"] = {""}; }},
        {C::host_url, [](W& w) { w.body()["hosts"] = {"https://zw.example/"}; }},
        {C::host_ip, [](W& w) { w.body()["hosts"] = {"192.0.2.1"}; }},
        {C::host_case, [](W& w) { w.body()["hosts"] = {"ZW.example"}; }},
        {C::host_international, [](W& w) { w.body()["hosts"] = {"zw.ex\u0430mple"}; }},
        {C::host_international, [](W& w) { w.body()["hosts"] = {"xn--zw-abc.example"}; }},
        {C::host_private, [](W& w) { w.body()["hosts"] = {"localhost"}; }},
        {C::host_twice,
         [](W& w) {
             w.body()["hosts"] = {"zw.example", "ZW.example"};
         }},
        {C::host_shared, [](W& w) { w.second()["hosts"] = w.body()["hosts"]; }},
        {C::host_alike, [](W& w) { w.second()["hosts"] = {"zw.shi1i.example"}; }},
    };
    return all;
}

const std::vector<Planted>& planted_in_certificates() {
    static const std::vector<Planted> all = {
        {C::root_missing, [](W& w) { w.json["roots"] = Json::array(); }},
        {C::root_missing, [](W& w) { w.json.erase("roots"); }},
        {C::root_not_ca, [](W& w) { w.json["roots"].push_back("office.cer"); }},
        {C::root_not_self_signed, [](W& w) { w.json["roots"].push_back("intermediate.pem"); }},
        {C::root_key_usage, [](W& w) { w.json["roots"].push_back("unfit_root.pem"); }},
        {C::root_expired,
         [](W& w) {
             w.put("old.pem", make_pilot_ca(at("2020-01-01T00:00:00Z"), 2).value().certificate.pem());
             w.json["roots"].push_back("old.pem");
         }},
        {C::root_expiring,
         [](W& w) {
             w.put("old.pem", make_pilot_ca(at("2025-02-01T00:00:00Z"), 2).value().certificate.pem());
             w.json["roots"].push_back("old.pem");
         }},
        {C::root_not_yet,
         [](W& w) {
             w.put("new.pem", make_pilot_ca(at("2027-02-01T00:00:00Z"), 2).value().certificate.pem());
             w.json["roots"].push_back("new.pem");
         }},
        {C::root_test, [](W& w) { w.json["roots"].push_back("example_root.pem"); }},
        {C::root_twice, [](W& w) { w.json["roots"].push_back("root.pem"); }},
        {C::root_same_subject,
         [](W& w) {
             w.put("twin.pem", make_pilot_ca(at("2025-11-01T00:00:00Z")).value().certificate.pem());
             w.json["roots"].push_back("twin.pem");
         }},
        {C::root_unused, [](W& w) { w.json["roots"].push_back("chain_root.pem"); }},
        {C::intermediate_not_ca, [](W& w) { w.json["intermediates"] = {"delegating.pem"}; }},
        {C::intermediate_root, [](W& w) { w.json["intermediates"] = {"chain_root.pem"}; }},
        {C::intermediate_no_chain, [](W& w) { w.json["intermediates"] = {"intermediate.pem"}; }},
        {C::intermediate_unused, [](W& w) { w.json["intermediates"] = {"intermediate.pem"}; }},
        {C::intermediate_expired,
         [](W& w) {
             w.json["intermediates"] = {"intermediate.pem"};
             w.now = at("2046-01-02T00:00:00Z");
         }},
        {C::intermediate_expiring,
         [](W& w) {
             w.json["intermediates"] = {"intermediate.pem"};
             w.now = at("2045-12-01T00:00:00Z");
         }},
        {C::path_length,
         [](W& w) {
             w.json["roots"].push_back("short_root.pem");
             w.json["intermediates"] = {"long_intermediate.pem"};
             w.key()["file"] = "long_leaf.pem";
         }},
        {C::certificate_unreadable, [](W& w) { w.key()["file"] = "nonsense.bin"; }},
        {C::certificate_unreadable, [](W& w) { w.json["roots"] = {"nonsense.bin"}; }},
        {C::certificate_not_sm2, [](W& w) { w.key()["file"] = "p256.pem"; }},
        {C::certificate_weak, [](W& w) { w.json["roots"].push_back("p256.pem"); }},
        {C::certificate_cannot_sign, [](W& w) { w.key()["file"] = "encryption.pem"; }},
        {C::certificate_is_ca, [](W& w) { w.key()["file"] = "intermediate.pem"; }},
        {C::certificate_usage, [](W& w) { w.key()["file"] = "bare_leaf.pem"; }},
        {C::certificate_list_purpose,
         [](W& w) { w.key()["file"] = w.made("CN=示例市住房和城乡建设局", CertificatePurpose::trust_list); }},
        {C::certificate_expired, [](W& w) { w.now = at("2031-06-01T00:00:00Z"); }},
        {C::certificate_not_yet, [](W& w) { w.key()["file"] = w.renewed("2027-01-01T00:00:00Z"); }},
        {C::certificate_expiring, [](W& w) { w.key()["file"] = w.renewed("2026-01-10T00:00:00Z", 1); }},
        {C::certificate_outlived, [](W& w) { w.key()["until"] = "2040-01-01"; }},
        {C::certificate_before, [](W& w) { w.key()["from"] = "2020-01-01"; }},
        {C::certificate_never,
         [](W& w) {
             w.key()["from"] = "2020-01-01";
             w.key()["until"] = "2021-01-01";
         }},
        {C::certificate_until,
         [](W& w) {
             w.key()["from"] = "2026-12-01";
             w.key()["until"] = "2026-11-01";
         }},
        {C::certificate_until, [](W& w) { w.key()["until"] = "2020-01-01"; }},
        {C::certificate_no_chain, [](W& w) { w.key()["file"] = "chain_office.pem"; }},
        {C::certificate_chain_ends,
         [](W& w) {
             const auto ca = make_pilot_ca(at("2025-11-01T00:00:00Z"), 3).value();
             w.put("root.pem", ca.certificate.pem());
             w.put("office.cer", certified(ca, "CN=示例市住房和城乡建设局").certificate.pem());
             w.put("other.pem", certified(ca, "CN=样本市交通运输局").certificate.pem());
             w.key()["until"] = "2030-01-01";
         }},
        {C::certificate_self, [](W& w) { w.key()["file"] = "chain_root.pem"; }},
        {C::certificate_long, [](W& w) { w.key()["file"] = w.renewed("2026-01-01T00:00:00Z", 15); }},
        {C::certificate_twice, [](W& w) { w.body()["certificates"].push_back(w.key()); }},
        {C::certificate_two_bodies, [](W& w) { w.second()["certificates"].push_back(w.key()); }},
        {C::certificate_as_root, [](W& w) { w.key()["file"] = "root.pem"; }},
        {C::certificate_serial,
         [](W& w) {
             w.key()["file"] = "long_intermediate.pem";
             w.second()["certificates"][0]["file"] = "bare_leaf.pem";
         }},
        {C::certificate_test, [](W& w) { w.json["roots"].push_back("example_root.pem"); }},
        {C::certificate_name, [](W& w) { w.body()["name"] = "样例市住房和城乡建设局"; }},
        {C::certificate_code,
         [](W& w) { w.key()["file"] = w.made("CN=示例市住房和城乡建设局,OU=" + other_code().text()); }},
        {C::kind_unknown, [](W& w) { w.key()["kinds"] = {"payloads"}; }},
        {C::kind_trust_list,
         [](W& w) {
             w.key()["kinds"] = {"payload", "trust-list"};
         }},
        {C::kind_repeated,
         [](W& w) {
             w.key()["kinds"] = {"payload", "payload"};
         }},
        {C::kind_none, [](W& w) { w.key()["kinds"] = Json::array(); }},
        {C::kind_mixed_delegation,
         [](W& w) {
             w.key()["kinds"] = {"payload", "delegation"};
         }},
        {C::kind_mixed_status,
         [](W& w) {
             w.key()["kinds"] = {"payload", "status-list"};
         }},
        {C::kind_delta_alone,
         [](W& w) {
             w.key()["kinds"] = {"payload", "status-delta"};
         }},
        {C::kind_no_delegate,
         [](W& w) {
             w.key()["kinds"] = {"payload", "delegation"};
         }},
        {C::key_no_payload, [](W& w) { w.key()["kinds"] = {"status-list"}; }},
        {C::key_none_now, [](W& w) { w.key()["until"] = "2026-11-01"; }},
        {C::key_gap,
         [](W& w) {
             w.key()["until"] = "2026-06-30";
             w.body()["certificates"].push_back({{"file", w.renewed("2026-08-01T00:00:00Z")}});
         }},
        {C::key_gap, [](W& w) { w.key()["until"] = "2027-01-31"; }},
        {C::key_overlap,
         [](W& w) {
             w.body()["certificates"].push_back({{"file", w.renewed("2026-08-01T00:00:00Z")}});
         }},
        {C::key_shared,
         [](W& w) { w.second()["certificates"][0]["file"] = w.renewed("2026-01-01T00:00:00Z", 5, &w.office.key); }},
        {C::key_renewed,
         [](W& w) {
             w.body()["certificates"].push_back({{"file", w.renewed("2026-08-01T00:00:00Z", 5, &w.office.key)}});
         }},
        {C::key_of_ca, [](W& w) { w.key()["file"] = w.renewed("2026-08-01T00:00:00Z", 5, &w.ca.key); }},
        {C::compromised_after,
         [](W& w) {
             w.key()["until"] = "2026-10-01";
             w.key()["compromised_since"] = "2026-11-01";
         }},
        {C::compromised_before, [](W& w) { w.key()["compromised_since"] = "2020-11-01"; }},
        {C::compromised_future, [](W& w) { w.key()["compromised_since"] = "2027-11-01"; }},
        {C::compromised_alone, [](W& w) { w.key()["compromised_since"] = "2026-11-01"; }},
        {C::compromised_genuine, [](W& w) { w.key()["compromised_since"] = "2026-11-01"; }},
        {C::compromised_same_key,
         [](W& w) {
             w.key()["compromised_since"] = "2026-11-01";
             w.body()["certificates"].push_back({{"file", w.renewed("2026-08-01T00:00:00Z", 5, &w.office.key)}});
         }},
    };
    return all;
}

const std::vector<Planted>& planted_in_grants() {
    static const std::vector<Planted> all = {
        {C::type_malformed, [](W& w) { w.grant()["types"] = {"11100000000013661B00"}; }},
        {C::type_malformed, [](W& w) { w.grant()["types"] = {"11100000000013662B006"}; }},
        {C::type_unknown, [](W& w) { w.grant()["types"] = {"11100000000013338W777"}; }},
        {C::type_provisional, [](W& w) { w.grant()["types"] = {area_type().text()}; }},
        {C::type_twice, [](W& w) { w.grant()["types"].push_back(lint_type); }},
        {C::type_ungranted, [](W& w) { w.json["packs"].push_back("area.json"); }},
        {C::grant_no_type, [](W& w) { w.grant()["types"] = Json::array(); }},
        {C::area_malformed, [](W& w) { w.grant()["areas"] = {"43"}; }},
        {C::area_province, [](W& w) { w.grant()["areas"] = {"990000"}; }},
        {C::area_odd, [](W& w) { w.grant()["areas"] = {"430001"}; }},
        {C::area_long, [](W& w) { w.grant()["areas"] = {"430102001001"}; }},
        {C::area_none, [](W& w) { w.grant()["areas"] = Json::array(); }},
        {C::area_none, [](W& w) { w.grant().erase("areas"); }},
        {C::area_twice,
         [](W& w) {
             w.grant()["areas"] = {"430100", "430100"};
         }},
        {C::area_nested,
         [](W& w) {
             w.grant()["areas"] = {"430100", "430102"};
         }},
        {C::right_unknown, [](W& w) { w.grant()["rights"] = {"revoke"}; }},
        {C::right_none, [](W& w) { w.grant()["rights"] = Json::array(); }},
        {C::right_twice,
         [](W& w) {
             w.grant()["rights"] = {"issue", "issue"};
         }},
        {C::grant_until, [](W& w) { w.grant()["until"] = "2025-01-01"; }},
        {C::grant_overlap, [](W& w) { w.body()["types"].push_back(grant_json("430102", "2026-06-01")); }},
        {C::grant_gap,
         [](W& w) {
             w.grant()["until"] = "2026-05-30";
             w.body()["types"].push_back(grant_json("430100", "2026-06-01"));
         }},
        {C::grant_two_bodies, [](W& w) { w.second()["types"].push_back(grant_json("430100", "2026-06-01")); }},
        {C::grant_outside, [](W& w) { w.grant()["areas"] = {"440100"}; }},
        {C::grant_beyond, [](W& w) { w.grant()["areas"] = {"000000"}; }},
        {C::grant_before_key, [](W& w) { w.grant()["from"] = "2025-06-01"; }},
        {C::grant_after_key, [](W& w) { w.body()["types"].push_back(grant_json("430200", "2035-01-01")); }},
        {C::grant_future, [](W& w) { w.grant()["from"] = "2028-01-01"; }},
        {C::grant_all_ended, [](W& w) { w.grant()["until"] = "2026-05-30"; }},
        {C::grant_no_delegation, [](W& w) { w.grant()["rights"] = {"delegate"}; }},
        {C::former_order,
         [](W& w) {
             w.body()["former_names"] = {{{"name", "示例市建设委员会"}, {"until", "2020-01-01"}},
                                         {{"name", "示例市建设局（旧）"}, {"until", "2019-01-01"}}};
         }},
        {C::former_future,
         [](W& w) {
             w.body()["former_names"] = {{{"name", "示例市建设委员会"}, {"until", "2027-01-01"}}};
         }},
        {C::former_same,
         [](W& w) {
             w.body()["former_names"] = {{{"name", w.body()["name"]}, {"until", "2020-01-01"}}};
         }},
        {C::successor_self,
         [](W& w) {
             w.body()["successor"] = {{"code", w.body()["code"]}, {"from", "2026-12-01"}};
         }},
        {C::successor_unknown,
         [](W& w) {
             w.body()["successor"] = {{"code", W::child_code().text()}, {"from", "2026-12-01"}};
         }},
        {C::successor_overlap,
         [](W& w) {
             w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-12-01"}};
         }},
        {C::successor_keys,
         [](W& w) {
             w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-12-01"}};
         }},
        {C::successor_gap,
         [](W& w) {
             w.grant()["until"] = "2026-05-01";
             w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-12-01"}};
         }},
        {C::successor_cycle,
         [](W& w) {
             w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-12-01"}};
             w.second()["successor"] = {{"code", office_code().text()}, {"from", "2026-12-01"}};
         }},
        {C::pack_unreadable, [](W& w) { w.json["packs"].push_back("root.pem"); }},
        {C::pack_twice, [](W& w) { w.json["packs"].push_back("builtin"); }},
        {C::pack_none, [](W& w) { w.json["packs"] = Json::array(); }},
    };
    return all;
}

/// A source without a fault has none; each planted fault is named; and what the builder refuses has an error.
void check_all(const std::vector<Planted>& all) {
    for (const auto& [code, plant] : all) {
        LintWorld world;
        plant(world);
        const auto faults = world.lint();
        INFO(kind_of(code).name << "\n" << lines_of(faults));
        CHECK(names(faults, code));
        CHECK_FALSE(names(faults, LintCode::source_refused));
        if (!has_error(faults)) CHECK(world.builds());
        if (!world.builds()) CHECK(has_error(faults));
    }
}

}  // namespace

TEST_CASE("The lint finds nothing in a source in which nothing is wrong") {
    LintWorld world;
    CHECK(lines_of(world.lint()).empty());
    CHECK(world.builds());
    world.delegate();
    CHECK(lines_of(world.lint()).empty());
    LintWorld child;
    child.turn_into_delegation();
    CHECK(lines_of(child.lint(child.parent())) == "");
    CHECK(child.builds());
}

TEST_CASE("The lint names every planted fault of form, and so refuses what the builder refuses") {
    check_all(planted_in_form());
}

TEST_CASE("The lint names every planted fault of certificates and keys") { check_all(planted_in_certificates()); }

TEST_CASE("The lint names every planted fault of grants, history and packs") { check_all(planted_in_grants()); }

TEST_CASE("The lint goes on after a fault: several planted in one source are all named") {
    LintWorld world;
    world.json["extra"] = 1;
    world.json["number"] = 0;
    world.body()["code"] = "1";
    world.key()["file"] = "nowhere.pem";
    world.grant()["areas"] = {"99"};
    world.second()["name"] = "";
    world.second()["hosts"] = {"http://x.example"};
    const auto faults = world.lint();
    INFO(lines_of(faults));
    for (const auto code : {C::json_unknown_key, C::number_range, C::code_malformed, C::file_missing, C::area_malformed,
                            C::name_empty, C::host_url}) {
        CHECK(names(faults, code));
    }
}

TEST_CASE("The lint says where a fault is, and what to do") {
    LintWorld world;
    world.grant()["areas"] = {"430100", "990000"};
    const auto faults = world.lint();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].place == "bodies[0].types[0].areas[1]");
    CHECK(faults[0].severity == LintSeverity::error);
    CHECK(faults[0].text.find("990000") != std::string::npos);
    CHECK_FALSE(faults[0].mend.empty());
}

TEST_CASE("The lint compares the number with that of the list before") {
    LintWorld world;
    LintAgainst against;
    against.number = 3;
    CHECK(names(world.lint(against), C::number_not_up));
    against.number = 1;
    CHECK(names(world.lint(against), C::number_skips));
    against.number = 2;
    CHECK(world.lint(against).empty());
}

TEST_CASE("The lint is total: any bytes give an answer") {
    LintWorld world;
    const auto text = world.text();
    for (const auto& bytes :
         {std::string(), std::string("\0", 1), std::string("null"), std::string("[[[[[["), std::string("\xff\xfe"),
          std::string("{\"bodies\":[{}]}"), std::string("{\"body\":[]}")}) {
        CHECK(has_error(lint_trust_source(as_bytes(bytes), world.folder.path(), world.now)));
    }
    // Cut anywhere, and with every character in turn made another: never without an answer, and never without an
    // error where the builder refuses.
    for (std::size_t i = 0; i < text.size(); i += 7) {
        world.raw = text.substr(0, i) + "]" + text.substr(i + 1);
        const auto faults = world.lint();
        INFO(world.raw << "\n" << lines_of(faults));
        if (!world.builds()) CHECK(has_error(faults));
        CHECK_FALSE(names(faults, LintCode::source_refused));
    }
}
