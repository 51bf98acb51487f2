#pragma once

#include <string>

#include "elic/base/modules.h"
#include "elic/face/draw_face.h"
#include "elic/packs/type_packs.h"

namespace elic {

/// A license of a built-in type with a text in every field, all invented.
inline Metadata sample_license(const TypePack& pack) {
    const auto day = Date::parse("2026-03-01").value();
    Metadata license{
        .id = LicenseId::make(pack.code, Uscc::parse("11430199MB00TX017C").value(), "20269900001", 1).value(),
        .license_name = pack.name,
        .number = "TEST(2026)0001",
        .issuing_authority_name = "示例省政务服务局（测试）",
        .holders = {{.name = "张样例",
                     .code_type = HolderCodeType::parse("111").value(),
                     .code = "430199198502280019"}},
        .issued_on = day,
        .validity = {.form = ValidityForm::until, .valid_from = day, .valid_until = Date::parse("2029-02-28").value()},
        .face = {},
        .signed_at = Timestamp::first_second_of(day),
        .status = {.list = 1, .index = 4}};
    for (const auto& field : pack.fields) {
        const auto text = field.kind == FieldKind::image  ? std::string()
                          : field.kind == FieldKind::date ? std::string("2026-03-01")
                                                          : "示例" + std::to_string(license.face.size());
        license.face.push_back({.label = field.label, .key = field.keys.empty() ? "" : field.keys[0], .text = text});
    }
    return license;
}

/// A square of modules that is no code.
inline Modules sample_modules(std::size_t size = 77) {
    Modules modules{.size = size, .version = 15, .dark = {}};
    for (std::size_t i = 0; i < size * size; ++i) modules.dark.push_back(static_cast<std::uint8_t>(i % 3 == 0));
    return modules;
}

/// All texts of a drawing that show an item, joined.
inline std::string text_shown(const Drawing& drawing, const std::string& shows) {
    std::string text;
    for (const auto& page : drawing.pages) {
        for (const auto& item : page.items) {
            const auto* run = std::get_if<GlyphRun>(&item);
            if (run != nullptr && run->shows == shows) text += run->text;
        }
    }
    return text;
}

}  // namespace elic
