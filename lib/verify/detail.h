#pragma once

#include <string>
#include <string_view>

namespace elic {

/// A finding's detail from text that may hold anything: escaped to one line and cut when long.
std::string detail_of(std::string_view text);

}  // namespace elic
