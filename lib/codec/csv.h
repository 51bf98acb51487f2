#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "elic/base/result.h"

namespace elic {

/// What the bytes of a table mean.
enum class CsvEncoding { utf8, gb18030 };

/// One record: a line, or more where a quoted cell has line breaks.
struct CsvRecord {
    std::size_t number = 0;            ///< from 1, empty lines counted: the row that a spreadsheet shows
    std::size_t line = 0;              ///< of the file, where it begins
    std::vector<std::string> cells;    ///< UTF-8; a line break inside a cell is "\n"
    std::string text;                  ///< as it stood in the file, its bytes without the line's end
    std::optional<std::string> fault;  ///< its bytes are no text in the file's encoding: `cells` is empty
};

/// Reads comma-separated values (RFC 4180) as they come: UTF-8 with or without a byte order mark, or GB18030; lines end
/// with LF or CRLF. Strict: a quotation mark stands around a cell or doubled inside one that is quoted, and nowhere
/// else. What the encoding is is told by the first 64 KiB that are not ASCII, and never guessed where both fit.
class CsvReader {
public:
    /// Puts bytes into the span and gives their number; 0 at the end.
    using Source = std::function<Result<std::size_t>(std::span<char>)>;

    explicit CsvReader(Source source, std::optional<CsvEncoding> encoding = {});
    CsvReader(CsvReader&&) noexcept;
    CsvReader& operator=(CsvReader&&) noexcept;
    ~CsvReader();

    /// The next record that is not empty; none at the end. Errors end the file: malformed_text (quotation marks, line
    /// ends, encoding unknown), limit_exceeded, those of the source.
    Result<std::optional<CsvRecord>> next();

    std::optional<CsvEncoding> encoding() const noexcept;

    static constexpr std::size_t max_record = 1 << 20;  ///< bytes
    static constexpr std::size_t max_cells = 1024;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// A cell for a file of comma-separated values: quoted where it needs to be.
std::string csv_cell(std::string_view text);

}  // namespace elic
