#include "elic/trust/trust_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

/// Writes the world's source; what was warned of is joined.
std::string write(TrustWorld& world, const std::filesystem::path& folder) {
    std::vector<std::string> warnings;
    REQUIRE(write_trust_folder(world.source, world.ca.key, world.ca.certificate, folder, warnings));
    std::string all;
    for (const auto& warning : warnings) all += warning + "\n";
    return all;
}

Errc refused(TrustWorld& world, Signer& signer, const Certificate& certificate) {
    const TemporaryFolder folder;
    std::vector<std::string> warnings;
    const auto written = write_trust_folder(world.source, signer, certificate, folder / "trust", warnings);
    REQUIRE_FALSE(written);
    CHECK_FALSE(std::filesystem::exists(folder / "trust"));
    return written.error().code;
}

}  // namespace

TEST_CASE("A trust folder is written and opened") {
    auto world = make_world();
    const TemporaryFolder folder;
    const auto warnings = write(world, folder / "trust");
    CHECK_THAT(warnings, Catch::Contains("TEST"));
    CHECK_THAT(warnings, !Catch::Contains("does not chain") && !Catch::Contains("named: put"));
    const auto trust = TrustFolder::open(folder / "trust");
    REQUIRE(trust);
    CHECK(trust->lists().front().number() == 7);
    CHECK(trust->certificate(world.office.certificate.fingerprint()).value() == world.office.certificate);
    const auto pack = trust->pack(*trust->lists().front().pack(area_type(), 1));
    REQUIRE(pack);
    CHECK((*pack)->name == "示例许可证");
}

TEST_CASE("A folder without a list is not found; a damaged list is malformed") {
    const TemporaryFolder folder;
    CHECK(TrustFolder::open(folder / "none").error().code == Errc::not_found);
    CHECK(TrustFolder::open(folder.path()).error().code == Errc::not_found);
    // A folder of version 0 is one to be built anew.
    REQUIRE(write_file_durably(folder / "trust.elic", as_bytes("elic")));
    const auto old = TrustFolder::open(folder.path());
    CHECK(old.error().code == Errc::not_found);
    CHECK_THAT(old.error().context, Catch::Contains("build it anew"));
    const auto lists = folder / "versions/000001/lists";
    REQUIRE(make_folders(lists));
    CHECK(TrustFolder::open(folder.path()).error().code == Errc::not_found);
    REQUIRE(write_file_durably(lists / (std::string(64, 'a') + ".elic"), as_bytes("elic")));
    CHECK(TrustFolder::open(folder.path()).error().code == Errc::malformed_trust);
}

TEST_CASE("A certificate of the folder must be the one its name says") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto& fingerprint = world.office.certificate.fingerprint();
    const auto name = WrittenTrust::certificate_file(world.office.certificate);
    written.put(name, world.other.certificate.der());
    CHECK(written.open().certificate(fingerprint).error().code == Errc::malformed_certificate);
    written.put(name, as_bytes("no certificate"));
    CHECK(written.open().certificate(fingerprint).error().code == Errc::malformed_certificate);
    written.remove(name);
    CHECK(written.open().certificate(fingerprint).error().code == Errc::not_found);
}

TEST_CASE("A certificate is read once") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto trust = written.open();
    const auto& fingerprint = world.office.certificate.fingerprint();
    REQUIRE(trust.certificate(fingerprint));
    written.remove(WrittenTrust::certificate_file(world.office.certificate));
    CHECK(trust.certificate(fingerprint).value() == world.office.certificate);
    CHECK(written.open().certificate(fingerprint).error().code == Errc::not_found);
}

TEST_CASE("A pack of the folder must be the one that the list names by digest") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto& entry = world.source.content.packs[0];
    std::string other(area_pack_json);
    other.replace(other.find("示例许可证"), std::string("示例许可证").size(), "样例许可证");
    written.put(WrittenTrust::pack_file(entry), as_bytes(other));
    CHECK(written.open().pack(entry).error().code == Errc::malformed_pack);
    written.remove(WrittenTrust::pack_file(entry));
    CHECK(written.open().pack(entry).error().code == Errc::unknown_type);
}

