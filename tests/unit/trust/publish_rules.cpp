#include "unit/trust/import_world.h"
#include "unit/trust/unlistable_folder.h"

using namespace elic;

namespace {

/// Warnings that do not speak of TEST certificates.
std::vector<std::string> warnings_of(TrustWorld& world, Signer& signer, const Certificate& certificate) {
    const TemporaryFolder folder;
    std::vector<std::string> warnings;
    const auto written = write_trust_folder(world.source, signer, certificate, folder / "trust", warnings);
    INFO((written ? "" : written.error().context));
    REQUIRE(written);
    std::erase_if(warnings, [](const std::string& text) { return text.find("TEST certificate") != std::string::npos; });
    return warnings;
}
std::vector<std::string> warnings_of(TrustWorld& world) {
    return warnings_of(world, world.ca.key, world.ca.certificate);
}

/// An authority below another one.
PilotCa authority_below(const PilotCa& above, const std::string& subject) {
    auto [key, certificate] = certified(above, subject, CertificatePurpose::ca);
    return {.key = std::move(key), .certificate = certificate};
}

}  // namespace

TEST_CASE("Of a body with certificates and types nothing is warned, of one without each lack by its name") {
    auto world = make_world();
    CHECK(warnings_of(world).empty());
    world.other_body().certificates.clear();
    world.source.certificates.pop_back();
    const auto name = world.other_body().name;
    CHECK(warnings_of(world) == std::vector<std::string>{name + ": no certificate: nothing it signs can be verified"});
    world.other_body().grants.clear();
    world.body().grants.clear();
    CHECK(warnings_of(world) == std::vector<std::string>{world.body().name + ": no types: it may issue nothing",
                                                         name + ": no certificate: nothing it signs can be verified",
                                                         name + ": no types: it may issue nothing"});
}

TEST_CASE("A list whose next update is due when it is made is not stale, one whose was due before is") {
    auto world = make_world();
    auto& content = world.source.content;
    content.next_update = content.issued_at;
    CHECK(warnings_of(world).empty());
    content.issued_at = Timestamp::from_unix(content.next_update.unix_seconds() + 1).value();
    const auto warnings = warnings_of(world);
    REQUIRE(warnings.size() == 1);
    CHECK_THAT(warnings[0], Catch::Contains("stale"));
}

TEST_CASE("A list that is signed right below its root carries no certificate between, also where the root is listed") {
    ImportWorld w;
    auto signer = certified(w.world.ca, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list);
    w.world.source.content.intermediates = w.world.source.content.roots;
    std::vector<std::string> warnings;
    REQUIRE(write_trust_folder(w.world.source, signer.key, signer.certificate, w.path(), warnings));
    CHECK(w.open().lists()[0].signer_intermediates().empty());
}

TEST_CASE("A list carries at most six certificates between its signer and its root") {
    ImportWorld w;
    auto& source = w.world.source;
    std::vector<PilotCa> authorities;
    for (int n = 1; n <= 6; ++n) {
        const auto& above = authorities.empty() ? w.world.ca : authorities.back();
        authorities.push_back(authority_below(above, "CN=TEST authority " + std::to_string(n) + ",C=CN"));
    }
    // What another authority says of the root would be the seventh.
    const auto elsewhere = authority_below(w.world.ca, "CN=TEST elsewhere,C=CN");
    const auto across = authority_below(elsewhere, w.world.ca.certificate.subject());
    REQUIRE(across.certificate.subject() == w.world.ca.certificate.subject());
    for (const auto& authority : authorities) source.certificates.push_back(authority.certificate);
    source.certificates.push_back(across.certificate);
    source.content.intermediates = {across.certificate.fingerprint()};
    for (const auto& authority : authorities)
        source.content.intermediates.push_back(authority.certificate.fingerprint());
    auto signer = certified(authorities.back(), "CN=TEST list signer,C=CN", CertificatePurpose::trust_list);
    std::vector<std::string> warnings;
    REQUIRE(write_trust_folder(source, signer.key, signer.certificate, w.path(), warnings));
    std::vector<Certificate> carried;
    for (auto at = authorities.rbegin(); at != authorities.rend(); ++at) carried.push_back(at->certificate);
    CHECK(w.open().lists()[0].signer_intermediates() == carried);
    // All that the list names is in the folder.
    for (const auto& digest : source.content.intermediates) CHECK(w.open().certificate(digest));
}

TEST_CASE("A source without roots is refused by the builder of its list") {
    ImportWorld w;
    auto signer = certified(w.world.ca, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list);
    w.world.source.content.roots.clear();
    std::vector<std::string> warnings;
    const auto written = write_trust_folder(w.world.source, signer.key, signer.certificate, w.path(), warnings);
    REQUIRE_FALSE(written);
    CHECK(written.error().code == Errc::malformed_trust);
    CHECK_THAT(written.error().context, Catch::Contains("a trust list names at least one"));
}

TEST_CASE("A list that goes over to new roots counts up from the one that it names") {
    ImportWorld w;
    REQUIRE(w.build());
    auto& content = w.world.source.content;
    content.previous = w.open().lists()[0].digest();
    content.roots = {Digest{}, content.roots[0]};  // the first is none that anybody has: the list's name is another
    const auto again = w.build();
    REQUIRE_FALSE(again);
    CHECK(again.error().code == Errc::bad_argument);
    CHECK_THAT(again.error().context, Catch::Contains("number 7 does not count up") && Catch::Contains("write 8"));
    content.number = 8;
    REQUIRE(w.build());
    REQUIRE(w.open().lists().size() == 1);
    CHECK(w.open().lists()[0].number() == 8);
}

TEST_CASE("An object of a source that is nothing of a trust folder is named, and nothing is written") {
    ImportWorld w;
    w.world.source.objects = {{"notes.txt", {'x'}}};
    const auto built = w.build();
    REQUIRE_FALSE(built);
    CHECK(built.error().code == Errc::malformed_trust);
    CHECK_THAT(built.error().context, Catch::StartsWith("notes.txt: "));
    CHECK_FALSE(file_exists(w.path()));
}

TEST_CASE("Nothing is published into a folder whose versions cannot be listed") {
    ImportWorld w;
    make_unlistable(w.path() / "versions");
    const auto built = w.build();
    REQUIRE_FALSE(built);
    CHECK(built.error().code == Errc::io);
    CHECK_THAT(built.error().context, Catch::Contains("versions: cannot be listed"));
}
