#include "payload/number_context.h"

#include "packs/field_value.h"

namespace elic {

NumberContext number_context(const Metadata& license, const TypePack& pack) {
    const auto& holders = license.holders;
    const bool known = !holders.empty() && !holders.front().masked();
    return {.serial = license.id.serial(),
            .first_holder_code = known ? std::string_view(holders.front().code) : std::string_view(),
            .field_code = [&license, &pack](int position) {
                const auto& rule = pack.fields[static_cast<std::size_t>(position)];
                const auto* field = face_field(license, rule);
                return field != nullptr ? code_of(rule, field->text) : std::string();
            }};
}

bool number_is_known(const NumberRule& rule) { return rule.patterns.size() == 1 && values_of(rule.patterns[0]) == 1; }

const FaceField* face_field(const Metadata& license, const FieldRule& rule) {
    for (const auto& field : license.face) {
        if (field.label == rule.label) return &field;
    }
    return nullptr;
}

}  // namespace elic
