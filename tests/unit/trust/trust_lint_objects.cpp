#include <catch2/catch.hpp>
#include <functional>

#include "elic/trust/delegation.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/rollover.h"
#include "elic/trust/signed_object.h"
#include "elic/trust/status_list.h"
#include "unit/trust/lint_world.h"

using namespace elic;

namespace {

using C = LintCode;

/// A source whose first body delegates to a child, by an object that is changed before it is signed.
struct DelegationWorld : LintWorld {
    DelegationWorld()
        : child(certified(ca, "CN=示例市样例区住房和城乡建设局")),
          delegation{.parent = office_code(),
                     .number = 1,
                     .issued_at = at("2026-11-20T00:00:00Z"),
                     .not_before = at("2026-11-20T00:00:00Z"),
                     .next_update = at("2027-11-20T00:00:00Z"),
                     .previous = {},
                     .body = {.code = child_code(),
                              .name = "示例市样例区住房和城乡建设局",
                              .hosts = {},
                              .certificates = {listed(child.certificate)},
                              .grants = {elic::grant(LicenseTypeCode::parse(lint_type).value(), "430102")}},
                     .certificates = {child.certificate}} {
        LintWorld::delegate();
    }

    std::vector<LintFault> lint_with(const KeyAndCertificate& signer, SignatureKind kind = SignatureKind::delegation,
                                     std::optional<Bytes> content = {}) {
        auto key = signer.key;
        put("object.elic",
            sign_object(kind, content ? *content : write_delegation(delegation).value(), key, signer.certificate)
                .value());
        json["objects"] = {"object.elic"};
        return lint();
    }
    std::vector<LintFault> lint_object() { return lint_with(delegating); }

    KeyAndCertificate child;
    Delegation delegation;
};

void check_named(const std::vector<LintFault>& faults, LintCode code) {
    INFO(kind_of(code).name << "\n" << lines_of(faults));
    CHECK(names(faults, code));
}

}  // namespace

TEST_CASE("The lint finds nothing wrong with a delegation that gives what its parent may pass on") {
    DelegationWorld world;
    CHECK(lines_of(world.lint_object()).empty());
}

TEST_CASE("The lint names what is wrong with a delegation among the objects") {
    const std::vector<std::pair<LintCode, std::function<void(DelegationWorld&)>>> all = {
        {C::delegation_type, [](DelegationWorld& w) { w.delegation.body.grants[0].type = area_type(); }},
        {C::delegation_type, [](DelegationWorld& w) { w.grant()["rights"] = {"issue"}; }},
        {C::delegation_area,
         [](DelegationWorld& w) { w.delegation.body.grants[0].areas = {AreaCode::parse("440100").value()}; }},
        {C::delegation_time, [](DelegationWorld& w) { w.delegation.body.grants[0].from = on("2025-01-01"); }},
        {C::delegation_time, [](DelegationWorld& w) { w.grant()["until"] = "2027-01-01"; }},
        {C::delegation_parent, [](DelegationWorld& w) { w.delegation.parent = uscc_of("11430199MB00TX041"); }},
        {C::delegation_key, [](DelegationWorld& w) { w.body()["certificates"].erase(1); }},
        {C::delegation_listed, [](DelegationWorld& w) { w.delegation.body.code = other_code(); }},
        {C::object_stale, [](DelegationWorld& w) { w.delegation.next_update = at("2026-11-21T00:00:00Z"); }},
        {C::object_stale, [](DelegationWorld& w) { w.delegation.not_before = at("2027-01-01T00:00:00Z"); }},
        {C::object_signer,
         [](DelegationWorld& w) { w.body()["certificates"][1]["file"] = w.renewed("2026-01-01T00:00:00Z"); }},
        {C::object_signer_kind, [](DelegationWorld& w) { w.body()["certificates"][1]["kinds"] = {"status-list"}; }},
        {C::object_signer_time, [](DelegationWorld& w) { w.body()["certificates"][1]["until"] = "2026-11-10"; }},
    };
    for (const auto& [code, plant] : all) {
        DelegationWorld world;
        plant(world);
        check_named(world.lint_object(), code);
    }
}

