#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "elic/base/result.h"

namespace elic::cli {

/// The code of a license as files: ID.png, ID.svg, ID.txt.
struct OutputFormats {
    bool png = false, svg = false, txt = false;
    bool test = false;  ///< of an office made with --test: the word TEST stands under every code that is drawn
};

/// "png,svg,txt". Errors: bad_argument.
Result<OutputFormats> parse_formats(const std::string& list);

/// Draws and writes what is missing or differs; what is there already and is the same is left. Returns the files' paths
/// and the QR version. Errors: does_not_fit, io.
struct WrittenCode {
    std::vector<std::string> files;
    int qr_version = 0;
};
Result<WrittenCode> write_code_files(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& payload, const OutputFormats& formats);

}  // namespace elic::cli
