#include "elic/issue/document_press.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/custody.h"
#include "base/file.h"
#include "base/hex.h"
#include "container/packing/write_zip.h"
#include "container/xml.h"
#include "elic/crypto/sm3.h"
#include "elic/document/write_document.h"
#include "elic/face/draw_face.h"
#include "elic/face/face_faults.h"
#include "elic/face/render.h"
#include "elic/payload/payload.h"
#include "elic/qr/draw.h"
#include "elic/trust/trust_folder.h"
#include "face/portrait.h"
#include "payload/claims.h"

namespace elic {

namespace {

constexpr int face_dots_per_inch = 300;  // the code's modules fall on whole dots

std::string holder_field(const Metadata& license, const char* member) {
    return license.holders.size() == 1 ? std::string("holders[0].") + member : "holders";
}

/// Where a draft says what a layout shows: the label of a field, or "@" and an element of the metadata.
std::string draft_field(const std::string& shows, const TypePack& pack, const Metadata& license) {
    const auto* rule = pack.field_named(shows);
    const auto derived = rule == nullptr ? DerivationKind::none : rule->derive.kind;
    if (shows == "@holder_name" || derived == DerivationKind::holder_names) return holder_field(license, "name");
    if (shows == "@holder_code" || derived == DerivationKind::holder_codes) return holder_field(license, "code");
    if (shows == "@number" || derived == DerivationKind::license_number) return "number";
    return shows.starts_with("@") ? "type" : "face." + shows;
}

/// `claims`: of the license's trial.
DraftFault draft_fault(const FaceFault& fault, const std::string& field, BytesView claims, const TypePack& pack) {
    switch (fault.error.code) {
        case Errc::does_not_fit:
            return DraftFault{"face", "size",
                              fault.error.context + "; the largest: " + name_largest_claims(claims, pack) +
                                  ". Shorten them, or issue without a document"};
        case Errc::unprintable:
            return DraftFault{
                field, "unprintable",
                fault.error.context + "; write it with a character that the fonts have, or issue without a document"};
        case Errc::malformed_picture:
        case Errc::limit_exceeded:
            return DraftFault{field, "portrait",
                              fault.error.context + "; give a PNG or JPEG of at most 64 KB and 4 million pixels"};
        default:
            return DraftFault{field, "layout", fault.error.context};
    }
}

/// Modules a side of the code that will hold these claims: how many depends on its length alone, and key hint and
/// signature are always as long.
std::size_t modules_of(const Bytes& claims) {
    const auto code = draw_qr(write_payload({.hint = {}, .claims = claims, .signature = {}}));
    return code ? code->size : 0;  // what no code holds is refused before
}

/// The ID of the first page, which shows the seal.
Result<std::string> first_page(const std::vector<Part>& parts) {
    for (const auto& part : parts) {
        if (part.path != "Doc_0/Document.xml") continue;
        auto xml = XmlDocument::parse(part.content);
        if (!xml) return tl::unexpected(xml.error());
        return std::string(xml->root().child("Pages").child("Page").attribute("ID"));
    }
    return fail(Errc::malformed_document, "a document without Document.xml");
}

class Press final : public DocumentPress {
public:
    Press(Plan p, TrustFolder t) : plan_(std::move(p)), trust_(std::move(t)) {}

    Status prepare();
    Result<std::vector<std::pair<std::string, Bytes>>> press(const DocumentOrder& order) const override;
    std::vector<DraftFault> examine(const Metadata& license, const TypePack& pack) const override;

private:
    Plan plan_;
    TrustFolder trust_;
    Layouts layouts_ = Layouts::builtin();
    std::map<std::string, std::filesystem::path> portraits_;  ///< by digest
    mutable std::mutex taking_;
    mutable std::vector<std::unique_ptr<Fonts>> fonts_;  ///< not in use just now: each is for one thread at a time

    Result<std::unique_ptr<Fonts>> take_fonts() const {
        const std::lock_guard lock(taking_);
        if (!fonts_.empty()) {
            auto taken = std::move(fonts_.back());
            fonts_.pop_back();
            return taken;
        }
        auto opened = Fonts::open();
        if (!opened) return tl::unexpected(opened.error());
        return std::make_unique<Fonts>(std::move(*opened));
    }

