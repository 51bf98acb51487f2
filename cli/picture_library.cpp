#include "picture_library.h"

#include "own_library.h"

namespace elic::cli {

Result<const PictureLibrary*> picture_library() {
    return load_own_library<PictureLibrary>("elic_pictures", ELIC_PICTURES, "what reads and draws pictures");
}

}  // namespace elic::cli
