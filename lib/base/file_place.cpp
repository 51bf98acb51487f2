#include "base/file_place.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/system_error.h"
#include "elic/base/bytes.h"

namespace elic {

namespace {

constexpr std::size_t longest_machine_id = 256;
constexpr std::int64_t second = 1000000000;

}  // namespace

Result<FilePlace> place_of(const std::filesystem::path& file) {
    struct statx facts {};
    if (::statx(AT_FDCWD, file.c_str(), 0, STATX_INO | STATX_BTIME, &facts) != 0)
        return fail_io(file, "cannot be looked at");
    FilePlace place{.inode = facts.stx_ino};
    if ((facts.stx_mask & STATX_BTIME) != 0) place.born = facts.stx_btime.tv_sec * second + facts.stx_btime.tv_nsec;
    auto machine = read_file("/etc/machine-id", longest_machine_id);
    if (machine) place.machine = std::string(as_text(*machine));
    while (place.machine.ends_with('\n')) place.machine.pop_back();
    return place;
}

}  // namespace elic
