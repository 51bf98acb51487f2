#pragma once

#include <memory>
#include <string>
#include <vector>

#include "elic/base/part.h"
#include "elic/document/ofd_document.h"
#include "elic/trust/trust_folder.h"

namespace elic {

/// A document made again, or why it could not be.
struct Redrawn {
    std::vector<Part> parts;
    std::string reason;         ///< empty: `parts` hold
    bool other_layout = false;  ///< the version of the layout that it names has another digest here
};

/// Makes documents of ours again from what they carry: metadata part, code, layout, portrait. What comes of it is for
/// verify_document to compare. Fonts are read when the first is asked for. One thread at a time.
class Redrawer {
public:
    static std::unique_ptr<Redrawer> make();
    virtual ~Redrawer() = default;

    /// `payload`: the text of the code on the face. `trust`: where the type pack that it names is looked for, besides
    /// the built-in ones; may be null. Never fails: an unknown layout, another version of the drawing or of a font, or
    /// a document that is not of ours is a reason.
    virtual Redrawn redraw(const OfdPackage& package, const OfdDocument& document, const std::string& payload,
                           const TrustFolder* trust) = 0;
};

}  // namespace elic
