#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

struct XmlLimits {
    std::size_t bytes = 32u << 20;
    std::size_t nodes = 1u << 20;  ///< elements and attributes
    std::size_t depth = 64;
};

/// An element, or none. A view: valid as long as its XmlDocument is. Names are local names (a prefix is left out),
/// since OFD files of several ages name several namespaces.
class XmlNode {
public:
    XmlNode() = default;
    explicit operator bool() const noexcept { return node_ != nullptr; }

    std::string_view name() const noexcept;  ///< "" of none
    /// The first child element of this name, or none.
    XmlNode child(std::string_view name) const noexcept;
    std::vector<XmlNode> children() const;  ///< elements only, in order
    std::vector<XmlNode> children(std::string_view name) const;
    /// "" when it is not there.
    std::string_view attribute(std::string_view name) const noexcept;
    bool has_attribute(std::string_view name) const noexcept;
    /// Its own text, without that of its children, as it stands.
    std::string text() const;
    /// `text` without the white space at its ends.
    std::string trimmed_text() const;

private:
    friend class XmlDocument;
    explicit XmlNode(void* node) noexcept : node_(node) {}
    void* node_ = nullptr;  ///< pugi::xml_node_struct
};

/// A parsed XML text. UTF-8 only (a BOM is accepted); no DOCTYPE, no entities but the five of XML and character
/// references; one root; no attribute twice in an element.
class XmlDocument {
public:
    /// Errors: malformed_xml with the offset, limit_exceeded.
    static Result<XmlDocument> parse(BytesView bytes, const XmlLimits& limits = {});

    XmlDocument(XmlDocument&&) noexcept;
    XmlDocument& operator=(XmlDocument&&) noexcept;
    ~XmlDocument();

    XmlNode root() const noexcept;

private:
    struct Impl;
    explicit XmlDocument(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Writes an XML text element by element; deterministic: no indentation, no line breaks but one after the declaration,
/// what must be escaped is. Names are trusted, values are not: they must be UTF-8; control characters but white space
/// are dropped.
class XmlWriter {
public:
    XmlWriter();
    XmlWriter& open(std::string_view name);
    XmlWriter& attribute(std::string_view name, std::string_view value);  ///< of the element opened last
    XmlWriter& text(std::string_view text);
    XmlWriter& close();
    /// An element that has only text.
    XmlWriter& leaf(std::string_view name, std::string_view text);
    /// Everything must be closed (ELIC_ASSERT).
    Bytes finish() &&;

private:
    void end_tag();
    void escape(std::string_view text, bool in_attribute);

    std::string out_;
    std::vector<std::string> path_;
    bool in_tag_ = false;
};

}  // namespace elic
