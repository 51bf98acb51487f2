#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "elic/document/ofd_package.h"

namespace elic {

/// ST_Box: millimetres from the page's top left corner.
struct OfdBox {
    double x = 0, y = 0, width = 0, height = 0;
};

/// Where an object of a page comes from.
enum class OfdLayer { page, page_template, annotation };

/// A TextObject: what a reader that takes text out of the document gets. What is drawn may differ: glyphs are named
/// apart from characters.
struct OfdText {
    std::size_t page = 0;  ///< position in OfdDocument::pages
    std::string id;
    std::string text;  ///< UTF-8
    OfdBox boundary;
    bool shown = true;  ///< false: the file says that it is not drawn (Visible, Alpha, neither Fill nor Stroke)
    OfdLayer layer = OfdLayer::page;
};

/// An ImageObject with the picture that it shows.
struct OfdImage {
    std::size_t page = 0;
    std::string id;
    std::string part;  ///< path of the picture; "" when the document has none for it
    OfdBox boundary;
    OfdLayer layer = OfdLayer::page;
};

/// One leaf of the data index (GB/T 33190, 16): a name and the objects that show it.
struct OfdTag {
    std::string name;              ///< of the element around the references: "ZZBH", "证照编号"
    std::vector<std::string> ids;  ///< of text objects
    std::string text;              ///< of those objects, joined
    bool complete = true;          ///< every id was found, and is shown
};

struct OfdPage {
    std::string id;
    std::string part;  ///< path of its Content.xml
    OfdBox area;
};

struct OfdAttachment {
    std::string name;
    std::string part;  ///< "" when it is not in the package
};

/// What an OFD document says (GB/T 33190), read without a font or a picture. Nothing of it is believed.
struct OfdDocument {
    std::vector<std::pair<std::string, std::string>> info;  ///< elements of DocInfo: "DocID", "Title", "Creator", ...
    std::vector<std::pair<std::string, std::string>> customs;  ///< CustomDatas, in order
    std::size_t bodies = 0;                                    ///< DocBody elements: all are read
    std::vector<std::string> roots;                            ///< Document.xml of each body, whatever it is called
    std::vector<std::string> signature_lists;                  ///< Signatures.xml of the bodies that name one
    std::vector<OfdPage> pages;
    std::vector<OfdText> texts;
    std::vector<OfdImage> images;
    std::vector<OfdTag> tags;
    std::vector<OfdAttachment> attachments;
    std::set<std::string> referenced;   ///< paths of all parts that something names, OFD.xml among them
    std::set<std::string> shown;        ///< those of them that decide what is seen: Document.xml, pages, resources, ...
    std::vector<std::string> warnings;  ///< what was tolerated: case of paths, missing parts, several bodies

    /// Null when there is none of that name; the first of several.
    const std::string* custom(std::string_view name) const noexcept;
};

/// Errors: malformed_document (no OFD.xml, no document root, a page that is not there), malformed_xml, limit_exceeded
/// (more pages or objects than 4,096 and 262,144).
Result<OfdDocument> read_ofd_document(const OfdPackage& package);

}  // namespace elic
