#pragma once

#include "codec/cbor.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// What a reader of the code will have of a field: its text, the masked text, the digest alone, or nothing.
FaceField carried_form(const FieldRule& rule, FaceField field);

/// A face field of a pack as a CBOR item (docs/format/payload.md, 4). Errors: draft_refused (a text that the kind
/// cannot hold).
Result<cbor::Value> write_field(const FieldRule& rule, const FaceField& field, int words);

/// The inverse. Errors: malformed_payload.
Result<FaceField> read_field(const FieldRule& rule, const cbor::Value& value, int words);

}  // namespace elic
