#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/license/area_code.h"
#include "elic/license/license_type_code.h"

namespace elic {

/// A root that this machine relies on, and for what.
struct RootPin {
    Digest fingerprint{};                     ///< SM3 of its certificate
    std::vector<AreaCode> areas = {};         ///< only for these divisions; none = all
    std::vector<LicenseTypeCode> types = {};  ///< only for these types; none = all
    friend bool operator==(const RootPin&, const RootPin&) = default;
};

/// The roots that this machine relies on. Kept outside every trust folder: a root is pinned, not found.
struct RootPins {
    std::vector<RootPin> pins;

    /// Without constraints.
    static RootPins of(const std::vector<Digest>& fingerprints);
    const RootPin* find(const Digest& fingerprint) const;
    bool holds(const Digest& fingerprint) const { return find(fingerprint) != nullptr; }
};

/// "sm3:" and 64 hexadecimal digits, or the digits alone; colons between pairs are accepted. Errors: bad_argument.
Result<Digest> parse_fingerprint(std::string_view text);
std::string format_fingerprint(const Digest& fingerprint);  ///< "sm3:" and lower-case digits

/// A pin file: a fingerprint a line, then `area=CODE,...` and `type=CODE,...` in this order where the root is relied on
/// for these only; '#' begins a comment. A missing file gives no pins. Errors: io, bad_argument with the line.
Result<RootPins> load_root_pins(const std::filesystem::path& file);

/// Adds a pin. Nothing happens when it is there; Errors: already_exists (with other constraints: the mend says to edit
/// the file), io. Creates the file and its folder.
Status add_root_pin(const std::filesystem::path& file, const RootPin& pin, std::string_view comment);

}  // namespace elic
