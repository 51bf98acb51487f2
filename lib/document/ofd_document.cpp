#include "elic/document/ofd_document.h"

#include <algorithm>
#include <map>
#include <memory>

#include "base/text.h"
#include "container/xml.h"
#include "document/page_reader.h"

namespace elic {

namespace {

constexpr std::size_t most_pages = 4096;
constexpr const char* entry_part = "OFD.xml";

std::string shown(std::string_view text) { return "'" + escape_for_output(text) + "'"; }

/// Reads the documents of a package one after the other. Files are named by each other only; nothing is taken for
/// granted of their names but OFD.xml.
class DocumentReader {
public:
    DocumentReader(const OfdPackage& package, OfdDocument& document) : package_(package), out_(document) {}

    Status run() {
        const auto* entry = package_.find(entry_part);
        if (entry == nullptr) return fail(Errc::malformed_document, "no OFD.xml in the package");
        out_.referenced.insert(entry->path);
        const auto xml = parse(*entry);
        if (!xml) return tl::unexpected<Error>(xml.error());
        if ((*xml)->root().name() != "OFD") return fail(Errc::malformed_document, "OFD.xml is not an OFD");
        for (const auto& body : (*xml)->root().children("DocBody")) {
            if (auto read = doc_body(body); !read) return read;
        }
        if (out_.bodies == 0) return fail(Errc::malformed_document, "OFD.xml has no DocBody");
        if (out_.bodies > 1) warn("the file holds " + std::to_string(out_.bodies) + " documents");
        return {};
    }

private:
    using Xml = std::shared_ptr<const XmlDocument>;

    void warn(std::string what) { out_.warnings.push_back(std::move(what)); }

    Result<Xml> parse(const Part& part) {
        // Kept: templates and composites of the resources are looked at again on every page.
        auto& kept = kept_[part.path];
        if (kept) return kept;
        auto xml = XmlDocument::parse(part.content);
        if (!xml) return fail_in(escape_for_output(part.path), xml.error());
        kept = std::make_shared<const XmlDocument>(std::move(*xml));
        return kept;
    }

    /// The part that a location names; null, with a warning, when there is none.
    const Part* follow(std::string_view from, std::string_view location, bool decides_what_is_seen) {
        if (location.empty()) return nullptr;
        const auto* part = package_.resolve(from, location, out_.warnings);
        if (part == nullptr) {
            warn(shown(location) + ": named in " + shown(from) + ", not in the package");
            return nullptr;
        }
        out_.referenced.insert(part->path);
        if (decides_what_is_seen) out_.shown.insert(part->path);
        return part;
    }

    Status doc_body(const XmlNode& body) {
        ++out_.bodies;
        const auto info = body.child("DocInfo");
        if (out_.bodies == 1) read_info(info);
        follow(entry_part, info.child("Cover").trimmed_text(), false);
        if (const auto* list = follow(entry_part, body.child("Signatures").trimmed_text(), false)) {
            out_.signature_lists.push_back(list->path);
        } else if (body.child("Signatures")) {
            out_.signature_lists.push_back(body.child("Signatures").trimmed_text());
        }
        read_versions(body.child("Versions"));
        const auto location = body.child("DocRoot").trimmed_text();
        const auto* root = follow(entry_part, location, true);
        if (root == nullptr) return fail(Errc::malformed_document, "no document root " + shown(location));
        out_.roots.push_back(root->path);
        const auto xml = parse(*root);
        if (!xml) return tl::unexpected<Error>(xml.error());
        return read_document((*xml)->root(), root->path);
    }

    void read_info(const XmlNode& info) {
        for (const auto& item : info.children()) {
            if (item.name() == "CustomDatas") {
                for (const auto& data : item.children("CustomData")) {
                    out_.customs.emplace_back(std::string(data.attribute("Name")), data.trimmed_text());
                }
            } else if (item.children().empty()) {
                out_.info.emplace_back(std::string(item.name()), item.trimmed_text());
            }
        }
    }

    void read_versions(const XmlNode& versions) {
        for (const auto& version : versions.children("Version")) {
            follow(entry_part, version.attribute("BaseLoc"), false);
        }
    }

