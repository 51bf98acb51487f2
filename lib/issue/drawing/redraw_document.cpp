#include "elic/issue/redraw_document.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/hex.h"
#include "base/text.h"
#include "elic/crypto/sm3.h"
#include "elic/document/license_part.h"
#include "elic/document/write_document.h"
#include "elic/face/draw_face.h"
#include "elic/face/layout.h"
#include "elic/packs/type_packs.h"
#include "elic/payload/payload.h"
#include "elic/qr/draw.h"
#include "payload/claims.h"

namespace elic {

namespace {

Redrawn without(std::string reason) { return {.parts = {}, .reason = std::move(reason)}; }

using PackPrefix = std::array<std::uint8_t, 4>;

std::shared_ptr<const TypePack> find_pack(const PackPrefix& prefix, const TrustFolder* trust) {
    if (trust != nullptr) {
        for (const auto& list : trust->lists()) {
            const auto* entry = list.pack(prefix);
            if (entry == nullptr) continue;
            if (auto pack = trust->pack(*entry)) return *pack;
        }
    }
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        auto pack = packs.load(entry.code, entry.version);
        if (pack && (*pack)->prefix() == prefix) return *pack;
    }
    return nullptr;
}

/// A layout as a document names it.
struct NamedLayout {
    int version = 0;
    Digest digest{};
};

/// "1 <SM3 in hexadecimal>"
std::optional<NamedLayout> read_named_layout(const std::string& text) {
    const auto blank = text.find(' ');
    if (blank == std::string::npos) return {};
    NamedLayout named;
    const auto [end, error] = std::from_chars(text.data(), text.data() + blank, named.version);
    const auto bytes = from_hex(std::string_view(text).substr(blank + 1));
    if (error != std::errc() || end != text.data() + blank || !bytes || bytes->size() != named.digest.size()) return {};
    std::copy(bytes->begin(), bytes->end(), named.digest.begin());
    return named;
}

/// A layout is never edited: one version with two digests is not the same as one that is too new for this program.
Redrawn without_layout(const Layouts& layouts, const LicenseTypeCode& type, const NamedLayout& named) {
    const bool other = layouts.load(type, named.version).has_value();
    auto none = without("its layout, version " + std::to_string(named.version) +
                        (other ? ", has another digest here" : ", is not known here"));
    none.other_layout = other;
    return none;
}

/// The picture of the pages that the license names by its digest.
const Bytes* find_portrait(const OfdPackage& package, const OfdDocument& document, const Metadata& license,
                           const std::string& label) {
    for (const auto& field : license.face) {
        if (label.empty() || field.label != label || field.digest.empty()) continue;
        for (const auto& image : document.images) {
            const auto* part = package.find(image.part);
            if (part == nullptr) continue;
            const auto digest = sm3(part->content);
            if (std::equal(field.digest.begin(), field.digest.end(), digest.begin(), digest.end())) {
                return &part->content;
            }
        }
    }
    return nullptr;
}

class DrawnAgain final : public Redrawer {
public:
    Redrawn redraw(const OfdPackage& package, const OfdDocument& document, const std::string& payload,
                   const TrustFolder* trust) override;

private:
    Layouts layouts_ = Layouts::builtin();
    std::optional<Fonts> fonts_;
};

Redrawn DrawnAgain::redraw(const OfdPackage& package, const OfdDocument& document, const std::string& payload,
                           const TrustFolder* trust) {
    const auto* version = document.custom(custom_drawing);
    const auto* named_layout = document.custom(custom_layout);
    const auto* named_fonts = document.custom(custom_fonts);
    const auto* metadata = package.find(metadata_part_path);
    if (version == nullptr || named_layout == nullptr || named_fonts == nullptr || metadata == nullptr) {
        return without("it does not say what it was drawn with");
    }
    if (*version != drawing_version()) return without("drawn with " + *version + ", here is " + drawing_version());
    const auto license = read_license_part(metadata->content);
    if (!license) return without(license.error().context);
    const auto named = read_named_layout(*named_layout);
    if (!named) return without("it does not name its layout");
    const auto layout = layouts_.load_by_digest(license->id.type(), named->digest);
    if (!layout) return without_layout(layouts_, license->id.type(), *named);
    const auto envelope = read_payload(normalise_code_text(payload));
    if (!envelope) return without("its code cannot be read");
    const auto claims = read_claims(envelope->claims);
    if (!claims) return without("its code cannot be read");
    const auto pack = find_pack(claims->pack, trust);
    if (!pack) return without("the type pack that its code names is not here");
    const auto code = draw_qr(payload);
    if (!code) return without(code.error().context);
    if (!fonts_) {
        auto fonts = Fonts::open();
        if (!fonts) return without(fonts.error().context);
        fonts_ = std::move(*fonts);
    }
    const auto* test = document.custom(custom_test);
    FaceContent content{
        .pack = *pack, .license = *license, .code = *code, .portrait = {}, .test = test != nullptr && *test == "1"};
    if (const auto* portrait = find_portrait(package, document, *license, (*layout)->portrait)) {
        content.portrait = BytesView(*portrait);
    }
    const auto drawing = draw_face(**layout, content, *fonts_);
    if (!drawing) return without(drawing.error().context);
    auto parts = write_document({.license = *license,
                                 .pack = *pack,
                                 .drawing = *drawing,
                                 .payload = payload,
                                 .layout_version = (*layout)->version,
                                 .layout_digest = (*layout)->digest,
                                 .test = content.test});
    if (!parts) return without(parts.error().context);
    const auto again = read_ofd_document(OfdPackage(*parts));
    if (!again) return without(again.error().context);
    const auto* fonts = again->custom(custom_fonts);
    if (fonts == nullptr || *fonts != *named_fonts) {
        return without("the fonts are others: " + *named_fonts + "; here " + (fonts == nullptr ? "none" : *fonts));
    }
    return {.parts = std::move(*parts), .reason = {}};
}

}  // namespace

std::unique_ptr<Redrawer> Redrawer::make() { return std::make_unique<DrawnAgain>(); }

}  // namespace elic