    void give_back(std::unique_ptr<Fonts> used) const {
        const std::lock_guard lock(taking_);
        fonts_.push_back(std::move(used));
    }

    /// The pack that the code names, whatever is newest by now.
    Result<std::shared_ptr<const TypePack>> pack_of(const std::string& payload) const {
        auto envelope = read_payload(payload);
        if (!envelope) return tl::unexpected(envelope.error());
        auto claims = read_claims(envelope->claims);
        if (!claims) return tl::unexpected(claims.error());
        for (const auto& list : trust_.lists()) {
            if (const auto* entry = list.pack(claims->pack)) return trust_.pack(*entry);
        }
        return fail(Errc::unknown_type, "the trust folder does not have the type pack that the code names");
    }

    /// The picture that the license names by its digest, and whether the office keeps it.
    struct Portrait {
        Bytes bytes;
        std::string digest;
        bool is_kept = false;
    };

    /// None where it names none. Errors: not_found, io.
    Result<std::optional<Portrait>> find_portrait(const Metadata& license, const std::string& label) const {
        for (const auto& field : license.face) {
            if (field.label != label || field.digest.empty()) continue;
            const auto digest = to_hex(field.digest);
            const auto kept = plan_.kept.empty() ? std::filesystem::path() : plan_.kept / digest;
            const auto given = portraits_.find(digest);
            const bool is_kept = !kept.empty() && file_exists(kept);
            if (given == portraits_.end() && !is_kept)
                return fail(Errc::not_found, "no picture has the digest sm3:" + digest + " of " + label +
                                                 "; name the folder that has it with --portraits");
            auto bytes = read_file(is_kept ? kept : given->second, max_portrait_bytes);
            if (!bytes) return tl::unexpected(bytes.error());
            if (to_hex(sm3(*bytes)) != digest)
                return fail(Errc::not_found, (is_kept ? kept : given->second).string() + ": the picture was changed");
            return std::optional(Portrait{.bytes = std::move(*bytes), .digest = digest, .is_kept = is_kept});
        }
        return std::optional<Portrait>();
    }

    /// As find_portrait; what is used is kept.
    Result<std::optional<Bytes>> portrait_of(const Metadata& license, const std::string& label) const {
        auto found = find_portrait(license, label);
        if (!found) return tl::unexpected(found.error());
        if (!*found) return std::optional<Bytes>();
        auto& portrait = **found;
        if (!portrait.is_kept && !plan_.kept.empty()) {
            if (auto made = make_private_folder(plan_.kept); !made) return tl::unexpected(made.error());
            auto put = write_file_durably(plan_.kept / portrait.digest, portrait.bytes, FileAccess::owner_only);
            if (!put) return tl::unexpected(put.error());
        }
        return std::optional(std::move(portrait.bytes));
    }

    /// The seal, of its own size, in the middle of the place that the layout has for it.
    std::optional<Box> seal_box(const Drawing& drawing) const {
        if (!plan_.sealer || !drawing.seal) return {};
        auto box = *drawing.seal;
        box.x += (box.width - plan_.sealer->width()) / 2;
        box.y += (box.height - plan_.sealer->height()) / 2;
        box.width = plan_.sealer->width();
        box.height = plan_.sealer->height();
        return box;
    }

