#pragma once

#include <string>
#include <string_view>

#include "elic/base/result.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// What a field's text may be derived from: the parts of a license that travel anyway.
struct DerivationSource {
    const Metadata& license;  ///< face fields already known stand in license.face
    const TypePack& pack;
};

/// The text that the field's derivation gives; empty when it has none or its source is not there.
/// issuer_name gives license.issuing_authority_name.
std::string derive_field(const FieldRule& field, const DerivationSource& source);

/// Brings a field of a draft to the form the face shows: dates of any form to YYYY-MM-DD, a code or text of the list to
/// its text, list separators to the pack's own, NFC. Errors: draft_refused with rule and mend.
Result<std::string> normalise_field(const FieldRule& field, std::string_view text);

/// The code ("B") of a list entry whose text or code this is; empty when none is.
std::string code_of(const FieldRule& field, std::string_view text);

}  // namespace elic
