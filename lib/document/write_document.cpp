#include "elic/document/write_document.h"

#include <algorithm>

#include "base/hex.h"
#include "document/custom_datas.h"
#include "document/page_writer.h"
#include "elic/crypto/sm3.h"
#include "elic/document/license_part.h"

namespace elic {

namespace {

std::string number(std::size_t n) { return std::to_string(n); }

/// Names of parts (7.1): no program needs these, every program uses them.
std::string font_file(std::size_t n) { return "Font_" + number(n) + ".ttf"; }
std::string picture_file(const DrawnPicture& picture, std::size_t n) {
    return "Image_" + number(n) + (picture.format == DrawnPicture::Format::png ? ".png" : ".jpg");
}
std::string page_file(std::size_t n) { return "Pages/Page_" + number(n) + "/Content.xml"; }

Status check(const Drawing& drawing) {
    if (drawing.pages.empty()) return fail(Errc::bad_argument, "a drawing without a page");
    for (const auto& page : drawing.pages) {
        for (const auto* items : {&page.ground, &page.items}) {
            for (const auto& item : *items) {
                const auto* run = std::get_if<GlyphRun>(&item);
                const auto* shape = std::get_if<PlacedShape>(&item);
                const auto* picture = std::get_if<PlacedPicture>(&item);
                if ((run != nullptr && (run->font >= drawing.fonts.size() || run->advances.empty())) ||
                    (shape != nullptr && shape->shape >= drawing.shapes.size()) ||
                    (picture != nullptr && picture->picture >= drawing.pictures.size()))
                    return fail(Errc::bad_argument, "a drawing that names what it does not have");
            }
        }
    }
    return {};
}

class DocumentWriter {
public:
    explicit DocumentWriter(const DocumentPlan& plan) : plan_(plan), drawing_(plan.drawing) {}

    std::vector<Part> write() {
        for (std::size_t i = 0; i < drawing_.fonts.size(); ++i) fonts_.push_back(ids_.next());
        for (std::size_t i = 0; i < drawing_.pictures.size(); ++i) pictures_.push_back(ids_.next());
        for (std::size_t i = 0; i < drawing_.pages.size(); ++i) pages_.push_back(ids_.next());
        PageWriter writer(drawing_, fonts_, pictures_, ids_);
        std::vector<Part> pages;
        if (!drawing_.pages.front().ground.empty()) {
            ground_ = ids_.next();
            pages.push_back({"Doc_0/Tpls/Tpl_0/Content.xml", writer.write_template(drawing_.pages.front().ground)});
        }
        for (std::size_t i = 0; i < drawing_.pages.size(); ++i) {
            const auto ground = i == 0 ? ground_ : 0;
            pages.push_back({"Doc_0/" + page_file(i), writer.write_page(drawing_.pages[i].items, pages_[i], ground)});
        }
        parts_.push_back({"OFD.xml", write_ofd()});
        parts_.push_back({"Doc_0/Document.xml", write_root()});
        parts_.push_back({"Doc_0/PublicRes.xml", write_shared(writer.ground_fills())});
        parts_.push_back({"Doc_0/DocumentRes.xml", write_resources(writer)});
        for (auto& page : pages) parts_.push_back(std::move(page));
        parts_.push_back({"Doc_0/Tags/CustomTags.xml", write_tag_list()});
        parts_.push_back({"Doc_0/Tags/CustomTag.xml", write_tags(writer.shown())});
        parts_.push_back({"Doc_0/Attachs/Attachments.xml", write_attachments()});
        parts_.push_back({metadata_part_path, write_license_part(plan_.license)});
        for (std::size_t i = 0; i < drawing_.fonts.size(); ++i)
            parts_.push_back({"Doc_0/Res/" + font_file(i), drawing_.fonts[i].subset});
        for (std::size_t i = 0; i < drawing_.pictures.size(); ++i)
            parts_.push_back({"Doc_0/Res/" + picture_file(drawing_.pictures[i], i), drawing_.pictures[i].bytes});
        return std::move(parts_);
    }

private:
    Bytes write_ofd() const {
        XmlWriter xml;
        open_root(xml, "ofd:OFD");
        xml.attribute("Version", "1.0").attribute("DocType", "OFD");
        xml.open("ofd:DocBody").open("ofd:DocInfo");
        const auto digest = sm3(as_bytes(plan_.license.id.text()));
        xml.leaf("ofd:DocID", to_hex(BytesView(digest).first(16)));
        xml.leaf("ofd:Title", plan_.license.license_name);
        xml.leaf("ofd:CreationDate", plan_.license.signed_at.format().substr(0, 10));
        xml.leaf("ofd:Creator", "elic");
        xml.open("ofd:CustomDatas");
        for (const auto& [name, value] : custom_datas(plan_))
            xml.open("ofd:CustomData").attribute("Name", name).text(value).close();
        xml.close().close();
        xml.leaf("ofd:DocRoot", "Doc_0/Document.xml").close().close();
        return std::move(xml).finish();
    }

