#pragma once

#include <string>

#include "elic/packs/type_pack.h"

namespace elic {

/// An invented pack with one field, as JSON; `from` is replaced by `to` in it (both empty: nothing is).
inline std::string small_pack_text(const std::string& from = "", const std::string& to = "") {
    std::string text =
        R"({"format": "elic type pack 0", "code": "11100000MB0143028R999", "version": 1, "provisional": true, "name": "示例证",
 "defining_authority": "示例部", "sources": ["invented"], "words": 1,
 "holders": {"min": 1, "max": 1, "code_types": ["001"], "carried": "value"}, "validity": {"allowed": ["until"], "years": 3},
 "number": {"patterns": [[{"literal": "示"}, {"digits": 4}]]},
 "fields": [{"n": 1, "label": "名称", "keys": ["MC"], "kind": "text", "required": "R", "derive": "holder.names"}],
 "states": [{"code": "01", "text": "有效", "state": "valid"}]})";
    if (from.empty()) return text;
    const auto at = text.find(from);
    return at == std::string::npos ? "the replaced text is not there" : text.replace(at, from.size(), to);
}

inline Result<TypePack> small_pack(const std::string& from = "", const std::string& to = "") {
    return read_type_pack(as_bytes(small_pack_text(from, to)));
}

/// A pack with one more field.
inline Result<TypePack> pack_with_field(const std::string& field) {
    return small_pack("\"holder.names\"}", "\"holder.names\"}, " + field);
}

}  // namespace elic
