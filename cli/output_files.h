#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/signer.h"
#include "elic/issue/document_press.h"

namespace elic::cli {

/// A license as files: its code (ID.png, ID.svg, ID.txt), and the document with that (ID.ofd, ID.pdf, ID.face.png).
struct OutputFormats {
    bool png = false, svg = false, txt = false;
    bool ofd = false, pdf = false, face = false;
    bool test = false;  ///< of an office made with --test: the word TEST stands under every code that is drawn
    std::shared_ptr<DocumentPress> press = {};  ///< needed for ofd, pdf and face
    std::shared_ptr<Signer> sealer = {};        ///< of the seal; outlives the press
    bool documents() const { return ofd || pdf || face; }
};

/// "png,svg,txt,ofd,pdf,face". Errors: bad_argument.
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

/// What is drawn: the code's text, and the license as the ledger has it (JSON text).
struct DrawnLicense {
    const std::string& payload;
    const std::string& license;
};

/// Errors: does_not_fit, those of DocumentPress::press.
Result<DrawnCode> draw_code(const DrawnLicense& license, const OutputFormats& formats);

/// When a file that was written is on the disk.
enum class Sync { each, together };  // together: whoever writes many syncs them at the end

/// Draws and writes what is missing or differs; what is there already and is the same is left. Returns the files' paths
/// and the QR version. Errors: those of draw_code, io.
Result<WrittenCode> write_code_files(const std::filesystem::path& folder, const std::string& name,
                                     const DrawnLicense& license, const OutputFormats& formats, Sync sync = Sync::each);

/// "3f/a0": folders for a name, so that none gets too many files: two hexadecimal digits for each level, from the SM3
/// digest of the name. Empty for 0 levels.
std::filesystem::path fan_out(const std::string& name, int levels);

}  // namespace elic::cli
