#include "codec/cbor.h"

namespace elic::cbor {

const Value* Value::find(std::int64_t key) const {
    if (const Map* pairs = map()) {
        for (const auto& [name, value] : *pairs) {
            const std::int64_t* number = name.integer();
            if (number != nullptr && *number == key) return &value;
        }
    }
    return nullptr;
}

const Value* Value::find(std::string_view key) const {
    if (const Map* pairs = map()) {
        for (const auto& [name, value] : *pairs) {
            const std::string* label = name.text();
            if (label != nullptr && *label == key) return &value;
        }
    }
    return nullptr;
}

bool operator==(const Value& left, const Value& right) { return left.v == right.v; }

}  // namespace elic::cbor
