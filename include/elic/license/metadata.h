#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/date.h"
#include "elic/base/timestamp.h"
#include "elic/license/holder.h"
#include "elic/license/license_id.h"
#include "elic/license/validity.h"

namespace elic {

/// How much of a face field a code carries.
enum class Carried {
    value,   ///< the text itself (or it is derived from other parts)
    masked,  ///< the text with hidden characters
    digest,  ///< only the SM3 digest of the text: `text` is empty, `digest` is set
    absent,  ///< nothing: to be read on the paper
};

/// One item of the license face (照面), named as its type pack names it.
struct FaceField {
    std::string label;
    std::string key;   ///< first wire key of the pack; empty when the pack does not number it
    std::string text;  ///< as printed; list items are joined by the pack's separator
    Carried carried = Carried::value;
    std::vector<std::uint8_t> digest = {};  ///< 16 or 32 bytes when carried == digest

    friend bool operator==(const FaceField&, const FaceField&) = default;
};

/// Where the state of a license is published: list `list` of the issuing authority, entry `index`.
struct StatusReference {
    std::uint64_t list = 0;
    std::uint64_t index = 0;
    friend bool operator==(const StatusReference&, const StatusReference&) = default;
};

/// What is said of one license: GB/T 36903 metadata, face fields and this project's additions.
/// An aggregate of checked values; consistency between them is the business of issue and payload.
struct Metadata {
    LicenseId id;
    std::string license_name;  ///< ZZMC; empty when the trust list has no entry for the type pack
    std::string number;        ///< ZZBH, as printed; empty when the pack is needed to rebuild it and is missing
    std::string issuing_authority_name;  ///< ZZBFJG; from the trust list when read from a code
    std::vector<Holder> holders;
    Date issued_on;  ///< ZZBFRQ
    Validity validity;
    std::vector<FaceField> face;
    Timestamp signed_at;  ///< apart from issued_on: old licenses are converted later
    StatusReference status;
    std::optional<LicenseId> previous = {};  ///< predecessor; known to the ledger, not to the code
};

/// The wire names of one metadata element (GB/T 36903): pinyin initials and English.
struct WireName {
    const char* element;   ///< "number", "issued_on", ... as in the license input (cli.md)
    const char* initials;  ///< "ZZBH"
    const char* english;   ///< "certificateNumber"
    const char* chinese;   ///< "证照编号"
};

/// The one table of wire names, in the order of the standard.
const std::vector<WireName>& wire_names();

}  // namespace elic
