#include "unit/trust/version_world.h"

using namespace elic;

TEST_CASE("A version is written beside the others and pointed to; what stays is the same file") {
    const TemporaryFolder folder;
    CHECK(current_version(folder / "trust").error().code == Errc::not_found);
    const auto first = publish(folder / "trust", "one");
    const auto second = publish(folder / "trust", "two");
    CHECK(second.number == 2);
    CHECK(current(folder / "trust") == 2);
    CHECK(read_file(first.path / first_name, 10).value() == Bytes{'o', 'n', 'e'});
    CHECK(read_file(second.path / first_name, 10).value() == Bytes{'t', 'w', 'o'});
    CHECK(std::filesystem::equivalent(first.path / second_name, second.path / second_name));
    CHECK(as_text(read_file(folder / "trust/current", 100).value()) == "elic trust folder 1\nversion 000002\n");
    CHECK(files_of(second).value() == std::set<std::string>{first_name, second_name});
}

TEST_CASE(
    "A pointer that is damaged, missing or points nowhere gives the highest version; one that reads is followed") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    publish(folder.path(), "two");
    point(folder.path(), "elic trust folder 1\nversion 000001\n");
    CHECK(current(folder.path()) == 1);
    for (const char* text : {"", "elic trust folder 1\nversion 000001", "elic trust folder 2\nversion 000001\n",
                             "elic trust folder 1\nversion 000009\n", "elic trust folder 1\nversion 0000x1\n",
                             "elic trust folder 1\nversion ../001\n", "elic trust folder 1\nversion 000000\n"}) {
        CAPTURE(text);
        point(folder.path(), text);
        CHECK(current(folder.path()) == 2);
    }
    std::filesystem::remove(folder / "current");
    CHECK(current(folder.path()) == 2);
}

TEST_CASE("A change that broke off is no version, and goes with the next one") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    const auto part = folder / "versions/000002-0a0b0c0d.part";
    REQUIRE(make_folders(part));
    REQUIRE(write_new_file(part / "half", as_bytes("x")));
    point(folder.path(), "");
    CHECK(current(folder.path()) == 1);
    publish(folder.path(), "two");
    CHECK(current(folder.path()) == 2);
    CHECK_FALSE(file_exists(part));
}

TEST_CASE("A version whose pointer was not written is gone on from") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    publish(folder.path(), "two");
    point(folder.path(), "elic trust folder 1\nversion 000001\n");
    CHECK(publish(folder.path(), "three").number == 3);
    CHECK(current(folder.path()) == 3);
}

TEST_CASE("Somebody else's version of the same number is not replaced") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    const auto base = newest_version(folder.path()).value();
    publish(folder.path(), "two");
    NextVersion late{.base = base, .kept = {first_name}, .written = {}};
    const auto refused = publish_version(folder.path(), late);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::already_exists);
    CHECK(current(folder.path()) == 2);
    CHECK(list_folder(folder / "versions").value() == std::vector<std::string>{"000001", "000002"});
}

TEST_CASE("The two versions before the current one stay, older ones go") {
    const TemporaryFolder folder;
    for (int n = 0; n < 5; ++n) publish(folder.path(), std::to_string(n));
    CHECK(list_folder(folder / "versions").value() == std::vector<std::string>{"000003", "000004", "000005"});
    CHECK(read_file(folder / "versions/000005" / second_name, 10).value() == Bytes{1, 2, 3});
}

TEST_CASE("Where something cannot be written, readers see what was there") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    NextVersion next{.base = newest_version(folder.path()).value(), .kept = {"lists/gone"}, .written = {}};
    CHECK_FALSE(publish_version(folder.path(), next));
    CHECK(current(folder.path()) == 1);
    CHECK(list_folder(folder / "versions").value() == std::vector<std::string>{"000001"});
}
