#pragma once

#include <string>

#include "elic/base/result.h"

namespace elic::cli {

/// Loads lib<NAME>.so, which was built or installed with this program, and finds what it exports as `symbol`. Looked
/// for in the program's own folder, or where it is installed; nowhere else: no search path of the machine, of the
/// environment or of the current folder has a say. It stays loaded.
/// Errors: not_found (`what` cannot be had without it).
Result<const void*> find_in_own_library(const std::string& name, const char* symbol, const std::string& what);

/// The same, as the table of functions that the library exports. It is looked for once.
template <class Table>
Result<const Table*> load_own_library(const std::string& name, const char* symbol, const std::string& what) {
    static const Result<const Table*> loaded =
        find_in_own_library(name, symbol, what).map([](const void* found) { return static_cast<const Table*>(found); });
    return loaded;
}

}  // namespace elic::cli
