#include <chrono>

#include "unit/trust/unlistable_folder.h"
#include "unit/trust/version_world.h"

using namespace elic;

TEST_CASE("A version's folder has six digits and nothing else for its name") {
    const TemporaryFolder folder;
    for (const char* name : {"9", "00009", "0000009", "00000a", "00000:", "00000-", "00000 ", "a00009", "000000"}) {
        CAPTURE(name);
        const TemporaryFolder other;
        REQUIRE(make_folders(other / "versions" / name));
        CHECK_FALSE(newest_version(other.path()).value());
    }
    REQUIRE(make_folders(folder / "versions/000009"));
    REQUIRE(make_folders(folder / "versions/000010"));
    const auto newest = newest_version(folder.path()).value().value();
    CHECK(newest.number == 10);
    CHECK(newest.path == folder / "versions/000010");
}

TEST_CASE("A pointer is of one length: a digit or a line too many points nowhere") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    publish(folder.path(), "two");
    for (const char* more : {"1\n", "\n\n", "\nversion 000001\n"}) {
        CAPTURE(more);
        point(folder.path(), "elic trust folder 1\nversion 000001" + std::string(more));
        CHECK(current(folder.path()) == 2);
    }
}

TEST_CASE("A folder without versions has no newest one, and who looks for the current one is told what there is") {
    const TemporaryFolder folder;
    REQUIRE(make_folders(folder / "versions"));
    CHECK_FALSE(newest_version(folder.path()).value());
    const auto none = current_version(folder.path()).error();
    CHECK(none.code == Errc::not_found);
    CHECK_THAT(none.context, Catch::Contains("holds no trust list"));
    REQUIRE(write_new_file(folder / "trust.elic", as_bytes("x")));
    CHECK_THAT(current_version(folder.path()).error().context, Catch::Contains("a trust folder of version 0"));
}

TEST_CASE("The files of a version are those whose names are of a form; what else is there is not looked into") {
    const TemporaryFolder folder;
    const auto version = publish(folder.path(), "one");
    const std::string status = "status/11430199MB00TX017C/1/7.elic";
    for (const std::string& name : {status, std::string("index/keys"), std::string("a/b/c/d"), std::string("notes")}) {
        REQUIRE(make_folders((version.path / name).parent_path()));
        REQUIRE(write_new_file(version.path / name, as_bytes("x")));
    }
    make_unlistable(version.path / "a/b/c/deeper than any name");
    make_unlistable(version.path / "lists.old");
    CHECK(files_of(version).value() == std::set<std::string>{first_name, second_name, status});
}

TEST_CASE("What goes with the next version is what broke off up to it, and versions that are three behind") {
    const TemporaryFolder folder;
    REQUIRE(make_folders(folder / "versions/000004"));
    const std::vector<std::string> stay = {"000001-kept", "000003", "000006-0a0b0c0d.part", "notes", "x.part"};
    const std::vector<std::string> go = {"000002", "000001-0a0b0c0d.part", "000005-0a0b0c0d.part"};
    for (const auto& names : {stay, go}) {
        for (const auto& name : names) REQUIRE(make_folders(folder / "versions" / name));
    }
    CHECK(publish(folder.path(), "five", false).number == 5);
    auto expected = std::set<std::string>(stay.begin(), stay.end());
    expected.insert({"000004", "000005"});
    const auto there = list_folder(folder / "versions").value();
    CHECK(std::set<std::string>(there.begin(), there.end()) == expected);
}

TEST_CASE("The pointer does not go back to a version from one that is there, but from one that is not") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    const auto base = newest_version(folder.path()).value();
    const std::string later = "elic trust folder 1\nversion 000009\n";
    point(folder.path(), later);
    SECTION("there") {
        REQUIRE(make_folders(folder / "versions/000009"));
        CHECK(publish_version(folder.path(), {.base = base, .kept = {first_name}, .written = {}}).value().number == 2);
        CHECK(pointer(folder.path()) == later);
    }
    SECTION("not there") {
        CHECK(publish_version(folder.path(), {.base = base, .kept = {first_name}, .written = {}}).value().number == 2);
        CHECK(pointer(folder.path()) == "elic trust folder 1\nversion 000002\n");
    }
}

TEST_CASE("A pointer that names the new version already is not written again") {
    const TemporaryFolder folder;
    const std::string ours = "elic trust folder 1\nversion 000001\n";
    point(folder.path(), ours);
    const auto then = std::filesystem::last_write_time(folder / "current") - std::chrono::hours(1);
    std::filesystem::last_write_time(folder / "current", then);
    publish(folder.path(), "one");
    CHECK(std::filesystem::last_write_time(folder / "current") == then);
    CHECK(pointer(folder.path()) == ours);
}
