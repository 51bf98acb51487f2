#pragma once

#include "trust/import_objects.h"

namespace elic {

/// All steps of an import on an opened state, and the version that comes of it. Errors: those of
/// import_into_trust_folder.
Result<ImportReport> import_files(const IncomingFiles& files, ImportState& state);

}  // namespace elic