    Result<Bytes> make_ofd(const DocumentOrder& order, const Metadata& license, const TypePack& pack,
                           const Layout& layout, const Drawing& drawing) const {
        auto parts = write_document({.license = license,
                                     .pack = pack,
                                     .drawing = drawing,
                                     .payload = order.payload,
                                     .layout_version = layout.version,
                                     .layout_digest = layout.digest,
                                     .test = order.test});
        if (!parts) return tl::unexpected(parts.error());
        if (const auto box = seal_box(drawing)) {
            auto page = first_page(*parts);
            if (!page) return tl::unexpected(page.error());
            auto sealed = plan_.sealer->seal(std::move(*parts), license.id, *page, *box);
            if (!sealed) return tl::unexpected(sealed.error());
            return write_zip(*sealed);
        }
        return write_zip(*parts);
    }
};

/// Fonts, and what portraits there are.
Status Press::prepare() {
    auto opened = Fonts::open();
    if (!opened) return tl::unexpected(opened.error());
    give_back(std::make_unique<Fonts>(std::move(*opened)));
    if (plan_.portraits.empty()) return {};
    auto names = list_folder(plan_.portraits);
    if (!names) return tl::unexpected(names.error());
    for (const auto& name : *names) {
        const auto file = plan_.portraits / name;
        auto bytes = read_file(file, max_portrait_bytes);  // what is too large or no file is no portrait
        if (bytes) portraits_[to_hex(sm3(*bytes))] = file;
    }
    return {};
}

std::vector<DraftFault> Press::examine(const Metadata& license, const TypePack& pack) const {
    auto layout = layouts_.load_newest(license.id.type());
    if (!layout) return {DraftFault{"type", "layout", layout.error().context}};
    std::vector<DraftFault> faults;
    auto portrait = find_portrait(license, (*layout)->portrait);
    if (!portrait) faults.push_back({"face." + (*layout)->portrait, "portrait", portrait.error().context});
    auto fonts = take_fonts();
    if (!fonts) {
        faults.push_back({"type", "layout", fonts.error().context});
        return faults;
    }
    const auto claims = write_claims(license, pack).value_or(Bytes());
    FacePreview preview{.pack = pack, .license = license, .code_modules = modules_of(claims)};
    if (portrait && *portrait) preview.portrait = (*portrait)->bytes;
    for (const auto& found : find_face_faults(**layout, preview, **fonts)) {
        auto fault = draft_fault(found, draft_field(found.shows, pack, license), claims, pack);
        // What stands in two places of the face is one fault of the draft.
        const auto same = [&](const DraftFault& other) {
            return other.field == fault.field && other.rule == fault.rule;
        };
        if (std::none_of(faults.begin(), faults.end(), same)) faults.push_back(std::move(fault));
    }
    give_back(std::move(*fonts));
    return faults;
}

Result<std::vector<std::pair<std::string, Bytes>>> Press::press(const DocumentOrder& order) const {
    auto license = read_license_json(order.license);
    if (!license) return tl::unexpected(license.error());
    auto pack = pack_of(order.payload);
    if (!pack) return tl::unexpected(pack.error());
    auto layout = layouts_.load_newest(license->id.type());
    if (!layout) return tl::unexpected(layout.error());
    auto code = draw_qr(order.payload);
    if (!code) return tl::unexpected(code.error());
    auto portrait = portrait_of(*license, (*layout)->portrait);
    if (!portrait) return tl::unexpected(portrait.error());
    FaceContent content{.pack = **pack, .license = *license, .code = *code, .portrait = {}, .test = order.test};
    if (*portrait) content.portrait = **portrait;
    auto fonts = take_fonts();
    if (!fonts) return tl::unexpected(fonts.error());
    auto drawing = draw_face(**layout, content, **fonts);
    give_back(std::move(*fonts));
    if (!drawing) return fail_in(license->id.text(), drawing.error());

    std::vector<std::pair<std::string, Bytes>> files;
    if (order.ofd) {
        auto ofd = make_ofd(order, *license, **pack, **layout, *drawing);
        if (!ofd) return tl::unexpected(ofd.error());
        files.emplace_back(".ofd", std::move(*ofd));
    }
    RenderLook look{.dots_per_inch = face_dots_per_inch};
    if (const auto box = seal_box(*drawing)) {
        drawing->seal = box;
        look.seal = plan_.sealer->picture();
    }
    if (order.pdf) {
        auto pdf = render_pdf(*drawing, look);
        if (!pdf) return tl::unexpected(pdf.error());
        files.emplace_back(".pdf", std::move(*pdf));
    }
    for (std::size_t page = 0; order.face && page < drawing->pages.size(); ++page) {
        auto png = render_png(*drawing, page, look);
        if (!png) return tl::unexpected(png.error());
        files.emplace_back(page == 0 ? ".face.png" : ".face-" + std::to_string(page + 1) + ".png", std::move(*png));
    }
    return files;
}

}  // namespace

Result<std::shared_ptr<DocumentPress>> DocumentPress::open(Plan plan) {
    auto trust = TrustFolder::open(plan.trust);
    if (!trust) return fail_in("trust folder", trust.error());
    auto press = std::make_shared<Press>(std::move(plan), std::move(*trust));
    if (auto prepared = press->prepare(); !prepared) return tl::unexpected(prepared.error());
    return press;
}

}  // namespace elic
