#include "trust/folder_names.h"
#include "unit/trust/import_world.h"
#include "unit/trust/unlistable_folder.h"
#include "unit/trust/unreadable_body.h"

using namespace elic;

TEST_CASE("Lists that cannot be listed are an error of their own, not a folder without lists") {
    const TemporaryFolder folder;
    make_unlistable(folder / "versions/000001/lists");
    const auto trust = TrustFolder::open(folder.path());
    REQUIRE_FALSE(trust);
    CHECK(trust.error().code == Errc::io);
    CHECK_THAT(trust.error().context, Catch::Contains("lists: cannot be listed"));
}

TEST_CASE("A version without a folder of lists says whom to ask") {
    const TemporaryFolder folder;
    REQUIRE(make_folders(folder / "versions/000001"));
    const auto trust = TrustFolder::open(folder.path());
    REQUIRE_FALSE(trust);
    CHECK(trust.error().code == Errc::not_found);
    CHECK_THAT(trust.error().context, Catch::Contains("holds no trust list: ask its operator"));
}

TEST_CASE("A file among the lists whose name is none of a list is passed by") {
    ImportWorld w;
    REQUIRE(w.build());
    w.put("lists/notes.txt", as_bytes("x"));
    CHECK(w.open().lists().size() == 1);
    CHECK(w.open().damaged().empty());
}

TEST_CASE("A body that does not read is an error for whoever asks for it, and not a body that is not there") {
    ImportWorld w;
    REQUIRE(w.build());
    w.put(list_name(w.world.ca.certificate.fingerprint()), list_with_unreadable_body(w.world));
    const auto trust = w.open();
    CHECK(trust.damaged().empty());
    CHECK(trust.bodies(province()).error().code == Errc::malformed_trust);
    CHECK(trust.all_bodies().error().code == Errc::malformed_trust);
    CHECK(trust.bodies_with_key(key_hint(w.world.office.certificate.fingerprint())).error().code ==
          Errc::malformed_trust);
    CHECK(trust.bodies(stranger()).value().size() == 1);
    CHECK(trust.bodies(city()).value().empty());
}

TEST_CASE("Of the certificates that were read 64 are kept, and with one more they are read anew") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto trust = w.open();
    const auto request = make_certificate_request(w.city_key.key, "CN=TEST many,C=CN").value();
    std::vector<Certificate> many;
    for (int n = 0; n < 65; ++n) {
        const auto from = at("2026-01-01T00:00:00+08:00");
        many.push_back(certify(w.world.ca, request, CertificatePurpose::issuing, from).value());
        w.put(certificate_name(many.back().fingerprint()), many.back().der());
    }
    const auto& first = many.front().fingerprint();
    for (int n = 0; n < 64; ++n) REQUIRE(trust.certificate(many[n].fingerprint()));
    std::filesystem::remove(w.file(certificate_name(first)));
    CHECK(trust.certificate(first).value() == many.front());
    REQUIRE(trust.certificate(many.back().fingerprint()));
    CHECK(trust.certificate(first).error().code == Errc::not_found);
}