TEST_CASE("The lint names delegations that go round in a circle") {
    DelegationWorld world;
    const auto between = [&](const Uscc& parent, const Uscc& child, const char* file) {
        auto delegation = world.delegation;
        delegation.parent = parent;
        delegation.body.code = child;
        auto key = world.child.key;
        world.put(file, sign_object(SignatureKind::delegation, write_delegation(delegation).value(), key,
                                    world.child.certificate)
                            .value());
    };
    const auto second = uscc_of("11430102MB00TX041");
    between(LintWorld::child_code(), second, "a.elic");
    between(second, LintWorld::child_code(), "b.elic");
    world.json["objects"] = {"a.elic", "b.elic"};
    check_named(world.lint(), C::delegation_depth);
}

TEST_CASE("The lint names objects that are damaged, unknown, forged, repeated or of nobody") {
    DelegationWorld world;
    world.lint_object();
    auto file = read_file(world.folder / "object.elic", 1 << 20).value();
    world.put("same.elic", file);
    world.json["objects"] = {"object.elic", "same.elic"};
    check_named(world.lint(), C::object_twice);
    file.back() ^= 1;
    world.put("object.elic", file);
    world.json["objects"] = {"object.elic"};
    check_named(world.lint(), C::object_signature);
    file.resize(file.size() - 3);
    world.put("object.elic", file);
    check_named(world.lint(), C::object_malformed);
    world.json["objects"] = {"nonsense.bin"};
    check_named(world.lint(), C::object_unknown);
    const GenuineList list{.issuer = uscc_of("11430199MB00TX041"), .as_of = at("2026-11-20T00:00:00Z"), .digests = {}};
    check_named(world.lint_with(world.delegating, SignatureKind::genuine_list, write_genuine_list(list).value()),
                C::object_body);
}

TEST_CASE("A list of genuine issues among the objects answers for a compromised key") {
    DelegationWorld world;
    world.body()["certificates"].push_back({{"file", world.renewed("2026-08-01T00:00:00Z")}});
    world.key()["compromised_since"] = "2026-11-01";
    world.body()["certificates"][1]["kinds"] = {"delegation", "genuine-list"};
    check_named(world.lint(), C::compromised_genuine);
    const GenuineList list{.issuer = office_code(), .as_of = at("2026-11-20T00:00:00Z"), .digests = {}};
    const auto faults =
        world.lint_with(world.delegating, SignatureKind::genuine_list, write_genuine_list(list).value());
    INFO(lines_of(faults));
    CHECK_FALSE(names(faults, C::compromised_genuine));
    CHECK_FALSE(has_error(faults));
}

TEST_CASE("The lint holds a delegation source against what its parent has") {
    LintWorld world;
    world.turn_into_delegation();
    const auto good = world.json;
    auto& grant = world.json["body"]["types"][0];
    grant["areas"] = {"440100"};
    check_named(world.lint(world.parent()), C::delegation_area);
    world.json = good;
    world.json["body"]["types"][0]["from"] = "2025-01-01";
    check_named(world.lint(world.parent()), C::delegation_time);
    world.json = good;
    world.json["parent"] = world.json["body"]["code"];
    check_named(world.lint(), C::delegation_self);
    world.json = good;
    auto parent = world.parent();
    parent.known->front().grants.clear();
    check_named(world.lint(parent), C::delegation_type);
    parent = world.parent();
    parent.known->front().certificates.clear();
    check_named(world.lint(parent), C::delegation_key);
    parent.known->clear();
    check_named(world.lint(parent), C::delegation_parent);
    world.json.erase("parent");
    check_named(world.lint(), C::json_missing_key);
}
