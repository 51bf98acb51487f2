#pragma once

#include <string>

#include "elic/face/layout.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// The text that a place of the layout shows: a field's, or "@" and an element of wire_names(). Dates as the place
/// says. Errors: malformed_layout (neither the pack nor the metadata have it).
Result<std::string> value_shown(const LayoutField& field, const TypePack& pack, const Metadata& license);

/// The text of a field; "" when it has none or the license does not have it.
std::string text_of_field(const Metadata& license, const std::string& label);

}  // namespace elic
