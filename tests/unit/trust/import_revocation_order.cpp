#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

/// Two lists with a root each; the roots have one name and two keys.
struct TwoRoots : ImportWorld {
    TwoRoots() : second(make_world()) {
        REQUIRE(build());
        second.source.content.packs = world.source.content.packs;
        const auto list = TrustList::build(second.source.content, second.ca.key, second.ca.certificate, {}).value();
        REQUIRE(take({list, second.ca.certificate.der()}));
        REQUIRE(second.ca.certificate.subject() == world.ca.certificate.subject());
    }
    std::size_t held() const { return open().all_revocation_lists().value().size(); }

    TrustWorld second;
};

constexpr const char* first_day = "2026-11-01T00:00:00+08:00";
constexpr const char* second_day = "2026-11-02T00:00:00+08:00";

}  // namespace

TEST_CASE("A revocation list takes the place of its authority's older one, and of none of its age or newer") {
    TwoRoots w;
    const auto first = w.revocation_file(w.world.ca, first_day);
    const auto second = w.revocation_file(w.world.ca, second_day);
    REQUIRE(w.take({first}));
    const auto report = w.take({second}).value();
    CHECK(has_line(report, "added " + revocation_name(sm3(second))));
    CHECK(has_line(report, "removed " + revocation_name(sm3(first))));
    CHECK(w.held() == 1);
    for (const auto& again : {first, w.revocation_file(w.world.ca, second_day)}) {
        const auto refused = w.refusal({again});
        CHECK(refused.code == Errc::malformed_trust);
        CHECK_THAT(refused.context, Catch::Contains("older than what is there") &&
                                        Catch::Contains("the folder has 2026-11-02T00:00:00+08:00"));
    }
}

TEST_CASE("Revocation lists of two authorities of one name stand beside each other") {
    TwoRoots w;
    REQUIRE(w.take({w.revocation_file(w.world.ca, second_day)}));
    REQUIRE(w.take({w.revocation_file(w.second.ca, first_day)}));
    CHECK(w.held() == 2);
}

TEST_CASE("A revocation list that was damaged in the folder is in nobody's way") {
    TwoRoots w;
    w.put(revocation_name(Digest{}), as_bytes("x"));
    REQUIRE(w.take({w.revocation_file(w.world.ca)}));
    CHECK(w.held() == 1);
}

TEST_CASE("A revocation list is refused with what is missing or wrong about its authority") {
    TwoRoots w;
    auto [key, certificate] = certified(w.world.ca, "CN=TEST authority,C=CN", CertificatePurpose::ca);
    const PilotCa below{.key = key, .certificate = certificate};
    const auto unnamed = w.refusal({w.revocation_file(below)});
    CHECK(unnamed.code == Errc::not_found);
    CHECK_THAT(unnamed.context, Catch::Contains("no trust list here names its authority " + certificate.subject()));
    // A list names it, but its certificate is not there.
    w.world.source.content.number = 8;
    w.world.source.content.intermediates = {certificate.fingerprint()};
    REQUIRE(w.build());
    CHECK(w.refusal({w.revocation_file(below)}).code == Errc::not_found);
    CHECK(w.take({w.revocation_file(below), certificate.der()}));
    // A third authority of the name of the roots.
    const auto third = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
    const auto wrong = w.refusal({w.revocation_file(third)});
    CHECK(wrong.code == Errc::malformed_trust);
    CHECK_THAT(wrong.context,
               Catch::Contains("its signature does not hold under the certificate of " + third.certificate.subject()));
}
