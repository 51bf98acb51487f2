#include "codec/json.h"

namespace elic {

std::string write_json(const Json& json, bool indented) {
    constexpr int compact = -1;
    constexpr int spaces = 2;
    // Bytes that are no UTF-8 become U+FFFD: nothing is thrown, and the output is UTF-8 always.
    return json.dump(indented ? spaces : compact, ' ', false, Json::error_handler_t::replace);
}

}  // namespace elic
