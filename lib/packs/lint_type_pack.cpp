#include <algorithm>

#include "elic/packs/type_pack.h"

namespace elic {

namespace {

void lint_field(const FieldRule& field, std::vector<std::string>& remarks) {
    const auto say = [&](const std::string& what) { remarks.push_back("field " + field.label + ": " + what); };
    const bool derived = field.derive.kind != DerivationKind::none;
    if (field.keys.empty()) say("no wire key: exchanges cannot name it");
    if (field.sensitivity == 3 && field.carried == Carried::value && !derived)
        say("sensitive, and carried in the open: mask it, digest it or leave it out");
    if (field.required == Requirement::required && field.carried == Carried::absent && field.kind != FieldKind::image)
        say("required, but no code carries it");
    if (field.compare && field.carried == Carried::absent) say("the clerk compares it, but no code carries it");
    if (field.carried == Carried::digest && field.max_length < 20 && field.kind != FieldKind::image)
        say("the digest of a short text hides nothing");
    if (derived && field.number == 0 && field.derive.kind != DerivationKind::issuer_name &&
        field.derive.kind != DerivationKind::license_number) {
        say("derived without an n: a face that differs cannot be issued");
    }
    if (field.kind == FieldKind::code && field.codes.size() == 1) say("a list of one code");
    if (field.kind == FieldKind::text && field.max_length > 2000) say("very long text: consider digest");
    if (!field.on_face && field.compare) say("compared, but not on the face");
}

/// 湘 begins 湘西: a number 湘 + 西... could not be read.
bool choice_begins_another(const NumberRule& rule) {
    for (const auto& pattern : rule.patterns) {
        for (const auto& part : pattern) {
            auto sorted = part.choices;
            std::sort(sorted.begin(), sorted.end());
            for (std::size_t i = 1; i < sorted.size(); ++i) {
                if (sorted[i].starts_with(sorted[i - 1])) return true;
            }
        }
    }
    return false;
}

}  // namespace

std::vector<std::string> lint_type_pack(const TypePack& pack) {
    std::vector<std::string> remarks;
    if (pack.sources.empty()) remarks.emplace_back("no sources: say where the facts come from");
    if (pack.name_en.empty()) remarks.emplace_back("no English name");
    if (pack.standard.empty()) remarks.emplace_back("no standard is named");
    if (pack.provisional)
        remarks.emplace_back("the code is provisional: replace it in a new version when the national code is known");
    if (pack.states.empty()) remarks.emplace_back("no states are named");
    if (pack.number.patterns.empty()) remarks.emplace_back("no number rule: any text is taken");
    if (pack.holders.code_types.empty()) remarks.emplace_back("any kind of holder code is allowed");
    bool checked = false;
    for (const auto& pattern : pack.number.patterns) {
        for (const auto& part : pattern) {
            checked = checked || part.kind == NumberPart::Kind::check || part.kind == NumberPart::Kind::holder_code ||
                      part.kind == NumberPart::Kind::serial;
        }
    }
    if (!pack.number.patterns.empty() && !checked)
        remarks.emplace_back("the number is tied to nothing: no check, serial or holder code in it");
    if (choice_begins_another(pack.number))
        remarks.emplace_back("a choice of the number begins another one: the longer is always taken");
    for (const auto& field : pack.fields) lint_field(field, remarks);
    return remarks;
}

}  // namespace elic
