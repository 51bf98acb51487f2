#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// The roots that this machine relies on, by SM3 fingerprint of their certificates. Kept outside every trust folder:
/// a root is pinned, not found.
struct RootPins {
    std::vector<Digest> fingerprints;

    bool holds(const Digest& fingerprint) const;
};

/// "sm3:" and 64 hexadecimal digits, or the digits alone; colons between pairs are accepted. Errors: bad_argument.
Result<Digest> parse_fingerprint(std::string_view text);
std::string format_fingerprint(const Digest& fingerprint);  ///< "sm3:" and lower-case digits

/// A pin file: a fingerprint a line, '#' begins a comment. A missing file gives no pins. Errors: io, bad_argument with
/// the line.
Result<RootPins> load_root_pins(const std::filesystem::path& file);

/// Adds a fingerprint (nothing happens when it is there). Creates the file and its folder. Errors: io.
Status add_root_pin(const std::filesystem::path& file, const Digest& fingerprint, std::string_view comment);

}  // namespace elic
