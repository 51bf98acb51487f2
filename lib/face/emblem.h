#pragma once

#include "face/face_builder.h"

namespace elic {

/// A red and gold device for the head of a license: stars over a gate in a ring of ears. It stands where the national
/// emblem stands and is not its official artwork (GB 15093), which an office prints from the pattern it is given.
void draw_emblem(FaceBuilder& builder, FaceBuilder::Items& items, const Box& box);

}  // namespace elic
