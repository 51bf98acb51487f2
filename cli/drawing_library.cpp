#include "drawing_library.h"

#include "own_library.h"

namespace elic::cli {

namespace {

Result<const DrawingLibrary*> load() {
    auto found = load_own_library("elic_drawing", ELIC_DRAWING, "what draws documents and seals");
    if (!found) return tl::unexpected(found.error());
    return static_cast<const DrawingLibrary*>(*found);
}

}  // namespace

Result<const DrawingLibrary*> drawing_library() {
    static const Result<const DrawingLibrary*> loaded = load();
    return loaded;
}

}  // namespace elic::cli
