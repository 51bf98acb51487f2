#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// True when something is there. False also when that cannot be found out.
bool file_exists(const std::filesystem::path& path);

/// Reads a whole regular file.
/// Errors: not_found, io, limit_exceeded when it is larger than `limit` bytes.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t limit);

/// Who may read a written file.
enum class FileAccess { everyone, owner_only };  // 0644 and 0600, less the umask

/// Whole or not at all, and on the disk when it returns: temporary file beside it, fsync, rename, fsync of
/// the folder. Replaces an existing file. Errors: io.
Status write_file_durably(const std::filesystem::path& path, BytesView bytes, FileAccess access = FileAccess::everyone);

/// As write_file_durably, but never replaces. Errors: already_exists, io.
Status create_file_durably(const std::filesystem::path& path, BytesView bytes,
                           FileAccess access = FileAccess::everyone);

/// Creates a folder and its parents. Errors: io.
Status make_folders(const std::filesystem::path& path);

/// True when the path (or its nearest existing parent) lies on a file system that other machines write
/// too (NFS, SMB/CIFS, 9p, FUSE, ...), where locks and syncs cannot be relied on.
bool on_network_file_system(const std::filesystem::path& path);

/// True when group or others may read or write the file.
bool readable_by_others(const std::filesystem::path& path);

}  // namespace elic
