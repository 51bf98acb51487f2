#include "face/font_file.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include "base/file.h"
#include "elic/base/assert.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::size_t max_font_bytes = 128u << 20;
constexpr int cuts_before_preparing = 12;  // as many as preparing takes time

// What only a shaping or hinting engine or an editor needs. Glyph shapes, widths and the character map stay.
constexpr const char* dropped_tables[] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "vhea", "vmtx",
                                          "VORG", "EBDT", "EBLC", "EBSC", "prep", "fpgm", "cvt ",
                                          "gasp", "DSIG", "kern", "FFTM", "BDF ", "prop"};

// Family, style, full and PostScript name: what a system asks for that installs a font. The others are prose.
constexpr hb_codepoint_t kept_names[] = {HB_OT_NAME_ID_FONT_FAMILY, HB_OT_NAME_ID_FONT_SUBFAMILY,
                                         HB_OT_NAME_ID_FULL_NAME, HB_OT_NAME_ID_POSTSCRIPT_NAME};

template <class T, void (*destroy)(T*)>
struct Destroy {
    void operator()(T* thing) const noexcept { destroy(thing); }
};
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_t, hb_blob_destroy>>;
using Face = std::unique_ptr<hb_face_t, Destroy<hb_face_t, hb_face_destroy>>;
using Input = std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_t, hb_subset_input_destroy>>;
using Plan = std::unique_ptr<hb_subset_plan_t, Destroy<hb_subset_plan_t, hb_subset_plan_destroy>>;

Input make_input(const std::map<char32_t, std::uint32_t>& characters) {
    Input input(hb_subset_input_create_or_fail());
    if (!input) return input;
    auto* wanted = hb_subset_input_unicode_set(input.get());
    for (const auto& [character, glyph] : characters) hb_set_add(wanted, character);
    auto* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (const auto* table : dropped_tables) hb_set_add(dropped, hb_tag_from_string(table, 4));
    auto* names = hb_subset_input_set(input.get(), HB_SUBSET_SETS_NAME_ID);
    hb_set_clear(names);
    for (const auto name : kept_names) hb_set_add(names, name);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING);
    return input;
}

}  // namespace

Result<std::unique_ptr<FontFile>> FontFile::open(const std::filesystem::path& file, const char* source,
                                                 const char* name) {
    auto bytes = read_file(file, max_font_bytes);
    if (!bytes) return tl::unexpected(bytes.error());
    std::unique_ptr<FontFile> font(new FontFile);
    font->bytes_ = std::move(*bytes);
    font->name_ = name;
    font->source_ = source;
    font->digest_ = sm3(font->bytes_);
    const Blob blob(hb_blob_create(reinterpret_cast<const char*>(font->bytes_.data()),
                                   static_cast<unsigned>(font->bytes_.size()), HB_MEMORY_MODE_READONLY, nullptr,
                                   nullptr));
    font->face_ = hb_face_create(blob.get(), 0);  // of a collection the first: the one for the mainland
    font->font_ = hb_font_create(font->face_);
    font->units_ = static_cast<int>(hb_face_get_upem(font->face_));
    const Blob outlines(hb_face_reference_table(font->face_, HB_TAG('g', 'l', 'y', 'f')));
    if (hb_blob_get_length(outlines.get()) == 0 || font->units_ <= 0)
        return fail(Errc::bad_argument, file.string() + ": not a TrueType font");
    return font;
}

FontFile::~FontFile() {
    hb_font_destroy(font_);
    hb_face_destroy(prepared_);
    hb_face_destroy(face_);
}

std::optional<std::uint32_t> FontFile::glyph(char32_t character) const {
    hb_codepoint_t found = 0;
    if (hb_font_get_nominal_glyph(font_, character, &found) == 0 || found == 0) return {};
    return found;
}

Micrometres FontFile::advance(std::uint32_t glyph, Micrometres size) const {
    const std::int64_t units = hb_font_get_glyph_h_advance(font_, glyph);
    return static_cast<Micrometres>((units * size * 2 + units_) / (2 * std::int64_t{units_}));
}

void FontFile::prepare() {
    if (prepared_ == nullptr) prepared_ = hb_subset_preprocess(face_);
}

Result<FontSubset> FontFile::cut(const std::map<char32_t, std::uint32_t>& characters) {
    if (++cuts_ > cuts_before_preparing) prepare();
    const Input input = make_input(characters);
    const Plan plan(input ? hb_subset_plan_create_or_fail(prepared_ != nullptr ? prepared_ : face_, input.get())
                          : nullptr);
    const Face face(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
    if (!face) return fail(Errc::bad_argument, source_ + ": no subset can be cut from the font");
    const Blob blob(hb_face_reference_blob(face.get()));
    unsigned length = 0;
    const auto* data = reinterpret_cast<const std::uint8_t*>(hb_blob_get_data(blob.get(), &length));
    FontSubset subset{.bytes = Bytes(data, data + length), .glyphs = {}};
    const auto* became = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
    for (const auto& [character, glyph] : characters) {
        const auto mapped = hb_map_get(became, glyph);
        ELIC_ASSERT(mapped != HB_MAP_VALUE_INVALID);
        subset.glyphs[glyph] = mapped;
    }
    return subset;
}

}  // namespace elic