    Status read_document(const XmlNode& root, const std::string& path) {
        resources_ = {};
        templates_.clear();
        text_ids_begin_ = out_.texts.size();
        const auto common = root.child("CommonData");
        for (const auto* name : {"PublicRes", "DocumentRes"}) {
            for (const auto& node : common.children(name)) {
                if (auto read = read_resources(path, node.trimmed_text()); !read) return read;
            }
        }
        for (const auto& node : common.children("TemplatePage")) {
            if (const auto* part = follow(path, node.attribute("BaseLoc"), true)) {
                templates_.emplace(std::string(node.attribute("ID")), part);
            }
        }
        const auto area = read_box(common.child("PageArea").child("PhysicalBox").trimmed_text());
        for (const auto& node : root.child("Pages").children("Page")) {
            if (auto read = read_page(node, path, area); !read) return read;
        }
        if (auto read = read_annotations(root.child("Annotations"), path); !read) return read;
        if (auto read = read_tags(root.child("CustomTags"), path); !read) return read;
        if (auto read = read_attachments(root.child("Attachments"), path); !read) return read;
        follow(path, root.child("Extensions").trimmed_text(), false);
        return {};
    }

    Status read_resources(const std::string& from, const std::string& location) {
        const auto* part = follow(from, location, true);
        if (part == nullptr) return {};
        const auto xml = parse(*part);
        if (!xml) return tl::unexpected<Error>(xml.error());
        const auto root = (*xml)->root();
        const std::string base(root.attribute("BaseLoc"));
        const auto file = [&](const std::string& name) {
            const bool absolute = name.starts_with('/') || base.empty();
            return follow(part->path, absolute ? name : base + "/" + name, true);
        };
        for (const auto& group : root.children()) {
            for (const auto& item : group.children()) {
                const std::string id(item.attribute("ID"));
                if (item.name() == "Font") {
                    if (item.child("FontFile")) file(item.child("FontFile").trimmed_text());
                } else if (item.name() == "MultiMedia") {
                    const auto* media = file(item.child("MediaFile").trimmed_text());
                    if (media != nullptr) resources_.media.emplace(id, media->path);
                } else if (item.name() == "ColorSpace" && item.has_attribute("Profile")) {
                    file(std::string(item.attribute("Profile")));
                } else if (item.name() == "CompositeGraphicUnit") {
                    resources_.composites.emplace(id, item);
                }
            }
        }
        return {};
    }

    Status read_page(const XmlNode& node, const std::string& path, const OfdBox& area) {
        if (out_.pages.size() == most_pages) {
            return fail(Errc::limit_exceeded, "more than " + std::to_string(most_pages) + " pages");
        }
        const auto location = node.attribute("BaseLoc");
        const auto* part = follow(path, location, true);
        if (part == nullptr) return fail(Errc::malformed_document, "no page " + shown(location));
        const auto xml = parse(*part);
        if (!xml) return tl::unexpected<Error>(xml.error());
        const auto root = (*xml)->root();
        const auto own = root.child("Area").child("PhysicalBox");
        out_.pages.push_back({.id = std::string(node.attribute("ID")),
                              .part = part->path,
                              .area = own ? read_box(own.trimmed_text()) : area});
        for (const auto& resource : root.children("PageRes")) {
            if (auto read = read_resources(part->path, resource.trimmed_text()); !read) return read;
        }
        for (const auto& use : root.children("Template")) {
            const auto found = templates_.find(use.attribute("TemplateID"));
            if (found == templates_.end()) continue;
            const auto drawn = parse(*found->second);
            if (!drawn) return tl::unexpected<Error>(drawn.error());
            for (const auto& resource : (*drawn)->root().children("PageRes")) {
                if (auto read = read_resources(found->second->path, resource.trimmed_text()); !read) return read;
            }
            if (auto read = read_objects((*drawn)->root(), OfdLayer::page_template); !read) return read;
        }
        return read_objects(root, OfdLayer::page);
    }

    Status read_objects(const XmlNode& node, OfdLayer layer) {
        return read_page_objects(node, {.resources = resources_,
                                        .page = out_.pages.size() - 1,
                                        .layer = layer,
                                        .document = out_,
                                        .composites = composites_});
    }

