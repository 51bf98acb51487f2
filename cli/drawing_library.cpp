#include "drawing_library.h"

#include "own_library.h"

namespace elic::cli {

Result<const DrawingLibrary*> drawing_library() {
    return load_own_library<DrawingLibrary>("elic_drawing", ELIC_DRAWING, "what draws documents and seals");
}

}  // namespace elic::cli
