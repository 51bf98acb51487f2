#pragma once

#include <cstddef>

#include "picture/png_writer.h"

namespace elic {

/// The word TEST in block letters, about two fifths of the picture wide, for under a code whose side with its quiet
/// zone is `side` modules: light rows that make the quiet zone whole, the word, light rows. At least 15 modules wide.
RowsBelow test_word(std::size_t side, std::size_t quiet);

}  // namespace elic
