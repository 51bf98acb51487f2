#include "own_library.h"

#include <array>
#include <dlfcn.h>
#include <filesystem>
#include <system_error>

namespace elic::cli {

Result<const void*> find_in_own_library(const std::string& name, const char* symbol, const std::string& what) {
    const auto file = "lib" + name + ".so";
    std::string why = file + " is missing";
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    if (error) return fail(Errc::not_found, what + " cannot be found: /proc/self/exe: " + error.message());
    const std::array<std::filesystem::path, 2> places = {folder, (folder / ELIC_LIBRARIES).lexically_normal()};
    for (const auto& place : places) {
        if (!std::filesystem::is_regular_file(place / file, error)) continue;
        void* library = ::dlopen((place / file).c_str(), RTLD_NOW | RTLD_LOCAL);
        const void* found = library == nullptr ? nullptr : ::dlsym(library, symbol);
        if (found != nullptr) return found;
        if (const char* said = ::dlerror(); said != nullptr) why = said;
    }
    return fail(Errc::not_found, what + " cannot be loaded (" + why + "); install the whole of elic");
}

}  // namespace elic::cli
