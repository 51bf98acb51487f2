#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "elic/base/result.h"

namespace elic {

/// Where a file lies, to tell it from a copy of it: a copy is another file on the same disk, or lies on another
/// machine.
struct FilePlace {
    std::uint64_t inode = 0;
    std::int64_t born = 0;  ///< when the file was made, in nanoseconds; 0 where the file system does not say
    std::string machine;    ///< /etc/machine-id; empty where there is none
};

/// Errors: io.
Result<FilePlace> place_of(const std::filesystem::path& file);

}  // namespace elic
