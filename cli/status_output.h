#pragma once

#include <filesystem>
#include <string>

#include "elic/issue/publish_status.h"

namespace elic::cli {

/// Where a published file went.
struct StatusPlace {
    std::string path;  ///< of the file, or of the trust folder
    bool imported = false;
};

/// Imports into `out` when it is a trust folder (it has `current` or `versions`); else writes a file of the published
/// name there. Errors: io, those of import_into_trust_folder; already_exists.
Result<StatusPlace> put_status_file(const SignedPublication& published, const std::filesystem::path& out);

}  // namespace elic::cli
