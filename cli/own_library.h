#pragma once

#include <string>

#include "elic/base/result.h"

namespace elic::cli {

/// Loads lib<NAME>.so, which was built or installed with this program, and gives what it exports as `symbol`. Looked
/// for in the program's own folder, or where it is installed; nowhere else: no search path of the machine, of the
/// environment or of the current folder has a say. It stays loaded.
/// Errors: not_found (`what` cannot be had without it).
Result<const void*> load_own_library(const std::string& name, const char* symbol, const std::string& what);

}  // namespace elic::cli
