#pragma once

#include "container/zip_directory.h"

namespace elic {

/// Puts `entry.path` there from `entry.name`: GBK where it is not UTF-8, '\' read as '/', a leading '/' dropped, each
/// with a warning. Errors: malformed_archive (a name that leaves the package or is no path), limit_exceeded.
Status read_zip_name(ZipEntry& entry, const ZipLimits& limits, std::vector<std::string>& warnings);

/// The path with A-Z as a-z: two entries that differ in nothing else are one on many machines.
std::string fold_case(std::string_view path);

}  // namespace elic
