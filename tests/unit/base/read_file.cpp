#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>

#include "base/file.h"
#include "temporary_folder.h"

using namespace elic;

TEST_CASE("read_file gives the whole file up to the limit") {
    const TemporaryFolder folder;
    const auto path = folder / "示例.bin";
    const std::string content("line\r\n\0end", 10);
    std::ofstream(path, std::ios::binary) << content;
    const auto bytes = read_file(path, 10);
    REQUIRE(bytes);
    CHECK(as_text(*bytes) == content);
    const auto refused = read_file(path, 9);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::limit_exceeded);
}

TEST_CASE("read_file reads files whose size the system does not say") {
    const auto bytes = read_file("/proc/self/status", 1 << 20);
    REQUIRE(bytes);
    CHECK(bytes->size() > 100);
    CHECK(read_file("/proc/self/status", 10).error().code == Errc::limit_exceeded);
}

TEST_CASE("read_file tells a missing file from one that cannot be read") {
    const TemporaryFolder folder;
    CHECK(read_file(folder / "nothing", 10).error().code == Errc::not_found);
    std::ofstream(folder / "file") << "x";
    CHECK(read_file(folder / "file" / "below", 10).error().code == Errc::not_found);
    CHECK(read_file(folder.path(), 10).error().code == Errc::io);
    CHECK(read_file("-", 10).error().code == Errc::not_found);  // a name like any other
}

TEST_CASE("read_file refuses a named pipe at once") {
    const TemporaryFolder folder;
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK(read_file(folder / "pipe", 10).error().code == Errc::io);
}
