#include "face_reading.h"

#include <algorithm>
#include <set>

#include "drawing_library.h"
#include "elic/payload/payload.h"
#include "picture_library.h"

namespace elic::cli {

namespace {

constexpr std::size_t most_pictures = 64;
constexpr std::size_t largest_picture = 4u << 20;

}  // namespace

Result<std::vector<std::string>> scan_document(const OfdPackage& package, const OfdDocument& document) {
    const auto pictures = picture_library();
    if (!pictures) return tl::unexpected(pictures.error());
    std::vector<std::string> texts;
    std::set<std::string> looked_at;
    for (const auto& image : document.images) {
        const auto* part = package.find(image.part);
        if (part == nullptr || part->content.size() > largest_picture || looked_at.size() == most_pictures) continue;
        if (!looked_at.insert(part->path).second || !looks_like_picture(part->content)) continue;
        const auto picture = (*pictures)->read(part->content, {});
        if (!picture) continue;
        for (auto& code : (*pictures)->scan(*picture)) texts.push_back(std::move(code.text));
    }
    std::stable_partition(texts.begin(), texts.end(), [](const std::string& text) {
        return lead_of(normalise_code_text(text)) != PayloadLead::foreign;
    });
    return texts;
}

FaceReading read_face(BytesView ofd, const TrustFolder* trust, std::unique_ptr<Redrawer>& redrawer) {
    FaceReading face;
    const auto package = OfdPackage::open(ofd);
    if (!package) return face;
    const auto document = read_ofd_document(*package);
    if (!document) return face;
    auto texts = scan_document(*package, *document);
    if (!texts) {
        face.not_scanned = texts.error().context;
        return face;
    }
    face.scanned_texts = std::move(*texts);
    if (face.scanned_texts.empty()) return face;
    if (!redrawer) {
        auto draws = drawing_library();
        if (!draws) {
            face.not_redrawn = draws.error().context;
            return face;
        }
        redrawer = (*draws)->make_redrawer();
    }
    auto redrawn = redrawer->redraw(*package, *document, face.scanned_texts.front(), trust);
    face.other_layout = redrawn.other_layout;
    face.not_redrawn = std::move(redrawn.reason);
    if (face.not_redrawn.empty()) face.redrawn = std::move(redrawn.parts);
    return face;
}

}  // namespace elic::cli
