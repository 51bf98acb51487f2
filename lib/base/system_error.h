#pragma once

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "elic/base/result.h"

namespace elic {

/// Errc::io, "PATH: what: the system's words for `code`".
inline tl::unexpected<Error> fail_io(const std::filesystem::path& path, const std::string& what, int code = errno) {
    return fail(Errc::io, path.string() + ": " + what + ": " + std::generic_category().message(code));
}

}  // namespace elic
