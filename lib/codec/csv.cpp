#include "codec/csv.h"

#include "codec/csv_text.h"

namespace elic {

namespace {

constexpr std::size_t block = 64 << 10;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

tl::unexpected<Error> malformed(std::size_t line, const std::string& what) {
    return fail(Errc::malformed_text, "line " + std::to_string(line) + ": " + what);
}

}  // namespace

// Neither a comma, nor a quotation mark, nor a line's end is ever the second, third or fourth byte of a character of
// GB18030: records and cells are cut before the bytes are read as text.
struct CsvReader::Impl {
    Source source;
    std::optional<CsvEncoding> encoding;
    CsvText text = {};
    std::string buffer = {};
    std::size_t at = 0;
    bool ended = false;
    std::size_t lines = 1;
    std::size_t records = 0;

    Status fill();
    Result<std::optional<char>> peek(std::size_t ahead = 0);
    Status begin();
    Status settle_encoding(const CsvRecord& first);
    /// Moves over one cell and puts its bytes there. True: the record goes on.
    Result<bool> cell(std::string& bytes);
    Result<bool> quoted_cell(std::string& bytes);
    Result<bool> after_cell();
    Result<std::optional<CsvRecord>> record();
};

Status CsvReader::Impl::fill() {
    if (ended) return {};
    const auto before = buffer.size();
    buffer.resize(before + block);
    auto got = source(std::span<char>(buffer).subspan(before));
    buffer.resize(before + (got ? *got : 0));
    if (!got) return tl::unexpected(got.error());
    ended = *got == 0;
    return {};
}

Result<std::optional<char>> CsvReader::Impl::peek(std::size_t ahead) {
    while (at + ahead >= buffer.size() && !ended) {
        if (auto filled = fill(); !filled) return tl::unexpected(filled.error());
    }
    if (at + ahead >= buffer.size()) return std::optional<char>();
    return std::optional(buffer[at + ahead]);
}

Status CsvReader::Impl::begin() {
    while (!ended && buffer.size() < block) {
        if (auto filled = fill(); !filled) return filled;
    }
    if (buffer.starts_with("\xFF\xFE") || buffer.starts_with("\xFE\xFF")) {
        return malformed(1, "the file is UTF-16 (\"Unicode text\"): save it as CSV UTF-8");
    }
    if (!buffer.starts_with(byte_order_mark)) return {};
    at = byte_order_mark.size();
    if (encoding == CsvEncoding::gb18030) return malformed(1, "the file begins with the mark of UTF-8, not of GB18030");
    encoding = CsvEncoding::utf8;
    return {};
}

/// By all that is in memory, which is 64 KiB but at the end of the file; where a bad row in it fits nothing, by the
/// first row that is not ASCII alone.
Status CsvReader::Impl::settle_encoding(const CsvRecord& first) {
    auto guess = text.guess(buffer, !ended);
    if (!guess.utf8 && !guess.gb18030) guess = text.guess(first.text, false);
    if (guess.utf8 != guess.gb18030) {
        encoding = guess.utf8 ? CsvEncoding::utf8 : CsvEncoding::gb18030;
        return {};
    }
    return malformed(first.line, guess.utf8 ? "the file could be UTF-8 or GB18030: give --encoding utf-8 or gb18030"
                                            : "the file is neither UTF-8 nor GB18030: save it as CSV UTF-8");
}

Result<bool> CsvReader::Impl::after_cell() {
    auto next = peek();
    if (!next) return tl::unexpected(next.error());
    if (!*next) return false;
    if (**next == ',') {
        ++at;
        return true;
    }
    if (**next == '\r') {
        auto second = peek(1);
        if (!second) return tl::unexpected(second.error());
        if (*second != '\n')
            return malformed(lines, "a carriage return without a line feed: save the file with CRLF or LF");
        ++at;
    }
    ++at;
    ++lines;
    return false;
}

Result<bool> CsvReader::Impl::quoted_cell(std::string& bytes) {
    const auto begun = lines;
    for (++at;; ++at) {
        auto next = peek();
        if (!next) return tl::unexpected(next.error());
        if (!*next) return malformed(begun, "a quotation mark is opened and never closed");
        if (bytes.size() > max_record) {
            return fail(Errc::limit_exceeded, "line " + std::to_string(begun) +
                                                  ": a cell of more than 1 MiB: is a quotation mark not closed?");
        }
        if (**next == '"') {
            auto second = peek(1);
            if (!second) return tl::unexpected(second.error());
            if (*second != '"') break;
            ++at;
        } else if (**next == '\r') {
            continue;
        } else if (**next == '\n') {
            ++lines;
        } else if (**next == '\0') {
            return malformed(lines, "a byte 0");
        }
        bytes += **next;
    }
    ++at;
    auto next = peek();
    if (!next) return tl::unexpected(next.error());
    if (*next && **next != ',' && **next != '\r' && **next != '\n') {
        return malformed(lines, "after a quoted cell a comma is expected; a quotation mark inside it is written twice");
    }
    return after_cell();
}

Result<bool> CsvReader::Impl::cell(std::string& bytes) {
    for (bool first = true;; first = false) {
        auto next = peek();
        if (!next) return tl::unexpected(next.error());
        if (!*next || **next == ',' || **next == '\r' || **next == '\n') return after_cell();
        if (**next == '"') {
            if (first) return quoted_cell(bytes);
            return malformed(lines,
                             "a quotation mark in a cell that does not begin with one: quote the cell and write "
                             "the mark twice");
        }
        if (**next == '\0') return malformed(lines, "a byte 0");
        if (bytes.size() > max_record) {
            return fail(Errc::limit_exceeded, "line " + std::to_string(lines) + ": a cell of more than 1 MiB");
        }
        bytes += **next;
        ++at;
    }
}

Result<std::optional<CsvRecord>> CsvReader::Impl::record() {
    if (at >= block) {
        buffer.erase(0, at);
        at = 0;
    }
    auto next = peek();
    if (!next) return tl::unexpected(next.error());
    if (!*next) return std::optional<CsvRecord>();
    CsvRecord record{.number = ++records, .line = lines, .cells = {}, .text = {}, .fault = {}};
    const auto start = at;
    for (bool more = true; more;) {
        std::string bytes;
        auto goes_on = cell(bytes);
        if (!goes_on) return tl::unexpected(goes_on.error());
        record.cells.push_back(std::move(bytes));
        if (record.cells.size() > max_cells || at - start > max_record) {
            return fail(Errc::limit_exceeded, "line " + std::to_string(record.line) + ": more than " +
                                                  std::to_string(max_cells) + " cells or 1 MiB");
        }
        more = *goes_on;
    }
    record.text = buffer.substr(start, at - start);
    while (record.text.ends_with('\n') || record.text.ends_with('\r')) record.text.pop_back();
    return std::optional(std::move(record));
}

CsvReader::CsvReader(Source source, std::optional<CsvEncoding> encoding)
    : impl_(new Impl{.source = std::move(source), .encoding = encoding}) {}
CsvReader::CsvReader(CsvReader&&) noexcept = default;
CsvReader& CsvReader::operator=(CsvReader&&) noexcept = default;
CsvReader::~CsvReader() = default;

std::optional<CsvEncoding> CsvReader::encoding() const noexcept { return impl_->encoding; }

Result<std::optional<CsvRecord>> CsvReader::next() {
    auto& impl = *impl_;
    if (impl.records == 0) {
        if (auto begun = impl.begin(); !begun) return tl::unexpected(begun.error());
    }
    for (;;) {
        auto record = impl.record();
        if (!record || !*record) return record;
        auto& cells = (*record)->cells;
        if (cells.size() == 1 && cells.front().empty()) continue;
        if (!impl.encoding && !is_ascii((*record)->text)) {
            if (auto settled = impl.settle_encoding(**record); !settled) return tl::unexpected(settled.error());
        }
        for (auto& cell : cells) {
            auto decoded = impl.text.decode(cell, impl.encoding.value_or(CsvEncoding::utf8));
            if (decoded) {
                cell = std::move(*decoded);
                continue;
            }
            (*record)->fault = impl.encoding == CsvEncoding::gb18030 ? "GB18030" : "UTF-8";
            cells.clear();
            break;
        }
        return record;
    }
}

std::string csv_cell(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

}  // namespace elic
