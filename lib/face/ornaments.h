#pragma once

#include "elic/face/layout.h"
#include "face/face_builder.h"

namespace elic {

/// Draws one ornament of the ground.
void draw_ornament(FaceBuilder& builder, FaceBuilder::Items& items, const Ornament& ornament);

}  // namespace elic
