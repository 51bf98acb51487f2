#pragma once

#include <functional>
#include <map>

#include "elic/trust/delegation.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/rollover.h"
#include "elic/trust/status_list.h"
#include "unit/verify/license_world.h"

namespace elic {

// A hierarchy for tests: the list names a province (the world's first body), which delegates to a city, which delegates
// to a county; the county issues.

inline Uscc province_code() { return office_code(); }
inline Uscc city_code() { return uscc_of("11430100MB00TX033"); }
inline Uscc county_code() { return uscc_of("11430102MB00TX041"); }

inline std::uint32_t kinds(std::initializer_list<SignatureKind> list) {
    std::uint32_t bits = 0;
    for (const auto kind : list) bits |= 1U << static_cast<unsigned>(kind);
    return bits;
}

inline TypeGrant grant_with(const char* area, std::uint8_t rights) {
    auto granted = grant(area_type(), area);
    granted.rights = rights;
    return granted;
}

inline constexpr std::uint8_t may_issue = right_of(GrantRight::issue);
inline constexpr std::uint8_t may_delegate = right_of(GrantRight::delegate);

/// A list that says nothing against an issuer's entries 0 to 99.
inline StatusListContent status_list_of(const Uscc& issuer) {
    return {.issuer = issuer,
            .list = 1,
            .number = 9,
            .as_of = at("2026-11-22T18:00:00+08:00"),
            .next_update = at("2026-11-30T18:00:00+08:00"),
            .previous = {},
            .allotted = 100,
            .base = at("2026-01-01T00:00:00+08:00"),
            .entries = {},
            .changes = {}};
}

struct Tree {
    TrustWorld world = make_world();
    KeyAndCertificate city = certified(world.ca, "CN=TEST city,C=CN");
    KeyAndCertificate county = certified(world.ca, "CN=TEST county,C=CN");
    KeyAndCertificate stranger = certified(world.ca, "CN=TEST stranger,C=CN");  ///< of no body
    Delegation to_city, to_county;
    KeyAndCertificate* city_vouched_by = nullptr;    ///< who signs the delegation to the city; null = the province
    KeyAndCertificate* county_vouched_by = nullptr;  ///< null = the city
    std::optional<StatusListContent> status = {};    ///< of the county
    KeyAndCertificate* status_signed_by = nullptr;   ///< null = the county
    std::map<std::string, Bytes> files = {};         ///< more of the folder
    std::function<void(std::map<std::string, Bytes>&)> tamper = {};

    Tree()
        : to_city{.parent = province_code(),
                  .number = 3,
                  .issued_at = at("2026-11-02"),
                  .not_before = at("2026-11-02"),
                  .next_update = at("2027-11-01T00:00:00+08:00"),
                  .body = {.code = city_code(),
                           .name = "示例市行政审批局",
                           .hosts = {},
                           .certificates = {listed(city.certificate, SignatureKind::delegation)},
                           .grants = {grant_with("430100", may_delegate)}},
                  .certificates = {city.certificate}},
          to_county{.parent = city_code(),
                    .number = 5,
                    .issued_at = at("2026-11-03"),
                    .not_before = at("2026-11-03"),
                    .next_update = at("2027-11-01T00:00:00+08:00"),
                    .body = {.code = county_code(),
                             .name = "示例区行政审批局",
                             .hosts = {},
                             .certificates = {listed(county.certificate)},
                             .grants = {grant_with("430102", may_issue)}},
                    .certificates = {county.certificate}} {
        world.body().certificates = {listed(world.office.certificate, SignatureKind::delegation)};
        world.body().grants = {grant_with("430000", may_delegate)};
        to_county.body.certificates[0].kinds |= kinds({SignatureKind::status_list, SignatureKind::status_delta});
    }
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    StatusListContent a_status_list() const { return status_list_of(county_code()); }

    static Bytes object(SignatureKind kind, const Result<Bytes>& content, KeyAndCertificate& signer) {
        return sign_object(kind, content.value(), signer.key, signer.certificate).value();
    }

    Metadata license() const {
        auto said = a_license();
        said.id = LicenseId::make(area_type(), county_code(), "20260000001", 1).value();
        said.issuing_authority_name = "示例区行政审批局";
        return said;
    }

    std::map<std::string, Bytes> all_files() {
        auto all = files;
        const auto path = [](const Delegation& d) {
            return "delegations/" + d.parent.text() + "/" + d.body.code.text() + ".elic";
        };
        all.emplace(path(to_city), object(SignatureKind::delegation, write_delegation(to_city),
                                          city_vouched_by != nullptr ? *city_vouched_by : world.office));
        all.emplace(path(to_county), object(SignatureKind::delegation, write_delegation(to_county),
                                            county_vouched_by != nullptr ? *county_vouched_by : city));
        if (status) {
            all.emplace("status/" + county_code().text() + "/1/" + std::to_string(status->number) + ".elic",
                        object(SignatureKind::status_list, write_status_list(*status),
                               status_signed_by != nullptr ? *status_signed_by : county));
        }
        if (tamper) tamper(all);
        return all;
    }
};

/// How a tree is verified.
struct TreeAsk {
    Timestamp when = world_time();
    VerifyPolicy policy = {.allow_missing_status = true};
    std::optional<Timestamp> now = {};
    const SeenState* seen = nullptr;
    std::vector<AreaCode> pin_areas = {};
    std::vector<LicenseTypeCode> pin_types = {};
    std::function<void(Metadata&)> license = {};
    KeyAndCertificate* signatory = nullptr;  ///< null = the county
};

inline Report in_tree(const std::function<void(Tree&, TreeAsk&)>& change = {}) {
    Tree tree;
    TreeAsk ask;
    if (change) change(tree, ask);
    auto said = tree.license();
    if (ask.license) ask.license(said);
    const auto text = text_of(said, ask.signatory != nullptr ? *ask.signatory : tree.county);
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    const auto trust = written.open();
    RootPins pins{
        .pins = {
            {.fingerprint = tree.world.ca.certificate.fingerprint(), .areas = ask.pin_areas, .types = ask.pin_types}}};
    return verify_payload(text, {.trust = &trust,
                                 .pins = std::move(pins),
                                 .at = ask.when,
                                 .now = ask.now,
                                 .policy = ask.policy,
                                 .seen = ask.seen});
}

}  // namespace elic
