#include <catch2/catch.hpp>

#include "unit/verify/previewed.h"
#include "unit/verify/tree_world.h"
#include "verify/signatories.h"

using namespace elic;

// A body that stands in more than one place: the best of them counts, whichever comes first.

namespace {

/// A list is named by the first of its roots in the order of their fingerprints, and lists are read in the order of
/// their names: this one's comes before the world's.
PilotCa ca_before(const TrustWorld& world) {
    for (;;) {
        auto ca = make_pilot_ca(at("2025-11-01")).value();
        if (ca.certificate.fingerprint() < world.ca.certificate.fingerprint()) return ca;
    }
}

/// The office named by two lists of two roots, both pinned. A list that is not good is past its next update.
class TwoLists {
public:
    TwoLists(bool first_good, bool second_good) : second_ca_(ca_before(first_)) {
        if (!first_good) first_.source.content.next_update = at("2026-11-22");
        written_.emplace(first_);
        auto second = first_.source.content;
        second.next_update = at(second_good ? "2027-11-01" : "2026-11-22");
        second.roots = {second_ca_.certificate.fingerprint(), first_.ca.certificate.fingerprint()};
        written_->put_list(TrustList::build(second, second_ca_.key, second_ca_.certificate, {}).value());
        written_->put(WrittenTrust::certificate_file(second_ca_.certificate), second_ca_.certificate.der());
        trust_.emplace(written_->open());
    }

    VerifyContext context() const {
        return {.trust = &*trust_,
                .pins = RootPins::of({first_.ca.certificate.fingerprint(), second_ca_.certificate.fingerprint()}),
                .at = world_time(),
                .policy = {.allow_missing_status = true}};
    }
    /// Which list this is.
    bool is_second(const TrustList& list) const { return list.signer() == second_ca_.certificate; }
    Report verify(KeyAndCertificate& signatory) const {
        return verify_payload(text_of(a_license(), signatory), context());
    }
    Report verify() { return verify(first_.office); }
    Report verify_stranger() {
        auto stranger = certified(first_.ca, "CN=TEST stranger,C=CN");
        return verify(stranger);
    }
    const Certificate& office() const { return first_.office.certificate; }
    Payload payload() { return read_payload(text_of(a_license(), first_.office)).value(); }

private:
    TrustWorld first_ = make_world();
    PilotCa second_ca_;
    std::optional<WrittenTrust> written_;
    std::optional<TrustFolder> trust_;
};

}  // namespace

TEST_CASE("A body in two lists is as good as the better of them") {
    for (const auto& [first_good, second_good] :
         {std::pair{true, true}, std::pair{true, false}, std::pair{false, true}}) {
        const auto report = TwoLists(first_good, second_good).verify();
        INFO(first_good << second_good << " " << summary(report));
        CHECK(report.verdict() == Verdict::valid);
    }
    CHECK(has(TwoLists(false, false).verify(), FindingCode::trust_stale));
}

TEST_CASE("A stranger is unknown as soon as one list can be relied on") {
    CHECK(has(TwoLists(true, false).verify_stranger(), FindingCode::signer_unknown));
    CHECK(has(TwoLists(false, true).verify_stranger(), FindingCode::signer_unknown));
    const auto none = TwoLists(false, false).verify_stranger();
    CHECK(has(none, FindingCode::trust_stale));
    CHECK(none.finding(Check::signature).code == FindingCode::not_run);
}

TEST_CASE("An issuer stands where it can be relied on, and is told so") {
    const auto type = area_type();
    const auto issuer = office_code();
    const std::string area = "430102";
    for (const bool first_good : {true, false}) {
        CAPTURE(first_good);
        const TwoLists lists(first_good, !first_good);
        const auto standing = standing_of_issuer(lists.context(), issuer);
        REQUIRE(standing);
        CHECK(lists.is_second(*standing->list) == !first_good);
        const auto preview = preview_issue(
            lists.context(),
            {.certificate = lists.office(), .issuer = issuer, .type = type, .area = area, .signed_at = world_time()});
        INFO(summary(preview));
        CHECK(has(preview, FindingCode::trust_ok));
        CHECK(has(preview, FindingCode::authority_ok));
    }
}

TEST_CASE("Where somebody signed there is no fault, and where nobody did there is one") {
    TwoLists lists(true, false);
    const auto payload = lists.payload();
    const auto found = find_signatories(lists.context(), payload);
    CHECK(found.found.size() == 2);
    CHECK(found.signature_holds);
    CHECK_FALSE(found.fault);
    auto forged = payload;
    forged.signature[0] ^= 1;
    const auto nobody = find_signatories(lists.context(), forged);
    CHECK(nobody.found.empty());
    CHECK_FALSE(nobody.signature_holds);
    REQUIRE(nobody.fault);
    CHECK(nobody.fault->code == FindingCode::signature_wrong);
}

namespace {

const std::string city_file = "delegations/" + province_code().text() + "/" + city_code().text() + ".elic";

/// What a preview says of the county once `change` is made.
Previewed preview_county(const std::function<void(Tree&)>& change) {
    Tree tree;
    change(tree);
    const WrittenTrust written(tree.world);
    for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
    return previewed(written, tree.world.pins(), tree.county.certificate, county_code());
}

}  // namespace

TEST_CASE("A preview says what is missing above a body") {
    const auto without_city = preview_county([](Tree& t) { t.tamper = [](auto& files) { files.erase(city_file); }; });
    CHECK_THAT(detail(without_city.report, FindingCode::delegation_parent), Catch::StartsWith(city_code().text()));
    CHECK_THAT(without_city.nowhere, Catch::StartsWith(city_code().text()));
    const auto whole = preview_county([](Tree&) {});
    CHECK(has(whole.report, FindingCode::authority_ok));
    CHECK(whole.nowhere.empty());
}

TEST_CASE("Of two parents that are missing the first is named") {
    const auto later = uscc_of("11990199MB00TX017");
    const auto orphan = [&](Tree& t) {
        auto again = t.to_county;
        again.parent = later;
        t.files["delegations/" + later.text() + "/" + county_code().text() + ".elic"] =
            Tree::object(SignatureKind::delegation, write_delegation(again), t.world.other);
        t.tamper = [](auto& files) { files.erase(city_file); };
    };
    REQUIRE(city_code() < later);
    const auto report = in_tree([&](Tree& t, TreeAsk&) { orphan(t); });
    CHECK_THAT(detail(report, FindingCode::delegation_parent), Catch::StartsWith(city_code().text()));
    CHECK(has(report, FindingCode::signature_ok));
    CHECK_THAT(preview_county(orphan).nowhere, Catch::StartsWith(city_code().text()));
}
