#pragma once

#include <cstddef>
#include <istream>
#include <string>

namespace elic::cli {

enum class LineRead { line, too_long, end };

/// The next line without its line break. A line over `limit` bytes is passed over to its end and never held whole.
LineRead read_line(std::istream& stream, std::string& line, std::size_t limit);

}  // namespace elic::cli
