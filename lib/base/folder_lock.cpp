#include "base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <thread>

#include "base/system_error.h"

namespace elic {

namespace {

constexpr std::chrono::milliseconds pause{5};

}  // namespace

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder, std::chrono::milliseconds patience) {
    Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open()) return fail_io(folder, "cannot be opened");
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(opened.number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) break;  // no locks here
        if (std::chrono::steady_clock::now() >= end)
            return fail(Errc::io, folder.string() + ": another process keeps it locked");
        std::this_thread::sleep_for(pause);
    }
    return FolderLock(std::move(opened));
}

}  // namespace elic
