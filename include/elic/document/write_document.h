#pragma once

#include <string>
#include <vector>

#include "elic/base/drawing.h"
#include "elic/base/part.h"
#include "elic/base/result.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// What a document is made of.
struct DocumentPlan {
    const Metadata& license;
    const TypePack& pack;
    const Drawing& drawing;
    std::string payload;  ///< the text of the signed code
    int layout_version = 1;
    Digest layout_digest{};
    bool test = false;
};

/// The parts of an OFD document (GB/T 33190) of one license, not yet sealed: the page with its fonts and pictures,
/// GB/T 36903 metadata in DocInfo/CustomDatas and as an XML part, and the data index that links each metadata item to
/// the text that prints it (docs/format/ofd.md). Deterministic: whoever draws the same face again gets these bytes, and
/// so every part but OFD.xml, to which sealing adds a line, can be held against a document byte for byte.
/// Errors: bad_argument (a drawing that contradicts itself).
Result<std::vector<Part>> write_document(const DocumentPlan& plan);

/// Path of the license's metadata part in what write_document makes.
inline constexpr const char* metadata_part_path = "Doc_0/Attachs/License.xml";

/// Names of the CustomDatas that say what a document was drawn with, for whoever draws it again.
inline constexpr const char* custom_payload = "elic.payload";
inline constexpr const char* custom_layout = "elic.layout";    ///< "1 <SM3 in hexadecimal>"
inline constexpr const char* custom_drawing = "elic.drawing";  ///< Drawing::version
inline constexpr const char* custom_fonts = "elic.fonts";      ///< "ukai <SM3>, uming <SM3>": those that were used
inline constexpr const char* custom_test = "elic.test";        ///< "1" on documents of a test office

}  // namespace elic
