#include "picture_library.h"

#include "own_library.h"

namespace elic::cli {

namespace {

Result<const PictureLibrary*> load() {
    auto found = load_own_library("elic_pictures", ELIC_PICTURES, "what reads and draws pictures");
    if (!found) return tl::unexpected(found.error());
    return static_cast<const PictureLibrary*>(*found);
}

}  // namespace

Result<const PictureLibrary*> picture_library() {
    static const Result<const PictureLibrary*> loaded = load();
    return loaded;
}

}  // namespace elic::cli
