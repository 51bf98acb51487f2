#include "trust/folder_index.h"

#include <catch2/catch.hpp>

#include "trust/folder_names.h"
#include "unit/trust/trust_world.h"
#include "unit/trust/unlistable_folder.h"

using namespace elic;

namespace {

Uscc third_code() { return uscc_of("11450199MB00TX033"); }

const DelegationKey first{.parent = office_code(), .child = other_code()};
const DelegationKey second{.parent = office_code(), .child = third_code()};
const DelegationKey third{.parent = other_code(), .child = third_code()};
const KeyHint low{1, 2, 3, 4, 5, 6, 7, 8}, high{0xfe, 2, 3, 4, 5, 6, 7, 8};

std::string line(const std::string& a, const std::string& b, const std::string& c = "") {
    return a + " " + b + (c.empty() ? "" : " " + c) + "\n";
}

const std::string office = office_code().text(), other = other_code().text(), child = third_code().text();
const std::string low_digits = "0102030405060708", high_digits = "fe02030405060708";

std::optional<FolderIndex> opened(const std::string& keys, const std::string& bodies) {
    const TemporaryFolder version;
    REQUIRE(make_folders(version / "index"));
    REQUIRE(write_new_file(version / key_index_name, as_bytes(keys)));
    REQUIRE(write_new_file(version / body_index_name, as_bytes(bodies)));
    return FolderIndex::open(version.path());
}

}  // namespace

TEST_CASE("The index of keys has a line for each key and delegation, ascending, none twice") {
    const auto bytes = write_key_index({{high, first}, {low, third}, {low, second}, {high, first}});
    CHECK(as_text(bytes) ==
          line(low_digits, office, child) + line(low_digits, other, child) + line(high_digits, office, other));
}

TEST_CASE("The index of bodies has a line for each delegation, by the body") {
    CHECK(as_text(write_body_index({third, second, first})) ==
          line(other, office) + line(child, office) + line(child, other));
}

TEST_CASE("What was written into the index is found by key and by body, and all of it in order") {
    const std::vector<IndexedKey> keys = {{low, second}, {low, third}, {high, first}};
    const auto index = opened(std::string(as_text(write_key_index(keys))),
                              std::string(as_text(write_body_index({first, second, third}))));
    REQUIRE(index);
    CHECK(index->with_key(low) == std::vector<DelegationKey>{second, third});
    CHECK(index->with_key(high) == std::vector<DelegationKey>{first});
    CHECK(index->with_key(KeyHint{0xff}).empty());
    CHECK(index->of_body(other_code()) == std::vector<DelegationKey>{first});
    CHECK(index->of_body(third_code()) == std::vector<DelegationKey>{second, third});
    CHECK(index->of_body(office_code()).empty());
    CHECK(index->delegations() == 3);
    CHECK(index->keys() == keys);
}

TEST_CASE("An index of which a file is missing, or is not lines of one length in order, is none") {
    const auto key = line(low_digits, office, other), later_key = line(high_digits, office, other);
    const auto body = line(other, office), later_body = line(child, office);
    CHECK(opened(key + later_key, body + later_body));
    CHECK(opened("", ""));
    for (const auto& keys :
         {key.substr(1), key + "x", later_key + key, key + key, key.substr(0, key.size() - 1) + "x"}) {
        CAPTURE(keys);
        CHECK_FALSE(opened(keys, body));
    }
    for (const auto& bodies : {body.substr(1), later_body + body, body + body, body.substr(0, body.size() - 1) + " "}) {
        CAPTURE(bodies);
        CHECK_FALSE(opened(key, bodies));
    }
    const TemporaryFolder version;
    REQUIRE(make_folders(version / "index"));
    REQUIRE(write_new_file(version / key_index_name, as_bytes(key)));
    CHECK_FALSE(FolderIndex::open(version.path()));
    REQUIRE(write_new_file(version / body_index_name, as_bytes(body)));
    CHECK(FolderIndex::open(version.path()));
    std::filesystem::remove(version / key_index_name);
    CHECK_FALSE(FolderIndex::open(version.path()));
}

TEST_CASE("Lines of the index may hold anything: what is no code or hint is left out") {
    const std::string no_code(18, '!'), no_hint(16, 'g'), nothing(16 + 1 + 18 + 1 + 18, '\0');
    const auto index = opened(nothing + "\n" + line(low_digits, no_code, other) + line(low_digits, office, other) +
                                  line(high_digits, office, no_code) + line(no_hint, office, other),
                              line(other, no_code) + line(other, office));
    REQUIRE(index);
    CHECK(index->with_key(low) == std::vector<DelegationKey>{first});
    CHECK(index->with_key(high).empty());
    CHECK(index->of_body(other_code()) == std::vector<DelegationKey>{first});
    CHECK(index->keys() == std::vector<IndexedKey>{{low, first}});
}

TEST_CASE("The delegations of a version are those that files are named after") {
    const TemporaryFolder version;
    CHECK(delegations_in(version.path()).value().empty());
    for (const auto& name : {delegation_name(third.parent, third.child), delegation_name(second.parent, second.child),
                             delegation_name(first.parent, first.child), "delegations/" + office + "/notes",
                             "delegations/notes/" + other + ".elic", "delegations/" + office + "/x.elic"}) {
        REQUIRE(make_folders((version / name).parent_path()));
        REQUIRE(write_new_file(version / name, as_bytes("x")));
    }
    REQUIRE(write_new_file(version / ("delegations/" + child), as_bytes("no folder")));
    make_unlistable(version / "delegations/nobody");
    CHECK(delegations_in(version.path()).value() == std::vector<DelegationKey>{first, second, third});
}

TEST_CASE("A folder of delegations that cannot be listed is an error") {
    for (const std::string& place : {std::string("delegations"), "delegations/" + office}) {
        const TemporaryFolder version;
        make_unlistable(version / place);
        const auto all = delegations_in(version.path());
        REQUIRE_FALSE(all);
        CHECK(all.error().code == Errc::io);
        CHECK_THAT(all.error().context, Catch::Contains(place + ": cannot be listed"));
    }
}
