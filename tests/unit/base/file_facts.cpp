#include <catch2/catch.hpp>

#include "base/file.h"
#include "temporary_folder.h"

using namespace elic;

TEST_CASE("A path is judged by its nearest existing parent") {
    // /proc is a file system of the kernel: never a network file system.
    CHECK_FALSE(on_network_file_system("/proc"));
    CHECK_FALSE(on_network_file_system("/proc/nothing/below/here"));
    const TemporaryFolder folder;
    CHECK(on_network_file_system(folder / "new" / "deeper") == on_network_file_system(folder.path()));
    CHECK(on_network_file_system("") == on_network_file_system("."));
    CHECK(on_network_file_system("no-such-name") == on_network_file_system("."));
}

TEST_CASE("readable_by_others looks at group and others, reading and writing") {
    using std::filesystem::perms;
    const TemporaryFolder folder;
    const auto path = folder / "file";
    REQUIRE(write_file_durably(path, as_bytes("x"), FileAccess::owner_only));
    for (const perms extra : {perms::group_read, perms::group_write, perms::others_read, perms::others_write}) {
        std::filesystem::permissions(path, perms::owner_read | extra);
        CHECK(readable_by_others(path));
    }
    std::filesystem::permissions(path, perms::owner_all | perms::group_exec);
    CHECK_FALSE(readable_by_others(path));
    CHECK_FALSE(readable_by_others(folder / "nothing"));
}
