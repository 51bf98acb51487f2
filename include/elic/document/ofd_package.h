#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/part.h"
#include "elic/base/result.h"

namespace elic {

/// The files of an OFD document (GB/T 33190, 7): unpacked, found by path. Holds them; cheap to move.
class OfdPackage {
public:
    /// Unpacks a file; that it is an OFD is not looked at. Errors: malformed_archive, limit_exceeded.
    static Result<OfdPackage> open(BytesView file);
    /// Of parts that are at hand already. Paths must be distinct.
    explicit OfdPackage(std::vector<Part> parts, std::vector<std::string> warnings = {});

    const std::vector<Part>& parts() const noexcept { return parts_; }
    /// What the unpacking tolerated.
    const std::vector<std::string>& warnings() const noexcept { return warnings_; }

    /// The part with exactly this path (no leading '/'), or null.
    const Part* find(std::string_view path) const noexcept;

    /// The part that an ST_Loc names: from the root when it begins with '/', else from the folder of the file `from`.
    /// "." and ".." are followed but never out of the package. Where no part has that path, one whose path differs in
    /// case only is taken, and then one counted from the root: both with a warning. Null: there is none.
    const Part* resolve(std::string_view from, std::string_view location, std::vector<std::string>& warnings) const;

private:
    const Part* near(std::string_view path, std::string_view location, std::vector<std::string>& warnings) const;

    std::vector<Part> parts_;
    std::vector<std::string> warnings_;
    std::map<std::string, std::size_t, std::less<>> by_path_;
    std::map<std::string, std::size_t, std::less<>> by_folded_path_;
};

/// The path that a location means, seen from the file `from`; "" when it leaves the package or names nothing.
std::string resolve_location(std::string_view from, std::string_view location);

}  // namespace elic
