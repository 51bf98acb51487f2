#include "license/diagnosis_parts.h"

#include <array>

#include "license/characters.h"

namespace elic {

namespace {

struct RuleText {
    const char* name;
    const char* zh;
    const char* en;
};

constexpr std::array rule_texts = {
#define ELIC_RULE(identifier, name, zh, en) RuleText{name, zh, en},
#include "license/diagnosis_rules.def"
#undef ELIC_RULE
};

const RuleText& text_of(Rule rule) { return rule_texts[static_cast<std::size_t>(rule)]; }

std::string fill(std::string_view sentence, std::initializer_list<std::string> values) {
    std::string filled;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const bool hole = sentence[i] == '{' && i + 2 < sentence.size() && sentence[i + 2] == '}';
        const auto index = hole ? static_cast<std::size_t>(sentence[i + 1] - '0') : values.size();
        if (index < values.size()) {
            filled += values.begin()[index];
            i += 2;
        } else {
            filled += sentence[i];
        }
    }
    return filled;
}

}  // namespace

void add_remark(Diagnosis& diagnosis, Rule rule, std::initializer_list<std::string> values) {
    const auto& text = text_of(rule);
    diagnosis.remarks.push_back({text.name, fill(text.zh, values), fill(text.en, values)});
}

void add_remark(Diagnosis& diagnosis, Rule rule, const Remark& of_part) {
    const auto& text = text_of(rule);
    diagnosis.remarks.push_back({text.name, fill(text.zh, {of_part.zh}), fill(text.en, {of_part.en})});
}

Diagnosis diagnosis_of(CodeKind kind, Rule rule, std::initializer_list<std::string> values) {
    Diagnosis diagnosis{.kind = kind, .well_formed = false, .remarks = {}, .suggestion = {}, .parts = {}};
    add_remark(diagnosis, rule, values);
    return diagnosis;
}

std::string without_look_alikes(std::string_view text) {
    constexpr std::string_view excluded = "OIZSV";
    constexpr std::string_view meant = "0125U";
    std::string mended(text);
    for (auto& c : mended) {
        if (const auto at = excluded.find(c); at != std::string_view::npos) c = meant[at];
    }
    return mended;
}

std::string positions_of(std::string_view text, std::string_view alphabet, bool inside) {
    constexpr std::size_t most_shown = 6;
    std::string positions;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((alphabet.find(text[i]) != std::string_view::npos) != inside) continue;
        if (shown++ == most_shown) return positions + ", ...";
        positions += (positions.empty() ? "" : ", ") + position(i);
    }
    return positions;
}

}  // namespace elic
