#pragma once

#include <catch2/catch.hpp>

#include "base/file.h"
#include "trust/folder_names.h"
#include "trust/folder_versions.h"
#include "unit/base/temporary_folder.h"

namespace elic {

inline const std::string first_name = "lists/" + std::string(64, 'a') + ".elic";
inline const std::string second_name = "lists/" + std::string(64, 'b') + ".elic";

/// A folder whose versions each have one file more than bytes that change.
inline FolderVersion publish(const std::filesystem::path& folder, const std::string& text, bool keep_second = true) {
    NextVersion next{.base = newest_version(folder).value(), .kept = {}, .written = {}};
    next.written[first_name] = Bytes(text.begin(), text.end());
    if (next.base && keep_second) {
        next.kept.insert(second_name);
    } else {
        next.written[second_name] = Bytes{1, 2, 3};
    }
    return publish_version(folder, next).value();
}

inline void point(const std::filesystem::path& folder, const std::string& text) {
    REQUIRE(overwrite_in_place(folder / "current", as_bytes(text)));
}

inline std::string pointer(const std::filesystem::path& folder) {
    return std::string(as_text(read_file(folder / "current", 4096).value()));
}

inline std::uint64_t current(const std::filesystem::path& folder) { return current_version(folder).value().number; }

}  // namespace elic
