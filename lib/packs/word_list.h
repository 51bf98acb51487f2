#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// A frozen list of phrases and characters that shortens texts (docs/format/payload.md, 4). Line n (from 1,
/// never trimmed) has code n: 1..199 in one byte, 200..14,535 in two (200 + high, low); a zero byte and 3 bytes
/// big-endian give any other code point. Greedy: the longest line that matches is always taken.
class WordList {
public:
    static constexpr std::size_t max_lines = 14535;
    static constexpr std::size_t max_characters = 64;  ///< of one line

    /// The built-in list `number`. Errors: not_found.
    static Result<std::shared_ptr<const WordList>> builtin(int number);

    /// Errors: malformed_pack: too many lines, an empty, repeated or over-long line, one that is not clean text.
    static Result<std::shared_ptr<const WordList>> read(BytesView file);

    /// The one encoding of a text in valid UTF-8.
    Bytes encode(std::string_view text) const;

    /// Errors: malformed_payload: a cut token, an unknown code, a code point that a line holds or that is no
    /// character, a text that encode would write otherwise; limit_exceeded: more than `limit` bytes of UTF-8.
    Result<std::string> decode(BytesView code, std::size_t limit) const;

    Digest digest() const;  ///< SM3 of the file

    struct Impl;
    explicit WordList(std::unique_ptr<const Impl> impl);
    ~WordList();

private:
    std::unique_ptr<const Impl> impl_;
};

}  // namespace elic
