#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "elic/base/part.h"
#include "elic/base/result.h"

namespace elic {

/// What a ZIP file may hold at most. More is limit_exceeded, found before anything is unpacked.
struct ZipLimits {
    std::size_t file = 300u << 20;
    std::size_t entries = 4096;
    std::size_t entry = 64u << 20;   ///< unpacked
    std::size_t total = 256u << 20;  ///< unpacked, all together
    std::size_t name = 512;          ///< bytes
    std::size_t ratio = 200;         ///< unpacked : packed, of entries that unpack to more than `ratio_from`
    std::size_t ratio_from = 1u << 20;
};

/// A ZIP file, unpacked: files only, folders are left out, in the order of the central directory.
struct Archive {
    std::vector<Part> parts;            ///< paths are distinct, in whatever case they are written
    std::vector<std::string> warnings;  ///< what was tolerated, English, names escaped
};

/// Unpacks a ZIP file by its central directory alone. Only stored and deflated entries; checksums and lengths must
/// hold. Tolerated with a warning: bytes before the archive or behind it, bytes that no entry owns, '\' and a leading
/// '/' in names, names in GBK, local headers that disagree in anything but the name. Refused: two entries of one name
/// (also when only the case differs), names that leave the package, overlapping entries, encryption, several volumes,
/// 64-bit values that disagree with others.
/// Errors: malformed_archive, limit_exceeded.
Result<Archive> read_zip(BytesView file, const ZipLimits& limits = {});

}  // namespace elic
