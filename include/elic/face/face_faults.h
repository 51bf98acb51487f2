#pragma once

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
    Error error;        ///< unprintable (a character that no font has), malformed_picture, limit_exceeded (portrait)
};

/// What draw_face would refuse of the license's texts and portrait, all of it, without drawing: to be asked before a
/// license is issued. Whether the code fits its place is not among it: the code is not there yet.
std::vector<FaceFault> find_face_faults(const Layout& layout, const TypePack& pack, const Metadata& license,
                                        std::optional<BytesView> portrait, Fonts& fonts);

}  // namespace elic
