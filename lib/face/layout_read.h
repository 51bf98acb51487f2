#pragma once

#include "codec/json.h"
#include "elic/face/layout.h"

namespace elic {

/// Millimetres of a layout file, at most three decimals, as micrometres. Errors: malformed_layout.
Result<Micrometres> read_millimetres(const Json& json, const std::string& place);

/// [x, y, width, height] in mm. Errors: malformed_layout.
Result<Box> read_box(const Json& json, const std::string& place);

/// "#RRGGBB". Errors: malformed_layout.
Result<Colour> read_colour(const std::string& text, const std::string& place);

/// The members of a text or field that say how it stands. Errors: malformed_layout.
Result<TextLook> read_text_look(JsonObject& object, Micrometres default_least);

Result<Ornament> read_ornament(const Json& json, const std::string& place);

}  // namespace elic
