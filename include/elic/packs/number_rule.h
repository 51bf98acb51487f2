#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/result.h"

namespace elic {

/// One piece of a license number. What stands in the number is either free (it costs room in the code) or known
/// from elsewhere (it costs nothing).
struct NumberPart {
    enum class Kind {
        literal,      ///< `text`
        choice,       ///< one of `choices` (longest match first, ties by order); free: radix = how many there are
        digits,       ///< `count` digits; free: radix 10^count
        area,         ///< 6 digits, a division code; free: radix 10^6
        serial,       ///< `count` characters equal to the identifier's serial from `from`
        field,        ///< the code of the entry chosen in face field `field` (position in the pack)
        holder_code,  ///< the code of the first holder
        check,        ///< a check character over all digits before it: `text` = "mod_11_10", "qualification"
    };
    Kind kind = Kind::literal;
    std::string text;
    std::vector<std::string> choices;
    int count = 0;
    int from = 0;
    int field = 0;
};

/// The forms a license number may have; the first that matches counts.
struct NumberRule {
    std::vector<std::vector<NumberPart>> patterns;  ///< empty = any text
    bool optional = false;                          ///< the license has no number of its own
};

/// How many values the free parts of a pattern have (2^63-1 when more). No later pattern of a rule may have fewer than
/// an earlier one, so that a packed number tells which pattern it is of.
std::uint64_t values_of(const std::vector<NumberPart>& pattern);

/// What a number is read or rebuilt with.
struct NumberContext {
    std::string_view serial;             ///< of the identifier; empty = not yet known: serial parts match any
    std::string_view first_holder_code;  ///< empty = unknown or masked: holder parts do not match
    std::function<std::string(int field)> field_code;  ///< code of the entry chosen in a face field; "" = none
};

/// A number taken apart by a pattern.
struct NumberReading {
    std::size_t pattern = 0;
    std::optional<std::uint64_t> packed;  ///< pattern and free parts as one mixed-radix number; nullopt: over 2^63-1
    bool rebuilt = false;                 ///< nothing is free and there is but one pattern: the code need not carry it
    std::string serial;                   ///< the serial that the number gives; empty when it gives none
    std::string area;                     ///< the division code in it; empty when there is none
};

/// Takes a number apart. nullopt: no pattern matches.
std::optional<NumberReading> read_number(const NumberRule& rule, std::string_view number, const NumberContext& context);

/// Rebuilds the text of a number from its packed form (0 when `rebuilt`). Errors: malformed_value when it is
/// out of range or a part is not known.
Result<std::string> rebuild_number(const NumberRule& rule, std::uint64_t packed, const NumberContext& context);

/// Why a number matches no pattern, in one sentence with the forms expected.
std::string explain_number_rule(const NumberRule& rule);

}  // namespace elic
