#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic::cli {

/// The code of a license as files: ID.png, ID.svg, ID.txt.
struct OutputFormats {
    bool png = false, svg = false, txt = false;
    bool test = false;  ///< of an office made with --test: the word TEST stands under every code that is drawn
};

/// "png,svg,txt". Errors: bad_argument.
Result<OutputFormats> parse_formats(const std::string& list);

/// The files of one license and the QR version.
struct WrittenCode {
    std::vector<std::string> files;
    int qr_version = 0;
};

/// A code drawn: extension (".png") and content of each file.
struct DrawnCode {
    std::vector<std::pair<std::string, Bytes>> files;
    int qr_version = 0;
};

/// Errors: does_not_fit.
Result<DrawnCode> draw_code(const std::string& payload, const OutputFormats& formats);

/// When a file that was written is on the disk.
enum class Sync { each, together };  // together: whoever writes many syncs them at the end

/// Draws and writes what is missing or differs; what is there already and is the same is left. Returns the files' paths
/// and the QR version. Errors: does_not_fit, io.
Result<WrittenCode> write_code_files(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& payload, const OutputFormats& formats, Sync sync = Sync::each);

/// "3f/a0": folders for a name, so that none gets too many files: two hexadecimal digits for each level, from the SM3
/// digest of the name. Empty for 0 levels.
std::filesystem::path fan_out(const std::string& name, int levels);

}  // namespace elic::cli
