#include "elic/face/fonts.h"

#include "base/file.h"
#include "base/text.h"
#include "face/font_file.h"

namespace elic {

namespace {

struct KnownFont {
    const char* source;
    const char* name;
    const char* file;  ///< below one of the folders
    const char* package;
};

enum Font : std::size_t { hei, kai, song, rare_a, rare_b };
constexpr std::array<KnownFont, Fonts::Impl::count> known = {{
    {"wqy-microhei", "WenQuanYi Micro Hei", "wqy/wqy-microhei.ttc", "fonts-wqy-microhei"},
    {"ukai", "AR PL UKai CN", "arphic/ukai.ttc", "fonts-arphic-ukai"},
    {"uming", "AR PL UMing CN", "arphic/uming.ttc", "fonts-arphic-uming"},
    {"HanaMinA", "HanaMinA", "hanazono/HanaMinA.ttf", "fonts-hanazono"},
    {"HanaMinB", "HanaMinB", "hanazono/HanaMinB.ttf", "fonts-hanazono"},
}};
constexpr std::size_t needed = 3;  // the others are opened when a rare character asks for them

std::vector<std::size_t> fonts_for(Typeface typeface) {
    switch (typeface) {
        case Typeface::hei:
            return {hei, song, rare_a, rare_b};
        case Typeface::kai:
            return {kai, song, hei, rare_a, rare_b};
        case Typeface::song:
            break;
    }
    return {song, hei, rare_a, rare_b};
}

std::filesystem::path find(const std::vector<std::filesystem::path>& folders, const KnownFont& font) {
    for (const auto& folder : folders) {
        auto file = folder / font.file;
        if (file_exists(file)) return file;
    }
    return {};
}

/// Marks that stand on the character before them, and selectors of a variant of it.
bool combines(char32_t c) {
    return (c >= 0x0300 && c <= 0x036f) || (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
           (c >= 0x20d0 && c <= 0x20ff) || (c >= 0x302a && c <= 0x302f) || c == 0x3099 || c == 0x309a ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xfe20 && c <= 0xfe2f) || (c >= 0xe0100 && c <= 0xe01ef);
}

std::string describe_missing(std::string_view text, std::size_t place, char32_t character) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string hex;
    for (int shift = character > 0xfffff ? 20 : character > 0xffff ? 16 : 12; shift >= 0; shift -= 4)
        hex += digits[(character >> shift) & 15u];
    std::string shown;
    append_character(shown, character);
    return "character " + std::to_string(place + 1) + " of '" + escape_for_output(text) + "', U+" + hex + " (" +
           escape_for_output(shown) + "), is in no font";
}

}  // namespace

Fonts::Fonts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Fonts::Fonts(Fonts&&) noexcept = default;
Fonts& Fonts::operator=(Fonts&&) noexcept = default;
Fonts::~Fonts() = default;

Result<Fonts> Fonts::open(const std::vector<std::filesystem::path>& folders) {
    auto impl = std::make_unique<Impl>();
    impl->folders = folders;
    for (std::size_t i = 0; i < needed; ++i) {
        if (find(folders, known[i]).empty())
            return fail(Errc::not_found,
                        std::string(known[i].file) + ": the font is not installed; install " + known[i].package);
    }
    return Fonts(std::move(impl));
}

Result<FontFile*> Fonts::Impl::file(std::size_t font) {
    if (!files[font]) {
        const auto path = find(folders, known[font]);
        if (path.empty())
            return fail(Errc::not_found,
                        std::string(known[font].file) + ": the font is not installed; install " + known[font].package);
        auto opened = FontFile::open(path, known[font].source, known[font].name);
        if (!opened) return tl::unexpected(opened.error());
        files[font] = std::move(*opened);
    }
    return files[font].get();
}

Result<std::vector<ShapedCharacter>> Fonts::Impl::shape(std::string_view text, Typeface typeface) {
    std::vector<ShapedCharacter> shaped;
    const auto order = fonts_for(typeface);
    for (std::size_t offset = 0; offset < text.size();) {
        const auto character = next_character(text, offset);
        if (!character) return fail(Errc::unprintable, "'" + escape_for_output(text) + "' is not UTF-8");
        std::optional<ShapedCharacter> found;
        for (const auto font : order) {
            if (found || combines(*character)) break;
            auto opened = file(font);
            if (!opened && opened.error().code == Errc::not_found && font >= needed) continue;
            if (!opened) return tl::unexpected(opened.error());
            if (const auto glyph = (*opened)->glyph(*character))
                found = ShapedCharacter{.character = *character, .font = font, .glyph = *glyph};
        }
        if (!found) return fail(Errc::unprintable, describe_missing(text, shaped.size(), *character));
        shaped.push_back(*found);
    }
    return shaped;
}

}  // namespace elic
