#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/descriptor.h"
#include "base/file.h"
#include "base/fresh_memory.h"
#include "base/system_error.h"

namespace elic {
namespace {

tl::unexpected<Error> too_large(const std::filesystem::path& path, std::size_t limit) {
    return fail(Errc::limit_exceeded, path.string() + ": larger than " + std::to_string(limit) + " bytes");
}

}  // namespace

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t limit) {
    // O_NONBLOCK: opening a pipe that nobody writes to must not hang; it means nothing for regular files.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.open()) {
        const int code = errno;
        if (code == ENOENT || code == ENOTDIR) return fail(Errc::not_found, path.string() + ": no such file");
        return fail_io(path, "cannot be opened", code);
    }
    struct stat facts {};
    if (::fstat(file.number(), &facts) != 0) return fail_io(path, "cannot be examined");
    if (!S_ISREG(facts.st_mode)) return fail(Errc::io, path.string() + ": is not a regular file");
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    if (size > limit) return too_large(path, limit);

    // The size is a hint: the file may grow meanwhile, and files of /proc say 0.
    constexpr std::size_t step = 64 * 1024;
    Bytes bytes;
    bytes.reserve(static_cast<std::size_t>(size) + 1);
    if (size > step) take_at_once(bytes.data(), bytes.capacity());
    bytes.resize(static_cast<std::size_t>(size) + 1);
    std::size_t filled = 0;
    for (;;) {
        if (filled == bytes.size()) bytes.resize(bytes.size() + std::max(step, bytes.size() / 2));
        const ssize_t count = ::read(file.number(), bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_io(path, "cannot be read");
        if (count == 0) break;
        filled += static_cast<std::size_t>(count);
        if (filled > limit) return too_large(path, limit);
    }
    bytes.resize(filled);
    return bytes;
}

}  // namespace elic
