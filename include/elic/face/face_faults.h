#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "elic/face/fonts.h"
#include "elic/face/layout.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// One thing that would keep a face from being drawn.
struct FaceFault {
    std::string shows;  ///< what the layout shows there: label of a field, or "@" and an element of the metadata
    Error error;        ///< unprintable (a character that no font has), malformed_picture, limit_exceeded (portrait),
                        ///< does_not_fit ("@code")
};

/// A license that has no code yet.
struct FacePreview {
    const TypePack& pack;
    const Metadata& license;
    std::size_t code_modules = 0;            ///< a side of the code that it will have, at most
    std::optional<BytesView> portrait = {};  ///< PNG or JPEG
};

/// What draw_face would refuse, all of it, without drawing: to be asked before a license is issued.
std::vector<FaceFault> find_face_faults(const Layout& layout, const FacePreview& preview, Fonts& fonts);

}  // namespace elic
