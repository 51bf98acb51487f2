#pragma once

#include <filesystem>

#include "base/descriptor.h"
#include "base/file.h"

namespace elic {

/// A file that is written piece by piece and is not there before it is whole and on the disk. Never replaces. What is
/// not finished is removed.
class NewFile {
public:
    /// Errors: already_exists, io.
    static Result<NewFile> begin(const std::filesystem::path& path, FileAccess access);
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();

    /// Errors: io.
    Status write(std::string_view text);
    /// Gives the file its name. Errors: already_exists, io.
    Status finish();

private:
    NewFile(std::filesystem::path path, std::filesystem::path temporary, Descriptor file);
    Status flush();
    std::filesystem::path path_, temporary_;
    Descriptor file_;
    std::string held_;
};

}  // namespace elic
