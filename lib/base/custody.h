#pragma once

#include <filesystem>

#include "elic/base/result.h"

namespace elic {

/// Whose file it may be.
enum class Owner {
    us_or_root,  ///< what is relied on to issue: another owner could change it, or take back what he lent
    anyone       ///< what an administrator may have put there
};

/// Nothing when nobody else can change what is at `path` or put something else there: neither the file nor the folder
/// that it lies in can be written by group or others, and both belong to this user or to root. A folder with the sticky
/// bit (/tmp) will do: there only the owner can take a file away. Of a symbolic link the folder that has the link and
/// the file it leads to (with its folder) are looked at. The permission bits are judged, not what this process may do:
/// root is no exception. Nothing is said of what is not there. Errors: unsafe_file, with the command that mends it.
Status check_custody(const std::filesystem::path& path, Owner owner = Owner::us_or_root);

/// As check_custody, and group and others can not even read it: a private key. Errors: unsafe_file.
Status check_secret(const std::filesystem::path& path);

/// A folder for this user alone (0700), with its parents; one that is there already is checked. Errors: io,
/// unsafe_file.
Status make_private_folder(const std::filesystem::path& path);

}  // namespace elic
