#pragma once

#include <cstdint>

#include "container/zip.h"

namespace elic {

/// One entry as the central directory has it.
struct ZipEntry {
    std::string path;     ///< '/' between, none before; UTF-8
    std::string name;     ///< the bytes that stand there
    bool folder = false;  ///< its name ends in '/'
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t header = 0;  ///< where its local header stands in the file
    std::uint64_t data = 0;    ///< where its bytes stand; set by check_local_headers
};

/// The central directory, read and checked for itself.
struct ZipDirectory {
    std::vector<ZipEntry> entries;
    std::uint64_t begin = 0;  ///< where the directory stands in the file
    std::uint64_t base = 0;   ///< what stands before the archive
    std::vector<std::string> warnings;
};

/// Errors: malformed_archive, limit_exceeded.
Result<ZipDirectory> read_zip_directory(BytesView file, const ZipLimits& limits);

/// Holds every local header against its entry, finds the data, and refuses entries that overlap.
/// Errors: malformed_archive.
Status check_local_headers(BytesView file, ZipDirectory& directory);

inline std::uint32_t zip_u16(BytesView file, std::uint64_t at) {
    return file[at] | (static_cast<std::uint32_t>(file[at + 1]) << 8);
}
inline std::uint32_t zip_u32(BytesView file, std::uint64_t at) {
    return zip_u16(file, at) | (zip_u16(file, at + 2) << 16);
}
inline std::uint64_t zip_u64(BytesView file, std::uint64_t at) {
    return zip_u32(file, at) | (static_cast<std::uint64_t>(zip_u32(file, at + 4)) << 32);
}

}  // namespace elic
