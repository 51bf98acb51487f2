#pragma once

#include <chrono>
#include <filesystem>

#include "base/descriptor.h"
#include "elic/base/result.h"

namespace elic {

/// Keeps other processes that ask for the same lock out of a folder until it goes out of scope; leaves no file behind.
/// Where the file system has no locks for folders (some network shares), none is taken: it is for files of one machine.
class FolderLock {
public:
    /// Waits for at most `patience`. Errors: io (no such folder; another process keeps it).
    static Result<FolderLock> take(const std::filesystem::path& folder, std::chrono::milliseconds patience);

private:
    explicit FolderLock(Descriptor folder) : folder_(std::move(folder)) {}
    Descriptor folder_;  ///< closing it lets the lock go
};

}  // namespace elic