    Bytes write_root() const {
        XmlWriter xml;
        open_root(xml, "ofd:Document");
        const auto& first = drawing_.pages.front();
        xml.open("ofd:CommonData").leaf("ofd:MaxUnitID", number(ids_.last()));
        xml.open("ofd:PageArea").leaf("ofd:PhysicalBox", box_text({0, 0, first.width, first.height})).close();
        xml.leaf("ofd:PublicRes", "PublicRes.xml").leaf("ofd:DocumentRes", "DocumentRes.xml");
        if (ground_ != 0) {
            xml.open("ofd:TemplatePage").attribute("ID", number(ground_));
            xml.attribute("BaseLoc", "Tpls/Tpl_0/Content.xml").close();
        }
        xml.close().open("ofd:Pages");
        for (std::size_t i = 0; i < pages_.size(); ++i)
            xml.open("ofd:Page").attribute("ID", number(pages_[i])).attribute("BaseLoc", page_file(i)).close();
        xml.close();
        xml.leaf("ofd:CustomTags", "Tags/CustomTags.xml").leaf("ofd:Attachments", "Attachs/Attachments.xml").close();
        return std::move(xml).finish();
    }

    Bytes write_shared(const std::vector<GroundFill>& fills) const {
        XmlWriter xml;
        open_root(xml, "ofd:Res");
        xml.attribute("BaseLoc", "Res");
        if (!fills.empty()) {
            xml.open("ofd:DrawParams");
            for (const auto& fill : fills) {
                xml.open("ofd:DrawParam").attribute("ID", number(fill.id));
                xml.open("ofd:FillColor").attribute("Value", colour_text(fill.colour)).close().close();
            }
            xml.close();
        }
        xml.open("ofd:Fonts");
        for (std::size_t i = 0; i < fonts_.size(); ++i) {
            const auto& name = drawing_.fonts[i].name;
            xml.open("ofd:Font").attribute("ID", number(fonts_[i])).attribute("FontName", name);
            xml.attribute("FamilyName", name).leaf("ofd:FontFile", font_file(i)).close();
        }
        xml.close().close();
        return std::move(xml).finish();
    }

    Bytes write_resources(const PageWriter& writer) const {
        XmlWriter xml;
        open_root(xml, "ofd:Res");
        xml.attribute("BaseLoc", "Res").open("ofd:MultiMedias");
        for (std::size_t i = 0; i < pictures_.size(); ++i) {
            const auto& picture = drawing_.pictures[i];
            xml.open("ofd:MultiMedia").attribute("ID", number(pictures_[i])).attribute("Type", "Image");
            xml.attribute("Format", picture.format == DrawnPicture::Format::png ? "PNG" : "JPEG");
            xml.leaf("ofd:MediaFile", picture_file(picture, i)).close();
        }
        xml.close();
        writer.write_repeated(xml);
        xml.close();
        return std::move(xml).finish();
    }

    static Bytes write_tag_list() {
        XmlWriter xml;
        open_root(xml, "ofd:CustomTags");
        xml.open("ofd:CustomTag").attribute("NameSpace", "elic-license");
        xml.leaf("ofd:FileLoc", "CustomTag.xml").close().close();
        return std::move(xml).finish();
    }

    Bytes write_tags(const ShownObjects& shown) const {
        XmlWriter xml;
        xml.open("License").attribute("xmlns:ofd", ofd_namespace);
        for (const auto& [key, shows] : tagged_items(plan_.pack)) {
            const auto found = shown.find(shows);
            if (found == shown.end()) continue;
            xml.open(key);
            for (const auto& [page, object] : found->second)
                xml.open("ofd:ObjectRef").attribute("PageRef", number(page)).text(number(object)).close();
            xml.close();
        }
        xml.close();
        return std::move(xml).finish();
    }

    static Bytes write_attachments() {
        XmlWriter xml;
        open_root(xml, "ofd:Attachments");
        xml.open("ofd:Attachment").attribute("ID", "a1").attribute("Name", "License.xml").attribute("Format", "XML");
        xml.attribute("Visible", "false").leaf("ofd:FileLoc", "License.xml").close().close();
        return std::move(xml).finish();
    }

    const DocumentPlan& plan_;
    const Drawing& drawing_;
    UnitIds ids_;
    std::vector<std::uint32_t> fonts_, pictures_, pages_;
    std::uint32_t ground_ = 0;
    std::vector<Part> parts_;
};

}  // namespace

Result<std::vector<Part>> write_document(const DocumentPlan& plan) {
    if (auto whole = check(plan.drawing); !whole) return tl::unexpected(whole.error());
    return DocumentWriter(plan).write();
}

}  // namespace elic
