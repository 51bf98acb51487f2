#include "elic/packs/type_pack.h"

#include <algorithm>

namespace elic {

bool FieldRule::named(std::string_view name) const {
    return label == name || std::find(other_labels.begin(), other_labels.end(), name) != other_labels.end() ||
           std::find(keys.begin(), keys.end(), name) != keys.end();
}

const FieldRule* TypePack::field(int wanted) const {
    for (const auto& rule : fields) {
        if (wanted != 0 && rule.number == wanted) return &rule;
    }
    return nullptr;
}

const FieldRule* TypePack::field_named(std::string_view wanted) const {
    for (const auto& rule : fields) {
        if (rule.named(wanted)) return &rule;
    }
    return nullptr;
}

}  // namespace elic
