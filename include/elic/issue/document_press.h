#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/drawing.h"
#include "elic/base/part.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/issue/license_examiner.h"
#include "elic/license/metadata.h"

namespace elic {

/// Seals the documents of an office. The same license comes back with the same bytes, whenever it is asked for again.
class DocumentSealer {
public:
    virtual ~DocumentSealer() = default;
    /// The picture of the seal (PNG), for PDF and picture, which carry no signature.
    virtual const Bytes& picture() const = 0;
    /// Its size.
    virtual Micrometres width() const = 0;
    virtual Micrometres height() const = 0;
    /// The package with its seal signature on the first page. May be called from several threads.
    virtual Result<std::vector<Part>> seal(std::vector<Part> parts, const LicenseId& id, const std::string& page_id,
                                           const Box& boundary) = 0;
};

/// What is made of a license that was issued.
struct DocumentOrder {
    const std::string& license;  ///< its metadata as JSON text (docs/format/license-json.md), as the ledger has it
    const std::string& payload;  ///< the code's text
    bool ofd = false, pdf = false, face = false;
    bool test = false;  ///< of an office made with --test
};

/// Makes documents of licenses: draws the face by the newest layout of its type, writes OFD, PDF and PNG. Fonts are
/// prepared once. May be used by several threads.
class DocumentPress : public LicenseExaminer {
public:
    /// What it works with.
    struct Plan {
        std::filesystem::path trust;                  ///< folder that has the type packs
        std::filesystem::path portraits;              ///< folder of pictures, found by their SM3 digest; empty = none
        std::filesystem::path kept;                   ///< where portraits are kept for a reprint; empty = not kept
        std::shared_ptr<DocumentSealer> sealer = {};  ///< null: documents are not sealed
    };
    /// Errors: those of Fonts::open and TrustFolder::open; io (portraits).
    static Result<std::shared_ptr<DocumentPress>> open(Plan plan);

    /// Extension and content of each file ordered: ".ofd", ".pdf", ".face.png" (and ".face-2.png" of a further page).
    /// Errors: unknown_type (no layout or pack), not_found (the portrait that the license names), those of draw_face,
    /// write_document and the sealer.
    virtual Result<std::vector<std::pair<std::string, Bytes>>> press(const DocumentOrder& order) const = 0;

    /// What would be refused of it when it is pressed, as faults of its draft: `layout` (its type has none), `portrait`
    /// (not there, no picture, too large), `unprintable` (a character that no font has), `size` (its code would have
    /// more modules than its place on the face has room for).
    std::vector<DraftFault> examine(const Metadata& license, const TypePack& pack) const override = 0;
};

/// Reads what the ledger keeps of a license. Errors: malformed_json.
Result<Metadata> read_license_json(std::string_view json);

}  // namespace elic
