#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic::cli {

/// A file that is written bit by bit under another name (FILE.part) and takes its own when it is complete and on the
/// disk: whoever finds FILE finds all of it.
class GrowingFile {
public:
    /// Errors: io.
    static Result<GrowingFile> create(const std::filesystem::path& path);
    /// Errors: io.
    Status write(std::string_view bytes);
    /// Ends all of them, in one sync of the disk. Errors: io.
    static Status finish(const std::vector<GrowingFile*>& files);

private:
    GrowingFile(std::filesystem::path path, std::ofstream stream)
        : path_(std::move(path)), stream_(std::move(stream)) {}
    std::filesystem::path part() const { return path_.string() + ".part"; }
    std::filesystem::path path_;
    std::ofstream stream_;
};

/// A member of a tar archive (ustar): readable by everyone, dated 1970 so that the same files are the same archive.
/// `name` has at most 100 bytes. Errors: bad_argument.
Result<std::string> tar_member(const std::string& name, BytesView bytes);
/// What ends an archive.
std::string tar_end();

/// A cell for people's spreadsheets: what begins like a formula gets an apostrophe before it.
std::string spreadsheet_cell(const std::string& text);

}  // namespace elic::cli
