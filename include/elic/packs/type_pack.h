#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/license/license_type_code.h"
#include "elic/license/metadata.h"
#include "elic/packs/number_rule.h"

namespace elic {

/// How the text of a face field is made up, and so how a code carries it (docs/format/type-pack.md).
enum class FieldKind {
    text,        ///< any text
    code,        ///< one entry of a closed list (or, when `open`, any other text)
    codes,       ///< several entries of the list, in its order, joined by the separator
    date,        ///< YYYY-MM-DD on the face
    whole,       ///< digits without leading zero, then the unit: "540天"
    decimal,     ///< digits, '.', exactly `scale` digits, then the unit: "12865.40万元"
    uscc,        ///< a unified social credit code
    citizen_id,  ///< a citizen number
    list,        ///< texts joined by the separator
    image,       ///< never a text: the draft gives "sm3:" and 64 hexadecimal digits, or nothing
};

/// Where the text of a field comes from when it need not travel: a closed set, no expressions.
enum class DerivationKind {
    none,
    holder_names,
    holder_codes,
    citizen_sex,
    citizen_birth_date,
    issued_on,
    valid_from,
    valid_until,
    validity,
    issuer_name,
    issuer_code,
    license_number,
    license_name,
    same_as_field,
    constant,
};
struct Derivation {
    DerivationKind kind = DerivationKind::none;
    int field = 0;         ///< position (from 0) in TypePack::fields, for same_as_field
    std::string constant;  ///< for constant
};

struct CodeEntry {
    std::string code;  ///< as wire forms write it: "B", "01"; may be empty
    std::string text;  ///< as the face shows it
};

enum class Requirement { required, conditional, optional };

/// One item of the license face.
struct FieldRule {
    int number = 0;  ///< 1..24 when a code may carry it, else 0
    std::string label;
    std::vector<std::string> other_labels;
    std::vector<std::string> keys;  ///< wire keys and aliases, the national one first; may be empty
    FieldKind kind = FieldKind::text;
    std::vector<CodeEntry> codes;
    bool open = false;
    int scale = 0;
    std::string unit;
    std::string separator;       ///< for list and codes; "；" unless the pack says otherwise
    std::size_t max_length = 0;  ///< characters
    Requirement required = Requirement::optional;
    bool on_face = true;
    Carried carried = Carried::value;
    Derivation derive;
    bool compare = false;  ///< the clerk compares it with the person, the paper or the case
    int sensitivity = 0;   ///< 0 public .. 3 identity number, portrait, health (type-packs.md)

    /// True when `name` is its label, another label or a key.
    bool named(std::string_view name) const;
};

/// What a state is called by the ministry and what it means here.
struct StateRule {
    std::string code;  ///< "05"
    std::string text;  ///< "注销"
    std::string
        state;  ///< neutral: valid, suspended, lapsed, cancelled, withdrawn, revoked, transferred-out, replaced, other
};

struct HolderRule {
    int min = 1;
    int max = 1;                          ///< at most 8
    std::vector<std::string> code_types;  ///< allowed; empty = all
    Carried carried = Carried::value;     ///< of the codes: value or masked
};

struct ValidityRule {
    bool until = false;
    bool long_term = false;
    bool none = false;
    int years = 0;  ///< usual length, 0 = not fixed; a draft that differs is warned of, not refused
};

/// Everything the program knows of one license type in one version (docs/format/type-pack.md).
/// Data, never edited once frozen. Immutable after reading.
struct TypePack {
    LicenseTypeCode code;
    int version = 1;
    bool provisional = false;  ///< the national code is not known
    std::string name;
    std::string name_en;
    std::string face_title;
    std::string defining_authority;
    std::string standard;
    std::vector<std::string> sources;
    int words = 1;  ///< word list of the face fields
    HolderRule holders;
    ValidityRule validity;
    NumberRule number;
    std::vector<FieldRule> fields;
    std::vector<StateRule> states;
    Digest digest{};  ///< SM3 of the file's bytes: what names it

    const FieldRule* field(int number) const;  ///< null when there is none
    const FieldRule* field_named(std::string_view name) const;
    std::array<std::uint8_t, 4> prefix() const { return {digest[0], digest[1], digest[2], digest[3]}; }
};

/// Reads a pack file. Strict: unknown keys, rules that contradict each other, repeated labels, keys or numbers,
/// derivations from what is not there are refused. Errors: malformed_pack with the JSON path.
Result<TypePack> read_type_pack(BytesView file);

/// What a careful editor would say of a pack that reads: missing sources, required fields that no code
/// carries, sensitive fields carried in the open, number rules without a check, ... One sentence each.
std::vector<std::string> lint_type_pack(const TypePack& pack);

}  // namespace elic
