#pragma once

#include "elic/packs/type_pack.h"

namespace elic {

/// What a license's number is read or rebuilt with, holders as the code carries them. License and pack must outlive the
/// context.
NumberContext number_context(const Metadata& license, const TypePack& pack);

/// True when no part of the number is free and it has but one pattern: a code does not carry it.
bool number_is_known(const NumberRule& rule);

/// The face field of that rule's label, or null.
const FaceField* face_field(const Metadata& license, const FieldRule& rule);

}  // namespace elic
