#pragma once

#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "base/file.h"
#include "elic/base/bytes.h"

namespace elic::test {

/// A document of other makers (shared data, not part of the project): none, and a word about it, where ELIC_SHARED does
/// not name the folder.
inline std::optional<Bytes> shared_ofd(const std::string& name) {
    const char* shared = std::getenv("ELIC_SHARED");
    if (shared == nullptr) {
        std::cout << "skipped: ELIC_SHARED is not set, " << name << " is not read\n";
        return {};
    }
    return read_file(std::string(shared) + "/data/ofd/" + name, 64u << 20).value();
}

}  // namespace elic::test
