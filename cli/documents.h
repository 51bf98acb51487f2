#pragma once

#include <string>

#include "elic/issue/office.h"
#include "output_files.h"
#include "session.h"

namespace elic::cli {

/// What the options of a command say of documents.
struct DocumentOptions {
    std::string portraits;
    PassphraseOptions seal_passphrase = {};

    /// `signs`: the command may put the seal on what was never sealed, and so may need its key.
    void add_to(Command& command, bool signs);
};

/// Whether documents are sealed anew, or only as before.
enum class Sealing { anew, as_before };

/// Makes sure, before a license is issued, that `formats` can be drawn. Sets up the press when documents are asked for;
/// with the office's seal, when it has one. Asks for the passphrase of the seal's key when it is encrypted. `clock`
/// must outlive `formats`. Errors: those of picture_library, drawing_library, DocumentPress::open, open_kept_sealer and
/// load_key; unsafe_file (others can read the key).
Status prepare_drawing(const Office& office, const DocumentOptions& options, Sealing sealing, const Clock& clock,
                       OutputFormats& formats);

}  // namespace elic::cli