TEST_CASE("Only a root of the list or a certificate made for trust lists signs one") {
    auto world = make_world();
    CHECK(refused(world, world.office.key, world.office.certificate) == Errc::bad_argument);
    auto other_ca = make_pilot_ca(at("2026-01-01")).value();
    CHECK(refused(world, other_ca.key, other_ca.certificate) == Errc::bad_argument);
    CHECK(refused(world, world.office.key, world.ca.certificate) == Errc::bad_argument);
    auto list_signer = certified(world.ca, "CN=TEST list signer,C=CN", CertificatePurpose::trust_list);
    const TemporaryFolder folder;
    std::vector<std::string> warnings;
    CHECK(write_trust_folder(world.source, list_signer.key, list_signer.certificate, folder / "trust", warnings));
    CHECK(TrustFolder::open(folder / "trust").value().lists().front().signer() == list_signer.certificate);
}

TEST_CASE("A list signed below an intermediate carries it") {
    auto world = make_world();
    auto signer = published(chain_list_key_pem, chain_list_pem);
    const auto root = certificate_of(chain_root_pem);
    const auto intermediate = certificate_of(chain_intermediate_pem);
    world.source.content.roots = {root.fingerprint()};
    world.source.content.intermediates = {intermediate.fingerprint()};
    world.source.certificates.push_back(root);
    world.source.certificates.push_back(intermediate);
    const TemporaryFolder folder;
    std::vector<std::string> warnings;
    REQUIRE(write_trust_folder(world.source, signer.key, signer.certificate, folder / "trust", warnings));
    const auto trust = TrustFolder::open(folder / "trust").value();
    CHECK(trust.lists().front().signer_intermediates() == std::vector<Certificate>{intermediate});
    // The bodies' certificates are of the pilot CA, which is no root of this list.
    CHECK(std::count_if(warnings.begin(), warnings.end(), [](const std::string& warning) {
              return warning.find("does not chain") != std::string::npos;
          }) == 2);
}

TEST_CASE("A new list names the one before it and is to count up") {
    auto world = make_world();
    const TemporaryFolder folder;
    write(world, folder / "trust");
    const auto before = TrustFolder::open(folder / "trust").value().lists().front().digest();
    std::vector<std::string> warnings;
    const auto again = write_trust_folder(world.source, world.ca.key, world.ca.certificate, folder / "trust", warnings);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == Errc::bad_argument);
    CHECK_THAT(again.error().context, Catch::Contains("does not count up"));
    world.source.content.number = 8;
    write(world, folder / "trust");
    const auto trust = TrustFolder::open(folder / "trust").value();
    REQUIRE(trust.lists().size() == 1);
    CHECK(trust.lists().front().content().value().previous == before);
    CHECK(trust.version() == "000002");
}

TEST_CASE("What a careful operator would ask about is warned of") {
    auto world = make_world();
    SECTION("a body without certificate and types") {
        world.other_body().certificates.clear();
        world.other_body().grants.clear();
        const TemporaryFolder folder;
        const auto warnings = write(world, folder / "trust");
        CHECK_THAT(warnings, Catch::Contains("no certificate") && Catch::Contains("no types"));
    }
    SECTION("a certificate that is not in the source") {
        world.source.certificates.pop_back();
        const TemporaryFolder folder;
        CHECK_THAT(write(world, folder / "trust"), Catch::Contains("2 of the 3 certificates"));
    }
    SECTION("a certificate that may not sign") {
        const auto certificate = certificate_of(chain_encryption_pem);
        world.source.certificates.push_back(certificate);
        world.body().certificates.push_back(listed(certificate));
        const TemporaryFolder folder;
        CHECK_THAT(write(world, folder / "trust"), Catch::Contains("may not sign"));
    }
    SECTION("a list that is stale from the start") {
        world.source.content.next_update = at("2026-11-01T00:00:00+08:00");
        world.source.content.issued_at = at("2026-11-02T00:00:00+08:00");
        const TemporaryFolder folder;
        CHECK_THAT(write(world, folder / "trust"), Catch::Contains("stale"));
    }
}

TEST_CASE("A pack file that is not the one listed is not written") {
    auto world = make_world();
    world.source.pack_files[0].second.push_back(' ');
    CHECK(refused(world, world.ca.key, world.ca.certificate) == Errc::bad_argument);
}
