#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

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

/// Whole or not at all for every process that looks, replaces what is there, and is not synced: for many files that are
/// made safe together (sync_file_system), or again. A power cut may leave it empty or torn. Errors: io.
Status write_file_unsynced(const std::filesystem::path& path, BytesView bytes);

/// Creates a folder and its parents. Errors: io.
Status make_folders(const std::filesystem::path& path);

/// The names in a folder, ascending; those that begin with '.' are left out. Errors: not_found, io.
Result<std::vector<std::string>> list_folder(const std::filesystem::path& folder);

/// Puts `bytes` in the place of what the file has, under the same name and inode, and syncs: for a small file that
/// other machines may have open. Made when it is not there. Only a write of one length over the other is hardly torn:
/// keep the length. Errors: io.
Status overwrite_in_place(const std::filesystem::path& path, BytesView bytes);

/// Writes a file into a folder that nobody reads yet; never replaces, does not sync (sync_file_system does).
/// Errors: already_exists, io.
Status write_new_file(const std::filesystem::path& path, BytesView bytes);

/// A second name for the same file, or a copy where the file system has no hard links. Never replaces, does not sync.
/// Errors: already_exists, io.
Status link_or_copy(const std::filesystem::path& from, const std::filesystem::path& to);

/// Everything written to the file system of this folder is on the disk when it returns. Errors: io.
Status sync_file_system(const std::filesystem::path& folder);

/// Gives a folder its final name and makes that durable. Errors: already_exists (the name is taken), io.
Status rename_folder(const std::filesystem::path& from, const std::filesystem::path& to);

/// Removes a folder and all in it, as far as that can be done.
void remove_folder(const std::filesystem::path& folder) noexcept;

/// True when the path (or its nearest existing parent) lies on a file system that other machines write
/// too (NFS, SMB/CIFS, 9p, FUSE, ...), where locks and syncs cannot be relied on.
bool on_network_file_system(const std::filesystem::path& path);

/// True when group or others may read or write the file.
bool readable_by_others(const std::filesystem::path& path);

}  // namespace elic
