#include "base/custody.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/new_file.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

namespace fs = std::filesystem;

std::string said(const Status& status) {
    if (status) return "";
    CHECK(status.error().code == Errc::unsafe_file);
    return status.error().context;
}

fs::path put(const fs::path& path, mode_t mode = 0644) {
    std::ofstream(path) << "x";
    REQUIRE(::chmod(path.c_str(), mode) == 0);
    return path;
}

fs::path put_folder(const fs::path& path, mode_t mode) {
    fs::create_directory(path);
    REQUIRE(::chmod(path.c_str(), mode) == 0);
    return path;
}

mode_t mode_of(const fs::path& path) {
    struct stat facts {};
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    return facts.st_mode & 07777;
}

}  // namespace

TEST_CASE("A file that others can write is refused with the command that mends it, for root too") {
    TemporaryFolder folder;
    CHECK(said(check_custody(put(folder / "kept"))).empty());
    CHECK(said(check_custody(put(folder / "secret", 0600))).empty());
    for (const mode_t mode : {0664, 0646, 0620, 0602}) {
        const auto file = put(folder / "loose", mode);
        CHECK(said(check_custody(file)) == file.string() + " can be written by others: chmod go-w " + file.string());
    }
    CHECK(said(check_custody(folder / "not there")).empty());
    CHECK(said(check_custody("")).empty());
}

TEST_CASE("A folder in which others can put files is refused, unless only the owner of one can take it away") {
    TemporaryFolder folder;
    for (const mode_t mode : {0775, 0757, 0777}) {
        const auto loose = put_folder(folder / "loose", mode);
        CHECK_THAT(said(check_custody(put(loose / "file"))),
                   Catch::Contains("chmod go-w " + loose.string()) && !Catch::Contains("/file"));
    }
    CHECK(said(check_custody(put(put_folder(folder / "like tmp", 01777) / "file"))).empty());
}

TEST_CASE("A link is judged by every place on the way to what it leads to") {
    TemporaryFolder folder;
    const auto kept = put_folder(folder / "kept", 0755);
    const auto loose = put_folder(folder / "loose", 0777);
    const auto office = put_folder(folder / "office", 0700);
    fs::create_symlink(put(kept / "key", 0600), office / "to kept");
    CHECK(said(check_custody(office / "to kept")).empty());
    fs::create_symlink(put(loose / "key", 0600), office / "to loose");
    CHECK_THAT(said(check_custody(office / "to loose")), Catch::Contains(loose.string() + " can be written"));
    // By a second link that lies where others can turn it.
    fs::create_symlink(kept / "key", loose / "turn");
    fs::create_symlink("../loose/turn", office / "by turn");
    CHECK_THAT(said(check_custody(office / "by turn")), Catch::Contains("loose can be written"));
    fs::create_symlink(put(kept / "open", 0666), office / "to open");
    CHECK_THAT(said(check_custody(office / "to open")), Catch::Contains("can be written"));
    // In a circle: whoever opens it says so.
    fs::create_symlink(office / "round", office / "round");
    CHECK(said(check_custody(office / "round")).empty());
}

TEST_CASE("A file of another user is refused, unless it is root's or nobody is asked for") {
    TemporaryFolder folder;
    const auto file = put(folder / "file");
    if (::geteuid() != 0) {
        WARN("not root: what belongs to another user cannot be made here; root's own files are tried");
        CHECK(said(check_custody("/etc/passwd")).empty());
        return;
    }
    REQUIRE(::chown(file.c_str(), 12345, 12345) == 0);
    CHECK_THAT(said(check_custody(file)), Catch::Contains("belongs to another user (number 12345)"));
    CHECK(said(check_custody(file, Owner::anyone)).empty());
    REQUIRE(::chown(file.c_str(), 0, 0) == 0);
    REQUIRE(::chown(folder.path().c_str(), 12345, 12345) == 0);
    CHECK_THAT(said(check_custody(file)), Catch::Contains(folder.path().string() + " belongs to another user"));
}

TEST_CASE("A secret is readable by its owner only") {
    TemporaryFolder folder;
    CHECK(said(check_secret(put(folder / "key", 0600))).empty());
    CHECK(said(check_secret(put(folder / "key", 0400))).empty());
    for (const mode_t mode : {0640, 0604}) {
        CHECK_THAT(said(check_secret(put(folder / "key", mode))), Catch::Contains("chmod 600"));
    }
}

TEST_CASE(
    "A private folder is made for its owner alone, whatever the umask, and one that others can write is refused") {
    TemporaryFolder folder;
    const auto before = ::umask(0);
    const auto made = make_private_folder(folder / "a" / "b");
    const auto again = make_private_folder(folder / "a" / "b");
    auto file = NewFile::begin(folder / "a" / "b" / "c", FileAccess::owner_only);
    REQUIRE(file);
    const auto written = file->write("x") ? file->finish() : Status(fail(Errc::io, ""));
    ::umask(before);
    REQUIRE(made);
    REQUIRE(again);
    REQUIRE(written);
    CHECK(mode_of(folder / "a" / "b") == 0700);
    CHECK(mode_of(folder / "a" / "b" / "c") == 0600);
    CHECK_THAT(said(make_private_folder(put_folder(folder / "loose", 0777))), Catch::Contains("chmod go-w"));
    CHECK(make_private_folder(put(folder / "file")).error().code == Errc::io);
}

TEST_CASE("A new file is there when it is whole, and never replaces another") {
    TemporaryFolder folder;
    {
        auto file = NewFile::begin(folder / "left", FileAccess::everyone);
        REQUIRE(file);
        REQUIRE(file->write(std::string(300000, 'x')));
        CHECK_FALSE(fs::exists(folder / "left"));
    }
    CHECK(folder.count() == 0);
    auto first = NewFile::begin(folder / "file", FileAccess::everyone);
    auto second = NewFile::begin(folder / "file", FileAccess::everyone);
    REQUIRE(first);
    REQUIRE(second);
    const std::string text(700001, 'y');
    REQUIRE(first->write(text.substr(0, 3)));
    REQUIRE(first->write(text.substr(3)));
    REQUIRE(first->finish());
    CHECK(second->finish().error().code == Errc::already_exists);
    CHECK(NewFile::begin(folder / "file", FileAccess::everyone).error().code == Errc::already_exists);
    auto bytes = read_file(folder / "file", 1 << 20);
    REQUIRE(bytes);
    CHECK(as_text(*bytes) == text);
}
