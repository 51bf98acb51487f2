#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "codec/cbor.h"
#include "elic/base/result.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// The base claims of a code: what is read without its type pack (docs/format/payload.md, 3).
struct Claims {
    std::array<std::uint8_t, 4> pack{};          ///< key 1: first bytes of the pack's digest
    Uscc issuer;                                 ///< key 2
    std::string serial;                          ///< key 3
    std::optional<std::uint64_t> packed_number;  ///< key 4 as uint
    std::optional<std::string> number;           ///< key 4 as text; neither: the pack rebuilds it
    int revision = 1;                            ///< key 5
    std::vector<Holder> holders;                 ///< key 6
    Date issued_on;                              ///< key 7
    Validity validity;                           ///< keys 8, 9
    Timestamp signed_at;                         ///< key 10
    StatusReference status;                      ///< keys 11, 12
    bool critical_unknown = false;               ///< a key of 13..15 is there: made by a newer version
    std::vector<std::pair<std::int64_t, cbor::Value>> shown_unknown;  ///< keys 16..23
    std::vector<std::pair<std::int64_t, cbor::Value>> face;           ///< keys -1..-24, undecoded
    std::vector<std::pair<std::string, std::string>> extra_face;      ///< text keys
};

/// The largest claims (with the envelope they fill a version 40-M symbol in numeric mode), and the largest text in
/// them.
inline constexpr std::size_t max_claims_bytes = 2200;
inline constexpr std::size_t max_text_bytes = 8192;

/// Reads base claims; word list 1. Errors: malformed_payload (with the key and the rule), limit_exceeded.
/// What stands in `face` is checked for form only; to_metadata checks it against the pack.
Result<Claims> read_claims(BytesView cbor);

/// Encodes a license of this pack. Each derivable field is left out. `license.face` holds the pack's fields by label,
/// and then any others (they travel by their label). Errors: draft_refused (what breaks a rule of the pack),
/// does_not_fit.
Result<Bytes> write_claims(const Metadata& license, const TypePack& pack);

/// Claims read with their pack: number, face fields, derived fields. `issuer_name` is the trust list's name of the
/// issuer. Law: write_claims of the result gives the claims' own bytes; anything else is malformed_payload.
Result<Metadata> to_metadata(const Claims& claims, BytesView cbor, const TypePack& pack,
                             const std::string& issuer_name);

/// What can be said without the pack: identifier (by the type code of the trust list's pack entry), holders, dates,
/// number if it travels as text. Errors: malformed_payload when no identifier can be built.
Result<Metadata> to_base_metadata(const Claims& claims, const LicenseTypeCode& type, const std::string& issuer_name);

/// Bytes that each claim takes, largest first: for the error that says what to shorten. Label -> bytes.
std::vector<std::pair<std::string, std::size_t>> claim_sizes(BytesView cbor, const TypePack& pack);

/// The three largest of them: "许可范围 (1210 bytes), 住所 (96 bytes), holders (60 bytes)".
std::string name_largest_claims(BytesView cbor, const TypePack& pack);

}  // namespace elic
