#pragma once

#include <optional>

#include "elic/base/drawing.h"
#include "elic/base/modules.h"
#include "elic/base/result.h"
#include "elic/face/fonts.h"
#include "elic/face/layout.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// What is drawn besides the layout.
struct FaceContent {
    const TypePack& pack;
    const Metadata& license;
    const Modules& code;                     ///< the signed code
    std::optional<BytesView> portrait = {};  ///< PNG or JPEG
    bool test = false;                       ///< of an office made with --test: the face says so
};

/// Draws a license face. Deterministic: the same input and fonts give the same drawing. A text that does not fit at its
/// least size goes on on a further page. Errors: does_not_fit (the code's modules would be too small to scan),
/// malformed_picture or limit_exceeded (portrait), unprintable (no font has a character: named with its place).
Result<Drawing> draw_face(const Layout& layout, const FaceContent& content, Fonts& fonts);

/// What the bytes of a drawing depend on besides its input and the font files (Drawing::version).
std::string drawing_version();

}  // namespace elic
