#include "drawing_library.h"

#include <dlfcn.h>

namespace elic::cli {

namespace {

Result<const DrawingLibrary*> load() {
    // Looked for where the program says (RUNPATH), as the libraries that it is linked with; stays loaded.
    void* library = ::dlopen("libelic_drawing.so", RTLD_NOW | RTLD_LOCAL);
    const void* found = library == nullptr ? nullptr : ::dlsym(library, ELIC_DRAWING);
    if (found != nullptr) return static_cast<const DrawingLibrary*>(found);
    const char* why = ::dlerror();
    return fail(Errc::not_found, std::string("what draws documents and seals cannot be loaded (") +
                                     (why == nullptr ? "libelic_drawing.so" : why) + "); install the whole of elic");
}

}  // namespace

Result<const DrawingLibrary*> drawing_library() {
    static const Result<const DrawingLibrary*> loaded = load();
    return loaded;
}

}  // namespace elic::cli
