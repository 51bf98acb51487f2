#include "base/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include "base/system_error.h"

namespace elic {

namespace {

constexpr int glance = 100;  ///< milliseconds between two looks at `cancelled`

std::uintmax_t size_of(int file) {
    struct stat facts {};
    return ::fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) ? static_cast<std::uintmax_t>(facts.st_size) : 0;
}

}  // namespace

Result<ByteSource> ByteSource::open(const std::filesystem::path& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::error_code ignored;
    if (!file.open() || std::filesystem::is_directory(path, ignored)) {
        return fail(Errc::not_found, path.string() + " cannot be opened as a file");
    }
    const auto size = size_of(file.number());
    return ByteSource(std::move(file), path.string(), size);
}

ByteSource ByteSource::standard_input() {
    return {Descriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)), "standard input", size_of(STDIN_FILENO)};
}

Result<std::size_t> ByteSource::read(std::span<char> to, const std::atomic<bool>& cancelled) {
    for (;;) {
        if (cancelled) return std::size_t{0};
        pollfd wait{.fd = file_.number(), .events = POLLIN, .revents = 0};
        const int ready = ::poll(&wait, 1, glance);
        if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
        const auto got = ::read(file_.number(), to.data(), to.size());
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR && errno != EAGAIN) return fail_io(name_, "cannot be read to its end");
    }
}

}  // namespace elic
