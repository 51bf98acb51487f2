#include "container/xml.h"

#include <pugixml.hpp>

#include "base/text.h"
#include "container/xml_scan.h"
#include "elic/base/assert.h"

namespace elic {

namespace {

pugi::xml_node node_of(void* node) { return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node)); }

std::string_view local(const char* name) {
    const std::string_view whole(name);
    const auto colon = whole.rfind(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t element_children(const pugi::xml_node& node) {
    std::size_t count = 0;
    for (const auto& child : node.children()) count += child.type() == pugi::node_element ? 1 : 0;
    return count;
}

}  // namespace

std::string_view XmlNode::name() const noexcept { return local(node_of(node_).name()); }

XmlNode XmlNode::child(std::string_view name) const noexcept {
    for (const auto& child : node_of(node_).children()) {
        if (child.type() == pugi::node_element && local(child.name()) == name) return XmlNode(child.internal_object());
    }
    return {};
}

std::vector<XmlNode> XmlNode::children() const {
    std::vector<XmlNode> found;
    for (const auto& child : node_of(node_).children()) {
        if (child.type() == pugi::node_element) found.push_back(XmlNode(child.internal_object()));
    }
    return found;
}

std::vector<XmlNode> XmlNode::children(std::string_view name) const {
    auto found = children();
    std::erase_if(found, [&](const XmlNode& node) { return node.name() != name; });
    return found;
}

std::string_view XmlNode::attribute(std::string_view name) const noexcept {
    for (const auto& attribute : node_of(node_).attributes()) {
        if (local(attribute.name()) == name) return attribute.value();
    }
    return {};
}

bool XmlNode::has_attribute(std::string_view name) const noexcept {
    for (const auto& attribute : node_of(node_).attributes()) {
        if (local(attribute.name()) == name) return true;
    }
    return false;
}

std::string XmlNode::text() const {
    std::string text;
    for (const auto& child : node_of(node_).children()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    }
    return text;
}

std::string XmlNode::trimmed_text() const {
    const auto whole = text();
    std::size_t begin = 0;
    std::size_t end = whole.size();
    while (begin < end && is_space(whole[begin])) ++begin;
    while (end > begin && is_space(whole[end - 1])) --end;
    return whole.substr(begin, end - begin);
}

struct XmlDocument::Impl {
    pugi::xml_document document;
};

XmlDocument::XmlDocument(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
XmlDocument::XmlDocument(XmlDocument&&) noexcept = default;
XmlDocument& XmlDocument::operator=(XmlDocument&&) noexcept = default;
XmlDocument::~XmlDocument() = default;

XmlNode XmlDocument::root() const noexcept { return XmlNode(impl_->document.document_element().internal_object()); }

Result<XmlDocument> XmlDocument::parse(BytesView bytes, const XmlLimits& limits) {
    // What pugixml lets pass (DOCTYPE, entities it does not know, several roots) is refused before it sees the bytes.
    const auto body = scan_xml(bytes, limits);
    if (!body) return tl::unexpected<Error>(body.error());
    auto impl = std::make_unique<Impl>();
    constexpr unsigned flags = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol | pugi::parse_ws_pcdata_single;
    const auto parsed = impl->document.load_buffer(body->data(), body->size(), flags, pugi::encoding_utf8);
    if (!parsed) {
        return fail(Errc::malformed_xml, "offset " + std::to_string(parsed.offset) + ": " + parsed.description());
    }
    if (element_children(impl->document) != 1) return fail(Errc::malformed_xml, "one root element is expected");
    return XmlDocument(std::move(impl));
}

XmlWriter::XmlWriter() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlWriter::end_tag() {
    if (in_tag_) out_ += '>';
    in_tag_ = false;
}

void XmlWriter::escape(std::string_view text, bool in_attribute) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&') {
            out_ += "&amp;";
        } else if (c == '<') {
            out_ += "&lt;";
        } else if (c == '>') {
            out_ += "&gt;";
        } else if (c == '"' && in_attribute) {
            out_ += "&quot;";
        } else if (c == '\r' || (in_attribute && (c == '\n' || c == '\t'))) {
            out_ += "&#" + std::to_string(byte) + ";";  // a reader would make something else of it
        } else if (byte >= 0x20 || c == '\n' || c == '\t') {
            out_ += c;
        }
    }
}

XmlWriter& XmlWriter::open(std::string_view name) {
    end_tag();
    out_ += '<';
    out_ += name;
    path_.emplace_back(name);
    in_tag_ = true;
    return *this;
}

XmlWriter& XmlWriter::attribute(std::string_view name, std::string_view value) {
    ELIC_ASSERT(in_tag_);
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    escape(value, true);
    out_ += '"';
    return *this;
}

XmlWriter& XmlWriter::text(std::string_view text) {
    end_tag();
    escape(text, false);
    return *this;
}

XmlWriter& XmlWriter::close() {
    ELIC_ASSERT(!path_.empty());
    if (in_tag_) {
        out_ += "/>";
        in_tag_ = false;
    } else {
        out_ += "</" + path_.back() + ">";
    }
    path_.pop_back();
    return *this;
}

XmlWriter& XmlWriter::leaf(std::string_view name, std::string_view content) { return open(name).text(content).close(); }

Bytes XmlWriter::finish() && {
    ELIC_ASSERT(path_.empty());
    return {out_.begin(), out_.end()};
}

}  // namespace elic
