#pragma once

#include <map>

#include "container/xml.h"
#include "elic/document/ofd_document.h"

namespace elic {

/// What pages name by number: pictures of the resource files, composites and drawing parameters.
struct OfdResources {
    std::map<std::string, std::string, std::less<>> media;   ///< ID of a MultiMedia -> path of its file
    std::map<std::string, XmlNode, std::less<>> composites;  ///< ID of a CompositeGraphicUnit
};

/// Where objects that are read go, and what they have in common.
struct PageReading {
    const OfdResources& resources;
    std::size_t page = 0;
    OfdLayer layer = OfdLayer::page;
    OfdDocument& document;
    std::size_t& composites;  ///< drawn so far in the whole document: the work is bounded, not only the depth
};

/// Takes the text and image objects out of a Content, Layer, PageBlock or Appearance, blocks and composites within it
/// too. Errors: limit_exceeded.
Status read_page_objects(const XmlNode& content, const PageReading& reading);

/// "x y width height"; zeros where there is no number.
OfdBox read_box(std::string_view text);

}  // namespace elic