    Status read_annotations(const XmlNode& node, const std::string& path) {
        const auto* list = follow(path, node.trimmed_text(), true);
        if (list == nullptr) return {};
        const auto xml = parse(*list);
        if (!xml) return tl::unexpected<Error>(xml.error());
        for (const auto& page : (*xml)->root().children("Page")) {
            const auto* part = follow(list->path, page.child("FileLoc").trimmed_text(), true);
            if (part == nullptr) continue;
            const auto annotations = parse(*part);
            if (!annotations) return tl::unexpected<Error>(annotations.error());
            const auto on = std::find_if(out_.pages.begin(), out_.pages.end(),
                                         [&](const OfdPage& each) { return each.id == page.attribute("PageID"); });
            const auto number = on == out_.pages.end() ? 0 : static_cast<std::size_t>(on - out_.pages.begin());
            for (const auto& annotation : (*annotations)->root().children("Annot")) {
                const PageReading reading{.resources = resources_,
                                          .page = number,
                                          .layer = OfdLayer::annotation,
                                          .document = out_,
                                          .composites = composites_};
                if (auto read = read_page_objects(annotation.child("Appearance"), reading); !read) return read;
            }
        }
        return {};
    }

    Status read_attachments(const XmlNode& node, const std::string& path) {
        const auto* list = follow(path, node.trimmed_text(), false);
        if (list == nullptr) return {};
        const auto xml = parse(*list);
        if (!xml) return tl::unexpected<Error>(xml.error());
        for (const auto& item : (*xml)->root().children("Attachment")) {
            const auto* part = follow(list->path, item.child("FileLoc").trimmed_text(), false);
            out_.attachments.push_back(
                {.name = std::string(item.attribute("Name")), .part = part == nullptr ? "" : part->path});
        }
        return {};
    }

    Status read_tags(const XmlNode& node, const std::string& path) {
        const auto* list = follow(path, node.trimmed_text(), false);
        if (list == nullptr) return {};
        const auto xml = parse(*list);
        if (!xml) return tl::unexpected<Error>(xml.error());
        for (const auto& item : (*xml)->root().children("CustomTag")) {
            follow(list->path, item.child("SchemaLoc").trimmed_text(), false);
            const auto* part = follow(list->path, item.child("FileLoc").trimmed_text(), false);
            if (part == nullptr) continue;
            const auto tags = parse(*part);
            if (!tags) return tl::unexpected<Error>(tags.error());
            index_texts();
            collect_tags((*tags)->root());
        }
        return {};
    }

    void index_texts() {
        texts_by_id_.clear();
        for (auto n = text_ids_begin_; n < out_.texts.size(); ++n) texts_by_id_.emplace(out_.texts[n].id, n);
    }

    void collect_tags(const XmlNode& node) {
        OfdTag tag{.name = std::string(node.name()), .ids = {}, .text = {}};
        for (const auto& child : node.children()) {
            if (child.name() != "ObjectRef") {
                collect_tags(child);
                continue;
            }
            const auto id = child.trimmed_text();
            const auto found = texts_by_id_.find(id);
            if (found == texts_by_id_.end()) {
                tag.complete = false;
            } else {
                tag.text += out_.texts[found->second].text;
                tag.complete = tag.complete && out_.texts[found->second].shown;
            }
            tag.ids.push_back(id);
        }
        if (!tag.ids.empty()) out_.tags.push_back(std::move(tag));
    }

    const OfdPackage& package_;
    OfdDocument& out_;
    std::map<std::string, Xml, std::less<>> kept_;  ///< by path
    std::size_t composites_ = 0;
    OfdResources resources_;
    std::map<std::string, const Part*, std::less<>> templates_;
    std::map<std::string, std::size_t, std::less<>> texts_by_id_;
    std::size_t text_ids_begin_ = 0;
};

}  // namespace

const std::string* OfdDocument::custom(std::string_view name) const noexcept {
    for (const auto& [key, value] : customs) {
        if (key == name) return &value;
    }
    return nullptr;
}

Result<OfdDocument> read_ofd_document(const OfdPackage& package) {
    OfdDocument document;
    if (auto read = DocumentReader(package, document).run(); !read) return tl::unexpected<Error>(read.error());
    return document;
}

}  // namespace elic
