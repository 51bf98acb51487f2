#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "elic/base/bytes.h"

namespace elic::test {

inline Bytes read_all(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// One file of testdata/hostile (make.py), and what a reader must say of it.
struct HostileFile {
    std::string name;
    std::string result;  ///< "ok", "warns" or an Errc's name
    std::string words;   ///< that the error or a warning has
    Bytes bytes;
};

inline std::vector<HostileFile> hostile_files(const std::string& kind) {
    const std::string folder = ELIC_SOURCE_DIR "/testdata/hostile/" + kind + "/";
    std::vector<HostileFile> files;
    std::ifstream list(folder + "expect.txt");
    for (std::string line; std::getline(list, line);) {
        const auto first = line.find(": ");
        const auto second = line.find(": ", first + 2);
        HostileFile file{.name = line.substr(0, first),
                         .result = line.substr(first + 2, second - first - 2),
                         .words = line.substr(second + 2),
                         .bytes = {}};
        file.bytes = read_all(folder + file.name + "." + kind);
        files.push_back(std::move(file));
    }
    return files;
}

}  // namespace elic::test
