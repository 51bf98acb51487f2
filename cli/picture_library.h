#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "elic/base/result.h"
#include "elic/picture/picture.h"
#include "elic/qr/draw.h"
#include "elic/qr/scan.h"

namespace elic::cli {

/// What reads and draws codes as pictures. It lies in a library of its own, libelic_pictures.so, which is loaded when
/// the first picture is read or drawn: a verdict on a text needs neither it nor the six libraries below it.
struct PictureLibrary {
    Result<Picture> (*read)(BytesView file, const PictureLimits& limits);
    std::vector<ScannedCode> (*scan)(const Picture& picture);
    Result<Modules> (*draw_qr)(std::string_view text, QrLevel level);
    Result<Bytes> (*png)(const Modules& modules, const QrLook& look);
    std::string (*svg)(const Modules& modules, const QrLook& look);
    std::string (*terminal)(const Modules& modules, const QrLook& look);
};

/// Errors: not_found (the library is not where this program was installed with it).
Result<const PictureLibrary*> picture_library();

}  // namespace elic::cli
