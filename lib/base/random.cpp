#include <cerrno>
#include <sys/random.h>
#include <system_error>

#include "base/process.h"

namespace elic {

Status fill_random(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        const ssize_t count = ::getrandom(out.data(), out.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) {
            return fail(Errc::io, "the system gives no random bytes: " + std::generic_category().message(errno));
        }
        out = out.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace elic
