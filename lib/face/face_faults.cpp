#include "elic/face/face_faults.h"

#include "face/code_place.h"
#include "face/face_values.h"
#include "face/font_file.h"
#include "face/portrait.h"

namespace elic {

std::vector<FaceFault> find_face_faults(const Layout& layout, const FacePreview& preview, Fonts& fonts) {
    std::vector<FaceFault> faults;
    for (const auto& field : layout.fields) {
        const auto value = value_shown(field, preview.pack, preview.license);
        if (!value) {
            faults.push_back({field.shows, value.error()});
            continue;
        }
        const auto shaped = fonts.impl().shape(*value, field.look.typeface);
        if (!shaped) faults.push_back({field.shows, shaped.error()});
    }
    if (const auto dots = dots_of_module(layout, preview.code_modules); !dots)
        faults.push_back({"@code", dots.error()});
    if (!preview.portrait || layout.portrait.empty()) return faults;
    if (const auto picture = read_portrait(*preview.portrait); !picture)
        faults.push_back({layout.portrait, picture.error()});
    return faults;
}

}  // namespace elic
