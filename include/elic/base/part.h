#pragma once

#include <string>

#include "elic/base/bytes.h"

namespace elic {

/// One file of an OFD package (GB/T 33190, 7.1): what a ZIP entry names and holds.
struct Part {
    std::string path;  ///< from the root of the package, without a leading '/': "Doc_0/Document.xml"
    Bytes content;     ///< not compressed

    friend bool operator==(const Part&, const Part&) = default;
};

}  // namespace elic
