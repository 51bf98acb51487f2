#include "trust/import_state.h"

#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

ImportState state_of(const std::filesystem::path& folder) { return ImportState::open(folder).value(); }
ImportState state_of(const ImportWorld& w) { return state_of(w.path()); }

/// A folder whose list is signed by a certificate below an intermediate one; neither is a file of the folder.
struct ChainedList {
    ChainedList()
        : world(make_world()),
          signer(published(chain_list_key_pem, chain_list_pem)),
          trust(world, signer.key, signer.certificate, {certificate_of(chain_intermediate_pem)}) {}

    TrustWorld world;
    KeyAndCertificate signer;
    WrittenTrust trust;
};

/// Opening this path leads in a circle.
void put_loop(const std::filesystem::path& path) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directory_symlink(path, path);
}

Delegation delegation_of(const Bytes& file) { return read_delegation_file(file).value().delegation; }

KeyHint hint_of_key(const KeyAndCertificate& key) { return key_hint(key.certificate.fingerprint()); }

}  // namespace

TEST_CASE("A folder that cannot be listed is no empty folder") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto version = w.path() / "versions" / w.open().version();
    for (const auto& broken : {version / "types", version, w.path() / "versions"}) {
        CAPTURE(broken.string());
        put_loop(broken);
        const auto state = ImportState::open(w.path());
        REQUIRE_FALSE(state);
        CHECK(state.error().code == Errc::io);
        CHECK_THAT(state.error().context, Catch::StartsWith(broken.string()));
    }
}

TEST_CASE("A list under the name of another root is damaged, and is none of the lists") {
    ImportWorld w;
    REQUIRE(w.build());
    CHECK_FALSE(state_of(w).has_damaged_list());
    const auto name = list_name(w.world.ca.certificate.fingerprint());
    const auto elsewhere = list_name(w.world.office.certificate.fingerprint());
    REQUIRE(write_file_durably(w.file(elsewhere), read_file(w.file(name), 1 << 20).value()));
    const auto state = state_of(w);
    CHECK(state.has_damaged_list());
    REQUIRE(state.lists().size() == 1);
    CHECK(state.lists().begin()->first == name);
    CHECK(state.names("lists/").size() == 2);
}

TEST_CASE("The keys of a delegation are known from the index, whatever became of its file") {
    ImportWorld w;
    REQUIRE(w.build());
    REQUIRE(w.take({w.city_file()}));
    CHECK(state_of(w).delegated(hint_of_key(w.city_key)));
    CHECK_FALSE(state_of(w).delegated(hint_of_key(w.county_key)));
    w.damage(delegation_name(province(), city()));
    CHECK(state_of(w).delegated(hint_of_key(w.city_key)));
}

TEST_CASE("What was put is there, and what was dropped is not") {
    ImportWorld w;
    REQUIRE(w.build());
    auto state = state_of(w);
    const auto put = revocation_name(sm3(as_bytes("a"))), kept = list_name(w.world.ca.certificate.fingerprint());
    CHECK_FALSE(state.has(put));
    state.put(put, {1, 2});
    CHECK(state.has(put));
    CHECK(state.read(put, 10).value() == Bytes{1, 2});
    CHECK(state.changes() == std::vector<std::string>{"added " + put});
    state.drop(put);
    CHECK_FALSE(state.has(put));
    CHECK(state.read(put, 10).error().code == Errc::not_found);
    CHECK(state.changes().empty());
    CHECK(state.has(kept));
    state.drop(kept);
    CHECK_FALSE(state.has(kept));
    CHECK(state.lists().empty());
    CHECK_FALSE(state.has_damaged_list());
    CHECK(state.changes() == std::vector<std::string>{"removed " + kept});
}

TEST_CASE("A list that is put takes the place of the one of its name") {
    ImportWorld w;
    REQUIRE(w.build());
    auto state = state_of(w);
    w.world.source.content.number = 8;
    const auto bytes = TrustList::build(w.world.source.content, w.world.ca.key, w.world.ca.certificate, {}).value();
    const auto name = list_name(w.world.ca.certificate.fingerprint());
    CHECK(state.lists().at(name).number() == 7);
    state.put_list(name, TrustList::open(bytes).value(), bytes);
    REQUIRE(state.lists().size() == 1);
    CHECK(state.lists().at(name).number() == 8);
    CHECK(state.read(name, 1 << 20).value() == bytes);
}

TEST_CASE("The certificates that came with a list are at hand, in the folder and after the list is dropped") {
    ChainedList chained;
    const auto listed = state_of(chained.trust.path());
    const auto name = listed.lists().begin()->first;
    const auto bytes = listed.read(name, 1 << 20).value();
    TemporaryFolder empty;
    auto put = state_of(empty / "none");
    for (const auto pem : {chain_list_pem, chain_intermediate_pem}) {
        const auto certificate = certificate_of(pem);
        CHECK(listed.certificate(certificate.fingerprint()) == certificate);
        CHECK_FALSE(put.certificate(certificate.fingerprint()));
    }
    put.put_list(name, TrustList::open(bytes).value(), bytes);
    put.drop(name);
    for (const auto pem : {chain_list_pem, chain_intermediate_pem}) {
        const auto certificate = certificate_of(pem);
        CHECK(put.certificate(certificate.fingerprint()) == certificate);
    }
    CHECK_FALSE(listed.certificate(certificate_of(chain_root_pem).fingerprint()));
}

TEST_CASE("A certificate file that is damaged, or another's, is no certificate") {
    TrustWorld world = make_world();
    const WrittenTrust trust(world);
    const auto& office = world.office.certificate;
    CHECK(state_of(trust.path()).certificate(office.fingerprint()) == office);
    trust.put(certificate_name(office.fingerprint()), world.other.certificate.der());
    CHECK_FALSE(state_of(trust.path()).certificate(office.fingerprint()));
    trust.put(certificate_name(office.fingerprint()), as_bytes("nonsense"));
    CHECK_FALSE(state_of(trust.path()).certificate(office.fingerprint()));
}

TEST_CASE("A delegation that is put brings its keys, and takes those of the one before out of the index") {
    ImportWorld w;
    REQUIRE(w.build());
    REQUIRE(w.take({w.city_file()}));
    auto state = state_of(w);
    const auto file = w.delegation(province(), w.world.office, body_of(city(), w.county_key.certificate),
                                   w.county_key.certificate, 2);
    CHECK_FALSE(state.delegated(hint_of_key(w.county_key)));
    state.put_delegation(delegation_name(province(), city()), delegation_of(file), file);
    CHECK(state.delegated(hint_of_key(w.county_key)));
    const auto version = state.publish().value();
    const auto index = FolderIndex::open(version.path).value();
    CHECK(index.keys() ==
          std::vector<IndexedKey>{{.hint = hint_of_key(w.county_key), .delegation = {province(), city()}}});
    CHECK(index.of_body(city()) == std::vector<DelegationKey>{{province(), city()}});
}

TEST_CASE("A delegated body without a certificate has a line of its own in both indexes") {
    ImportWorld w;
    REQUIRE(w.build());
    auto state = state_of(w);
    auto delegation = delegation_of(w.city_file());
    delegation.body.certificates.clear();
    delegation.certificates.clear();
    state.put_delegation(delegation_name(province(), city()), delegation, {1});
    const auto version = state.publish().value();
    const auto index = FolderIndex::open(version.path).value();
    CHECK(index.keys() == std::vector<IndexedKey>{{.hint = {}, .delegation = {province(), city()}}});
    CHECK(index.of_body(city()) == std::vector<DelegationKey>{{province(), city()}});
}
