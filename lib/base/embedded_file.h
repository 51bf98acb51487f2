#pragma once

#include "elic/base/bytes.h"

namespace elic {

/// One file that was made part of the program when it was built (cmake/ElicEmbed.cmake). An array of them
/// ends with a null name.
struct EmbeddedFile {
    const char* name;  ///< relative path, "/" between parts
    const unsigned char* begin;
    const unsigned char* end;

    BytesView bytes() const noexcept { return {begin, end}; }
};

}  // namespace elic
