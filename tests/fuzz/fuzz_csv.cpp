#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "codec/csv.h"

// Law: whatever the bytes, the reader ends, and its cells are UTF-8.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::size_t at = 0;
    elic::CsvReader reader([&](std::span<char> to) -> elic::Result<std::size_t> {
        const auto count = std::min(to.size(), size - at);
        std::copy_n(bytes + at, count, to.begin());
        at += count;
        return count;
    });
    for (auto record = reader.next(); record && *record; record = reader.next()) {
        for (const auto& cell : (*record)->cells)
            for (std::size_t offset = 0; offset < cell.size();)
                if (!elic::next_character(cell, offset)) std::abort();
    }
    return 0;
}
