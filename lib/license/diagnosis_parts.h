#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "elic/license/diagnosis.h"

namespace elic {

/// All that a diagnosis can say (diagnosis_rules.def).
enum class Rule {
#define ELIC_RULE(identifier, name, zh, en) identifier,
#include "license/diagnosis_rules.def"
#undef ELIC_RULE
};

/// Adds the rule's two sentences with {0}, {1} filled in. Values are shown as they are: quote foreign bytes.
void add_remark(Diagnosis& diagnosis, Rule rule, std::initializer_list<std::string> values = {});

/// Adds a rule that introduces what is wrong with a part.
void add_remark(Diagnosis& diagnosis, Rule rule, const Remark& of_part);

/// A diagnosis that says one thing only.
Diagnosis diagnosis_of(CodeKind kind, Rule rule, std::initializer_list<std::string> values = {});

// The diagnoses of single kinds. `text` has no blanks and no lower-case ASCII letters. Each sets kind, well_formed
// (as `text` stands), parts, remarks and suggestion.

/// nullopt when the text has neither the root's beginning nor the shape of what follows it.
std::optional<Diagnosis> diagnose_license_id(std::string_view text);
Diagnosis diagnose_uscc(std::string_view eighteen);
Diagnosis diagnose_citizen_id(std::string_view fifteen_or_eighteen);
Diagnosis diagnose_organisation_code(std::string_view nine);
/// nullopt when the 21 characters do not begin as a unified social credit code does.
std::optional<Diagnosis> diagnose_license_type_code(std::string_view twenty_one);
/// Pre-standard roots, legal documents, codes of regional platforms. nullopt when it is none of them.
std::optional<Diagnosis> diagnose_other_family(std::string_view text);
/// 18 characters that may be a citizen number, a unified social credit code or a regional license code.
Diagnosis diagnose_eighteen(std::string_view text);

/// True when 18 characters have more of a unified social credit code than their number.
bool resembles_uscc(std::string_view eighteen);

/// True for 18 characters of the form division, year, 8 characters (the license-app family).
bool resembles_license_app_code(std::string_view eighteen);

/// The one text that comes of exchanging a pair of different neighbours and is accepted; with the offset of the
/// pair. nullopt when there is none or more than one: then nothing is guessed.
template <class Accept>
std::optional<std::pair<std::string, std::size_t>> only_exchange(std::string_view text, Accept accept) {
    std::optional<std::pair<std::string, std::size_t>> found;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == text[i + 1]) continue;
        std::string other(text);
        std::swap(other[i], other[i + 1]);
        if (!accept(other)) continue;
        if (found) return std::nullopt;
        found.emplace(std::move(other), i);
    }
    return found;
}

/// Letters that GB 32100 leaves out, written as what they are mistaken for: O 0, I 1, Z 2, S 5, V U.
std::string without_look_alikes(std::string_view text);

/// "3, 7": the positions, from 1, of the characters of `text` that are (`inside`) or are not of `alphabet`; at most
/// six, then "...".
std::string positions_of(std::string_view text, std::string_view alphabet, bool inside);

}  // namespace elic
