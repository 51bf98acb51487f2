#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/drawing.h"
#include "elic/face/fonts.h"
#include "elic/face/layout.h"

struct hb_face_t;
struct hb_font_t;

namespace elic {

/// A font cut down to the characters that are used, and what became of its glyphs.
struct FontSubset {
    Bytes bytes;
    std::map<std::uint32_t, std::uint32_t> glyphs;  ///< of the whole font -> of the subset
};

/// One font file, read and kept open.
class FontFile {
public:
    /// Errors: not_found, io, limit_exceeded, bad_argument (no TrueType font).
    static Result<std::unique_ptr<FontFile>> open(const std::filesystem::path& file, const char* source,
                                                  const char* name);
    ~FontFile();
    FontFile(const FontFile&) = delete;
    FontFile& operator=(const FontFile&) = delete;

    const std::string& name() const noexcept { return name_; }
    const std::string& source() const noexcept { return source_; }
    const Digest& digest() const noexcept { return digest_; }

    std::optional<std::uint32_t> glyph(char32_t character) const;
    Micrometres advance(std::uint32_t glyph, Micrometres size) const;

    /// The glyphs of these characters and nothing else; the same characters give the same bytes. Errors: bad_argument.
    Result<FontSubset> cut(const std::map<char32_t, std::uint32_t>& characters);

    /// Without it a subset takes some 10 ms, with it under 1 ms, after half a second once.
    void prepare();

private:
    FontFile() = default;
    Bytes bytes_;
    std::string name_, source_;
    Digest digest_{};
    int units_ = 0;
    int cuts_ = 0;
    hb_face_t* face_ = nullptr;
    hb_face_t* prepared_ = nullptr;
    hb_font_t* font_ = nullptr;
};

/// A character with the font that has it.
struct ShapedCharacter {
    char32_t character = 0;
    std::size_t font = 0;  ///< position in Fonts::Impl
    std::uint32_t glyph = 0;
};

struct Fonts::Impl {
    static constexpr std::size_t count = 5;
    std::vector<std::filesystem::path> folders;
    std::array<std::unique_ptr<FontFile>, count> files;

    /// Opened when first asked for. Errors: as FontFile::open.
    Result<FontFile*> file(std::size_t font);

    /// A text character by character: the typeface asked for where it has the character, else another. Chinese and
    /// Latin letters need no shaping; what does (combining marks, joined scripts) is refused as if no font had it.
    /// Errors: unprintable with the character and its place; as file().
    Result<std::vector<ShapedCharacter>> shape(std::string_view text, Typeface typeface);

    Micrometres advance(const ShapedCharacter& character, Micrometres size) const {
        return files[character.font]->advance(character.glyph, size);
    }
};

}  // namespace elic
