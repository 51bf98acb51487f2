#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "temporary_folder.h"

using namespace elic;

namespace {

std::string content_of(const std::filesystem::path& path) {
    const auto bytes = read_file(path, 1 << 20);
    REQUIRE(bytes);
    return std::string(as_text(*bytes));
}

}  // namespace

TEST_CASE("write_file_durably replaces and leaves nothing beside") {
    const TemporaryFolder folder;
    const auto path = folder / "file";
    REQUIRE(write_file_durably(path, as_bytes("first")));
    REQUIRE(write_file_durably(path, as_bytes("second")));
    CHECK(content_of(path) == "second");
    REQUIRE(write_file_durably(path, {}));
    CHECK(content_of(path).empty());
    CHECK(folder.count() == 1);
}

TEST_CASE("create_file_durably never replaces") {
    const TemporaryFolder folder;
    const auto path = folder / "file";
    REQUIRE(create_file_durably(path, as_bytes("first")));
    const auto refused = create_file_durably(path, as_bytes("second"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::already_exists);
    CHECK(content_of(path) == "first");
    std::filesystem::create_symlink("nowhere", folder / "link");
    CHECK(create_file_durably(folder / "link", as_bytes("x")).error().code == Errc::already_exists);
    CHECK(folder.count() == 2);
}

TEST_CASE("A written file is readable by its owner only when that is asked for") {
    const TemporaryFolder folder;
    const mode_t before = ::umask(022);
    REQUIRE(write_file_durably(folder / "key", as_bytes("x"), FileAccess::owner_only));
    REQUIRE(write_file_durably(folder / "open", as_bytes("x")));
    ::umask(before);
    CHECK_FALSE(readable_by_others(folder / "key"));
    CHECK(readable_by_others(folder / "open"));
    // An open file becomes private when it is replaced by a private one.
    REQUIRE(write_file_durably(folder / "open", as_bytes("x"), FileAccess::owner_only));
    CHECK_FALSE(readable_by_others(folder / "open"));
}

TEST_CASE("write_file_durably writes through a link and not over devices or folders") {
    const TemporaryFolder folder;
    REQUIRE(write_file_durably(folder / "real", as_bytes("old")));
    std::filesystem::create_symlink("real", folder / "link");
    REQUIRE(write_file_durably(folder / "link", as_bytes("new")));
    CHECK(content_of(folder / "real") == "new");
    CHECK(std::filesystem::is_symlink(folder / "link"));
    CHECK(write_file_durably("/dev/null", as_bytes("x")).error().code == Errc::io);
    CHECK(std::filesystem::is_character_file("/dev/null"));
    CHECK(write_file_durably(folder.path(), as_bytes("x")).error().code == Errc::io);
    CHECK(write_file_durably(folder / "missing" / "file", as_bytes("x")).error().code == Errc::io);
    CHECK(folder.count() == 2);
}

TEST_CASE("A write that fails half way leaves the old file and no temporary one") {
    const TemporaryFolder folder;
    const auto path = folder / "file";
    REQUIRE(write_file_durably(path, as_bytes("old")));
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        // The kernel cuts writes at the limit on the size of files; in a process of its own, which it ends with.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto refused = write_file_durably(path, Bytes(5000, 'x'));
        ::_exit(!refused && refused.error().code == Errc::io ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    CHECK(content_of(path) == "old");
    CHECK(folder.count() == 1);
}

TEST_CASE("make_folders makes parents and accepts what is there") {
    const TemporaryFolder folder;
    const auto deep = folder / "a" / "b/../b/c/";
    REQUIRE(make_folders(deep));
    CHECK(std::filesystem::is_directory(folder / "a" / "b" / "c"));
    CHECK(make_folders(deep));
    CHECK(make_folders("/"));
    CHECK(make_folders("."));
    std::ofstream(folder / "file") << "x";
    CHECK(make_folders(folder / "file").error().code == Errc::io);
    CHECK(make_folders(folder / "file" / "below").error().code == Errc::io);
}
