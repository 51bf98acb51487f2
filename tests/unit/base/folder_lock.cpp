#include "base/folder_lock.h"

#include <catch2/catch.hpp>

#include "unit/base/temporary_folder.h"

using namespace elic;
using namespace std::chrono_literals;

TEST_CASE("A locked folder is another's until the lock goes out of scope, and holds no file more") {
    const TemporaryFolder folder;
    {
        const auto held = FolderLock::take(folder.path(), 0ms);
        REQUIRE(held);
        const auto second = FolderLock::take(folder.path(), 20ms);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == Errc::io);
    }
    CHECK(FolderLock::take(folder.path(), 0ms).has_value());
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("A folder that is not there cannot be locked") {
    const TemporaryFolder folder;
    CHECK(FolderLock::take(folder / "none", 0ms).error().code == Errc::io);
}
