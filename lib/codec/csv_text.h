#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "codec/csv.h"

namespace elic {

/// What bytes could be.
struct CsvGuess {
    bool utf8 = false;
    bool gb18030 = false;
};

/// Bytes of a table to UTF-8.
class CsvText {
public:
    CsvText();
    ~CsvText();
    CsvText(const CsvText&) = delete;
    CsvText& operator=(const CsvText&) = delete;

    /// None: the bytes are no text in that encoding.
    std::optional<std::string> decode(std::string_view bytes, CsvEncoding encoding);
    /// Which encodings fit bytes that are not all ASCII. UTF-8 that would have no Chinese in it, where GB18030 fits
    /// too, is no proof of UTF-8. `cut`: their end may cut a character.
    CsvGuess guess(std::string_view bytes, bool cut);

private:
    void* converter_;  ///< iconv_t
};

bool is_ascii(std::string_view bytes) noexcept;

}  // namespace elic
