#include "trust/folder_index.h"
#include "trust/folder_names.h"
#include "unit/trust/import_world.h"
#include "unit/trust/unlistable_folder.h"

using namespace elic;

// How the delegation of a key or a body is found: by the index, else by reading all of them.

namespace {

/// A list's province, a city below it, a county below the city; what is changed by hand, is before it is opened.
struct Searched : ImportWorld {
    Searched() {
        REQUIRE(build());
        REQUIRE(take({city_file(), county_file()}));
    }

    static KeyHint hint_of(const KeyAndCertificate& key) { return key_hint(key.certificate.fingerprint()); }
    static constexpr KeyHint unknown = {1, 2, 3};
    void put_keys(const std::vector<IndexedKey>& keys) const { put(key_index_name, write_key_index(keys)); }
    void put_bodies(const std::vector<DelegationKey>& pairs) const { put(body_index_name, write_body_index(pairs)); }
    IndexedKey city_line() const { return {.hint = hint_of(city_key), .delegation = city_pair}; }
    IndexedKey county_line() const { return {.hint = hint_of(county_key), .delegation = county_pair}; }
    /// Another folder of delegations, which cannot be listed.
    void make_delegations_unlistable() const {
        make_unlistable(file("delegations") / uscc_of("11430184MB00TX050").text());
    }

    DelegationKey city_pair{.parent = province(), .child = city()};
    DelegationKey county_pair{.parent = city(), .child = county()};
};

template <class Found>
std::vector<Uscc> codes_found(const Found& found) {
    std::vector<Uscc> codes;
    for (const auto& known : found.value()) codes.push_back(known.body.code);
    return codes;
}

template <class Found>
void check_unlistable(const Found& found) {
    REQUIRE_FALSE(found);
    CHECK(found.error().code == Errc::io);
    CHECK_THAT(found.error().context, Catch::Contains("cannot be listed"));
}

}  // namespace

TEST_CASE("What the index or a list knows is found without a look at the other delegations") {
    Searched w;
    w.make_delegations_unlistable();
    const auto trust = w.open();
    CHECK(codes_found(trust.bodies_with_key(w.hint_of(w.county_key))) == std::vector<Uscc>{county()});
    CHECK(codes_found(trust.bodies_with_key(w.hint_of(w.world.office))) == std::vector<Uscc>{province()});
    CHECK(codes_found(trust.bodies(county())) == std::vector<Uscc>{county()});
    CHECK(codes_found(trust.bodies(province())) == std::vector<Uscc>{province()});
    // What nobody knows may stand in the folder that cannot be listed.
    check_unlistable(trust.bodies_with_key(w.unknown));
    check_unlistable(trust.bodies(uscc_of("11430185MB00TX068")));
    check_unlistable(trust.all_bodies());
}

TEST_CASE("Without an index delegations that cannot be listed are an error for every key and body") {
    Searched w;
    std::filesystem::remove(w.file(key_index_name));
    w.make_delegations_unlistable();
    const auto trust = w.open();
    check_unlistable(trust.bodies_with_key(w.hint_of(w.county_key)));
    check_unlistable(trust.bodies(county()));
}

TEST_CASE("With a whole index only the delegations that it names are read, none for a key that it does not have") {
    Searched w;
    w.damage(delegation_name(province(), city()));
    const auto trust = w.open();
    CHECK(trust.bodies_with_key(w.unknown).value().empty());
    CHECK(codes_found(trust.bodies_with_key(w.hint_of(w.county_key))) == std::vector<Uscc>{county()});
    CHECK(trust.passed_over().empty());
    CHECK(trust.bodies_with_key(w.hint_of(w.city_key)).value().empty());
    CHECK(trust.passed_over().size() == 1);
}

TEST_CASE("An index that counts other delegations than there are is not relied on for a key that it does not have") {
    Searched w;
    auto body = body_of(county(), w.county_key.certificate);
    const auto second = certified(w.world.ca, "CN=TEST county 2,C=CN");
    body.certificates.push_back(body_of(county(), second.certificate).certificates[0]);
    const Delegation made{.parent = city(),
                          .number = 2,
                          .issued_at = world_time(),
                          .not_before = world_time(),
                          .next_update = at("2027-11-01T00:00:00+08:00"),
                          .previous = {},
                          .body = body,
                          .certificates = {w.county_key.certificate, second.certificate}};
    REQUIRE(w.take(
        {sign_object(SignatureKind::delegation, write_delegation(made).value(), w.city_key.key, w.city_key.certificate)
             .value()}));
    // A line of each delegation that there is, but not of each key.
    w.put_keys({w.city_line(), w.county_line()});
    CHECK(w.open().bodies_with_key(w.hint_of(second)).value().empty());
    w.put_bodies({w.city_pair, w.county_pair, {.parent = county(), .child = stranger()}});
    CHECK(codes_found(w.open().bodies_with_key(w.hint_of(second))) == std::vector<Uscc>{county()});
}

TEST_CASE("All delegations are read once, and then the index is not asked any more") {
    Searched w;
    // The county's key stands for two delegations; the index has one of them.
    REQUIRE(w.take({w.delegation(province(), w.world.office, body_of(county(), w.county_key.certificate),
                                 w.county_key.certificate)}));
    w.put_keys({w.city_line(), w.county_line()});
    const auto trust = w.open();
    const auto county_hint = w.hint_of(w.county_key);
    CHECK(trust.bodies_with_key(county_hint).value().size() == 1);
    CHECK(trust.bodies_with_key(w.unknown).value().empty());  // for this all are read
    CHECK(trust.bodies_with_key(county_hint).value().size() == 2);
    w.damage(delegation_name(province(), city()));
    CHECK(trust.bodies_with_key(w.unknown).value().empty());
    CHECK(trust.passed_over().empty());
}

TEST_CASE("An index that leads to a delegation without the key finds nothing there") {
    Searched w;
    w.put_keys({{.hint = w.unknown, .delegation = w.city_pair}, w.city_line(), w.county_line()});
    const auto trust = w.open();
    CHECK(trust.bodies_with_key(w.unknown).value().empty());
    CHECK(trust.passed_over().empty());
}

TEST_CASE("A delegation is passed over when only its parent or only its body is not the one of its name") {
    Searched w;
    const auto of_county = read_file(w.file(delegation_name(city(), county())), 1 << 20).value();
    const auto of_city = read_file(w.file(delegation_name(province(), city())), 1 << 20).value();
    const auto check = [&](const Uscc& parent, const Uscc& child, const Bytes& bytes) {
        const auto name = delegation_name(parent, child);
        w.put(name, bytes);
        for (const char* index : {key_index_name, body_index_name}) std::filesystem::remove(w.file(index));
        const auto trust = w.open();
        CHECK(codes_found(trust.all_bodies()) == std::vector<Uscc>{province(), stranger(), county(), city()});
        REQUIRE(trust.passed_over().size() == 1);
        CHECK(trust.passed_over()[0].code == Errc::malformed_trust);
        CHECK(trust.passed_over()[0].context == name + ": is not the delegation that its name says");
        std::filesystem::remove(w.file(name));
    };
    check(province(), county(), of_county);  // of the city, which is another parent
    check(province(), stranger(), of_city);  // of the city, which is another body
}
