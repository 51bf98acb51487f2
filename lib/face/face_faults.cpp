#include "elic/face/face_faults.h"

#include "face/face_values.h"
#include "face/font_file.h"
#include "face/portrait.h"

namespace elic {

std::vector<FaceFault> find_face_faults(const Layout& layout, const TypePack& pack, const Metadata& license,
                                        std::optional<BytesView> portrait, Fonts& fonts) {
    std::vector<FaceFault> faults;
    for (const auto& field : layout.fields) {
        const auto value = value_shown(field, pack, license);
        if (!value) {
            faults.push_back({field.shows, value.error()});
            continue;
        }
        const auto shaped = fonts.impl().shape(*value, field.look.typeface);
        if (!shaped) faults.push_back({field.shows, shaped.error()});
    }
    if (!portrait || layout.portrait.empty()) return faults;
    if (const auto picture = read_portrait(*portrait); !picture) faults.push_back({layout.portrait, picture.error()});
    return faults;
}

}  // namespace elic
