#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "base/file.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

std::string text_of(const std::filesystem::path& file) {
    const auto bytes = read_file(file, 1 << 20).value();
    return std::string(as_text(bytes));
}

ino_t inode_of(const std::filesystem::path& file) {
    struct stat facts {};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    return facts.st_ino;
}

}  // namespace

TEST_CASE("A folder is listed by name, without hidden names; none is not found") {
    const TemporaryFolder folder;
    REQUIRE(write_new_file(folder / "b", as_bytes("")));
    REQUIRE(write_new_file(folder / "a", as_bytes("")));
    REQUIRE(write_new_file(folder / ".c", as_bytes("")));
    CHECK(list_folder(folder.path()).value() == std::vector<std::string>{"a", "b"});
    CHECK(list_folder(folder / "none").error().code == Errc::not_found);
    CHECK(list_folder(folder / "a").error().code == Errc::not_found);
}

TEST_CASE("Overwriting in place keeps the file that others have open") {
    const TemporaryFolder folder;
    REQUIRE(overwrite_in_place(folder / "pointer", as_bytes("version 1")));
    const auto before = inode_of(folder / "pointer");
    REQUIRE(overwrite_in_place(folder / "pointer", as_bytes("version 2")));
    CHECK(inode_of(folder / "pointer") == before);
    CHECK(text_of(folder / "pointer") == "version 2");
    REQUIRE(overwrite_in_place(folder / "pointer", as_bytes("v3")));
    CHECK(text_of(folder / "pointer") == "v3");
    CHECK(overwrite_in_place(folder / "none" / "pointer", as_bytes("x")).error().code == Errc::io);
}

TEST_CASE("A new file and a second name never replace") {
    const TemporaryFolder folder;
    REQUIRE(write_new_file(folder / "a", as_bytes("one")));
    CHECK(write_new_file(folder / "a", as_bytes("two")).error().code == Errc::already_exists);
    REQUIRE(link_or_copy(folder / "a", folder / "b"));
    CHECK(text_of(folder / "b") == "one");
    CHECK(link_or_copy(folder / "a", folder / "b").error().code == Errc::already_exists);
    CHECK(link_or_copy(folder / "none", folder / "c").error().code == Errc::not_found);
    CHECK(text_of(folder / "a") == "one");
}

TEST_CASE("A folder gets its name once") {
    const TemporaryFolder folder;
    REQUIRE(make_folders(folder / "one.part"));
    REQUIRE(make_folders(folder / "two.part"));
    REQUIRE(sync_file_system(folder / "one.part"));
    REQUIRE(rename_folder(folder / "one.part", folder / "one"));
    CHECK(rename_folder(folder / "two.part", folder / "one").error().code == Errc::already_exists);
    CHECK(file_exists(folder / "two.part"));
    remove_folder(folder / "two.part");
    CHECK_FALSE(file_exists(folder / "two.part"));
    remove_folder(folder / "two.part");
}
