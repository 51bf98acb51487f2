#pragma once

#include <string>
#include <vector>

#include "elic/base/result.h"
#include "elic/picture/picture.h"

namespace elic {

/// One code found in a picture.
struct ScannedCode {
    std::string text;       ///< UTF-8
    std::string symbology;  ///< "QRCode" (Micro QR is not read: see scan.cpp)
};

/// Finds and reads QR codes: rotated, scaled, mirrored, inverted, several in one picture (at most 16), in reading
/// order. An empty list: none was found. Knows nothing of payloads. Time is bounded: a picture with 300 finder patterns
/// or more, which no sheet of codes has, is not searched at that size.
std::vector<ScannedCode> scan_codes(const Picture& picture);

}  // namespace elic
