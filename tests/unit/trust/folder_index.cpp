#include "trust/folder_index.h"

#include <catch2/catch.hpp>

#include "trust/folder_names.h"
#include "unit/trust/trust_world.h"
#include "unit/trust/unlistable_folder.h"

using namespace elic;

namespace {

Uscc third_code() { return uscc_of("11450199MB00TX033"); }

const DelegationKey first_pair{.parent = office_code(), .child = other_code()};
const DelegationKey second_pair{.parent = office_code(), .child = third_code()};
const DelegationKey third_pair{.parent = other_code(), .child = third_code()};
const KeyHint low{1, 2, 3, 4, 5, 6, 7, 8}, high{0xfe, 2, 3, 4, 5, 6, 7, 8};

std::string line(const std::string& a, const std::string& b, const std::string& c = "") {
    return a + " " + b + (c.empty() ? "" : " " + c) + "\n";
}

const std::string office_text = office_code().text(), other_text = other_code().text(),
                  child_text = third_code().text();
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
    const auto bytes = write_key_index({{high, first_pair}, {low, third_pair}, {low, second_pair}, {high, first_pair}});
    CHECK(as_text(bytes) == line(low_digits, office_text, child_text) + line(low_digits, other_text, child_text) +
                                line(high_digits, office_text, other_text));
}

TEST_CASE("The index of bodies has a line for each delegation, by the body") {
    CHECK(as_text(write_body_index({third_pair, second_pair, first_pair})) ==
          line(other_text, office_text) + line(child_text, office_text) + line(child_text, other_text));
}

TEST_CASE("What was written into the index is found by key and by body, and all of it in order") {
    const std::vector<IndexedKey> keys = {{low, second_pair}, {low, third_pair}, {high, first_pair}};
    const auto index = opened(std::string(as_text(write_key_index(keys))),
                              std::string(as_text(write_body_index({first_pair, second_pair, third_pair}))));
    REQUIRE(index);
    CHECK(index->with_key(low) == std::vector<DelegationKey>{second_pair, third_pair});
    CHECK(index->with_key(high) == std::vector<DelegationKey>{first_pair});
    CHECK(index->with_key(KeyHint{0xff}).empty());
    CHECK(index->of_body(other_code()) == std::vector<DelegationKey>{first_pair});
    CHECK(index->of_body(third_code()) == std::vector<DelegationKey>{second_pair, third_pair});
    CHECK(index->of_body(office_code()).empty());
    CHECK(index->delegations() == 3);
    CHECK(index->keys() == keys);
}

TEST_CASE("An index of which a file is missing, or is not lines of one length in order, is none") {
    const auto key = line(low_digits, office_text, other_text), later_key = line(high_digits, office_text, other_text);
    const auto body = line(other_text, office_text), later_body = line(child_text, office_text);
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
    const auto index =
        opened(nothing + "\n" + line(low_digits, no_code, other_text) + line(low_digits, office_text, other_text) +
                   line(high_digits, office_text, no_code) + line(no_hint, office_text, other_text),
               line(other_text, no_code) + line(other_text, office_text));
    REQUIRE(index);
    CHECK(index->with_key(low) == std::vector<DelegationKey>{first_pair});
    CHECK(index->with_key(high).empty());
    CHECK(index->of_body(other_code()) == std::vector<DelegationKey>{first_pair});
    CHECK(index->keys() == std::vector<IndexedKey>{{low, first_pair}});
}

TEST_CASE("The delegations of a version are those that files are named after") {
    const TemporaryFolder version;
    CHECK(delegations_in(version.path()).value().empty());
    for (const auto& name :
         {delegation_name(third_pair.parent, third_pair.child), delegation_name(second_pair.parent, second_pair.child),
          delegation_name(first_pair.parent, first_pair.child), "delegations/" + office_text + "/notes",
          "delegations/notes/" + other_text + ".elic", "delegations/" + office_text + "/x.elic"}) {
        REQUIRE(make_folders((version / name).parent_path()));
        REQUIRE(write_new_file(version / name, as_bytes("x")));
    }
    REQUIRE(write_new_file(version / ("delegations/" + child_text), as_bytes("no folder")));
    make_unlistable(version / "delegations/nobody");
    CHECK(delegations_in(version.path()).value() == std::vector<DelegationKey>{first_pair, second_pair, third_pair});
}

TEST_CASE("A folder of delegations that cannot be listed is an error") {
    for (const std::string& place : {std::string("delegations"), "delegations/" + office_text}) {
        const TemporaryFolder version;
        make_unlistable(version / place);
        const auto all = delegations_in(version.path());
        REQUIRE_FALSE(all);
        CHECK(all.error().code == Errc::io);
        CHECK_THAT(all.error().context, Catch::Contains(place + ": cannot be listed"));
    }
}
