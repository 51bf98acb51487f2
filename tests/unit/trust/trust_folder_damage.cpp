#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

// A damaged file never takes down a working folder.

namespace {

/// A folder with two lists, a city and a county.
struct TwoLists : ImportWorld {
    TwoLists() : second(make_world()) {
        REQUIRE(build());
        second.source.content.bodies.erase(second.source.content.bodies.begin());
        second.source.content.packs = world.source.content.packs;
        std::vector<std::string> warnings;
        REQUIRE(write_trust_folder(second.source, second.ca.key, second.ca.certificate, path(), warnings));
        REQUIRE(take({city_file(), county_file()}));
    }

    std::string first_list() const { return list_name(world.ca.certificate.fingerprint()); }
    std::string second_list() const { return list_name(second.ca.certificate.fingerprint()); }
    KeyHint county_hint() const { return key_hint(county_key.certificate.fingerprint()); }

    TrustWorld second;
};

}  // namespace

TEST_CASE("Two lists stand beside each other; a damaged one leaves the other usable") {
    TwoLists w;
    REQUIRE(w.open().lists().size() == 2);
    CHECK(w.open().damaged().empty());
    CHECK(w.open().bodies(stranger()).value().size() == 2);
    w.damage(w.second_list());
    const auto trust = w.open();
    REQUIRE(trust.lists().size() == 1);
    REQUIRE(trust.damaged().size() == 1);
    CHECK_THAT(trust.damaged()[0].context, Catch::StartsWith(w.second_list()));
    CHECK(trust.bodies(province()).value().size() == 1);
    CHECK(trust.bodies(stranger()).value().size() == 1);
    w.damage(w.first_list());
    CHECK(TrustFolder::open(w.path()).error().code == Errc::malformed_trust);
}

TEST_CASE("A damaged list does not stop an import, keeps what it may name, and is mended by one") {
    TwoLists w;
    const auto good = read_file(w.file(w.second_list()), 1 << 20).value();
    w.damage(w.second_list());
    REQUIRE(w.take({w.city_file(2)}));
    CHECK(w.open().damaged().size() == 1);
    CHECK(w.open().certificate(w.second.other.certificate.fingerprint()));
    REQUIRE(w.take({good, w.second.ca.certificate.der()}));
    CHECK(w.open().damaged().empty());
    CHECK(w.open().lists().size() == 2);
}

TEST_CASE("A list under the name of another one is damaged") {
    TwoLists w;
    const auto first = read_file(w.file(w.first_list()), 1 << 20).value();
    std::filesystem::remove(w.file(w.second_list()));
    REQUIRE(write_file_durably(w.file(w.second_list()), first));
    CHECK(w.open().lists().size() == 1);
    CHECK(w.open().damaged().size() == 1);
}

TEST_CASE("A damaged delegation is passed over and told; the others are found") {
    TwoLists w;
    w.damage(delegation_name(province(), city()));
    const auto trust = w.open();
    CHECK(trust.bodies(city()).value().empty());
    CHECK(trust.passed_over().size() == 1);
    CHECK(trust.bodies_with_key(w.county_hint()).value().size() == 1);
    CHECK(trust.all_bodies().value().size() == 4);
}

TEST_CASE("A delegation under the name of another one is passed over") {
    TwoLists w;
    const auto city_bytes = read_file(w.file(delegation_name(province(), city())), 1 << 20).value();
    std::filesystem::remove(w.file(delegation_name(city(), county())));
    REQUIRE(write_file_durably(w.file(delegation_name(city(), county())), city_bytes));
    CHECK(w.open().bodies(county()).value().empty());
}

TEST_CASE("An index that is damaged, missing or short makes the reader look itself") {
    TwoLists w;
    const auto keys = w.file(key_index_name);
    const auto bodies = w.file(body_index_name);
    const auto write = [](const std::filesystem::path& file, const std::string& text) {
        std::filesystem::remove(file);
        REQUIRE(write_file_durably(file, as_bytes(text)));
    };
    const auto old = read_file(keys, 1 << 20).value();
    const std::string text(as_text(old));
    const auto lines = text.size() / 55;
    REQUIRE(lines == 2);
    SECTION("missing") {
        std::filesystem::remove(keys);
        std::filesystem::remove(bodies);
    }
    SECTION("empty") {
        write(keys, "");
        write(bodies, "");
    }
    SECTION("cut") { write(keys, text.substr(0, 70)); }
    SECTION("one line short") { write(keys, text.substr(text.starts_with(to_hex(w.county_hint())) ? 55 : 0, 55)); }
    SECTION("out of order") { write(keys, text.substr(55) + text.substr(0, 55)); }
    SECTION("no codes") { write(keys, text.substr(0, 16) + std::string(38, '/') + "\n"); }
    SECTION("leads to what is not there") {
        std::string wrong = to_hex(w.county_hint()) + " " + county().text() + " " + city().text() + "\n";
        write(keys, wrong);
    }
    const auto trust = w.open();
    CHECK(trust.bodies_with_key(w.county_hint()).value().size() == 1);
    CHECK(trust.bodies(county()).value().size() == 1);
    // The next version's index is whole again.
    REQUIRE(w.take({w.city_file(2)}));
    CHECK(read_file(w.file(key_index_name), 1 << 20).value() == old);
}

TEST_CASE("A key that nobody has is found by nobody, index or not") {
    TwoLists w;
    CHECK(w.open().bodies_with_key({1, 2, 3}).value().empty());
    std::filesystem::remove(w.file(key_index_name));
    CHECK(w.open().bodies_with_key({1, 2, 3}).value().empty());
}

TEST_CASE("A damaged pointer does not take the folder down") {
    TwoLists w;
    const auto version = w.open().version();
    REQUIRE(overwrite_in_place(w.path() / "current", as_bytes("nonsense")));
    CHECK(w.open().version() == version);
    REQUIRE(w.take({w.city_file(2)}));
    CHECK(w.open().version() > version);
}
