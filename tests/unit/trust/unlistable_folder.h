#pragma once

#include <filesystem>

namespace elic {

/// Puts there what nobody can list, root neither: a link to itself.
inline void make_unlistable(const std::filesystem::path& path) {
    std::filesystem::create_directories(path.parent_path());
    std::filesystem::create_symlink(path.filename(), path);
}

}  // namespace elic
