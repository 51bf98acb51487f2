#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// One version of a trust folder, complete and never changed.
struct FolderVersion {
    std::uint64_t number = 0;
    std::filesystem::path path;
};

/// "000007".
std::string version_text(std::uint64_t number);

/// The version that the pointer names; where the pointer is damaged, missing or names what is not there, the highest.
/// Errors: not_found (no folder, or no version in it), io.
Result<FolderVersion> current_version(const std::filesystem::path& folder);

/// The highest version, whatever the pointer says: what a change goes on from, so that a change whose pointer was not
/// written is not lost. None when there is none. Errors: io.
Result<std::optional<FolderVersion>> newest_version(const std::filesystem::path& folder);

/// The files of a version by name, with what is unknown left out. Errors: io.
Result<std::set<std::string>> files_of(const FolderVersion& version);

/// What a version is to hold: names with their bytes, and names that stay as they are in the version before.
struct NextVersion {
    std::optional<FolderVersion> base = {};
    std::set<std::string> kept = {};
    std::map<std::string, Bytes> written = {};
};

/// Writes a version beside the others, syncs it, gives it its name, and then points to it; versions that are too old
/// go. Until the pointer is written, readers see the version before; when anything fails, nothing has changed for them.
/// Errors: already_exists (somebody else made this version meanwhile: do it again), io.
Result<FolderVersion> publish_version(const std::filesystem::path& folder, const NextVersion& next);

}  // namespace elic
