// How many licenses a second one core draws: the face, its fonts cut to size, the OFD package; and how large that is.
//   bench_face [SECONDS]
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "container/packing/write_zip.h"
#include "elic/document/write_document.h"
#include "elic/face/draw_face.h"
#include "elic/face/render.h"
#include "elic/packs/type_packs.h"
#include "elic/qr/draw.h"

using namespace elic;

namespace {

/// Of this process, so that what else runs on the machine does not count.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// A license with a text in every field; `turn` makes each one another.
Metadata sample(const TypePack& pack, int turn) {
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
        std::string text = "示例市样例区样板路";
        for (int i = 0; i < 12; ++i) {
            const auto character = 0x4E00 + (turn * 37 + i * 101 + static_cast<int>(license.face.size()) * 13) % 5000;
            text += static_cast<char>(0xE0 | (character >> 12));
            text += static_cast<char>(0x80 | ((character >> 6) & 0x3F));
            text += static_cast<char>(0x80 | (character & 0x3F));
        }
        if (field.kind == FieldKind::image) text.clear();
        if (field.kind == FieldKind::date) text = "2026-03-01";
        license.face.push_back({.label = field.label, .key = field.keys.empty() ? "" : field.keys[0], .text = text});
    }
    return license;
}

void fail_with(const Error& error) {
    std::cerr << error.context << "\n";
    std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 3;
    auto fonts = Fonts::open();
    if (!fonts) fail_with(fonts.error());
    std::string digits = "3691";
    while (digits.size() < 1000) digits += static_cast<char>('0' + digits.size() * 7 % 10);
    const auto code = draw_qr(digits).value();
    for (const auto& entry : TypePacks::builtin().list()) {
        const auto pack = TypePacks::builtin().load(entry.code, entry.version).value();
        const auto layout = Layouts::builtin().load_newest(entry.code).value();
        int drawn = 0;
        double drawing_time = 0, writing_time = 0;
        std::size_t bytes = 0, subsets = 0;
        const auto once = [&](int turn) {
            const auto license = sample(*pack, turn);
            const double start = processor_seconds();
            auto drawing = draw_face(*layout, {.pack = *pack, .license = license, .code = code}, *fonts);
            if (!drawing) fail_with(drawing.error());
            drawing_time += processor_seconds() - start;
            const double written = processor_seconds();
            auto parts = write_document({.license = license, .pack = *pack, .drawing = *drawing, .payload = digits});
            if (!parts) fail_with(parts.error());
            bytes = write_zip(*parts).size();
            writing_time += processor_seconds() - written;
            subsets = 0;
            for (const auto& font : drawing->fonts) subsets += font.subset.size();
        };
        for (int i = 0; i < 14; ++i) once(i);  // fonts are prepared by then
        drawing_time = writing_time = 0;
        for (; drawing_time + writing_time < seconds / 16; ++drawn) once(drawn);
        std::cout << entry.code.text() << "  " << static_cast<int>(drawn / drawing_time) << " drawn/s, "
                  << static_cast<int>(drawn / (drawing_time + writing_time)) << " documents/s, " << subsets
                  << " bytes of fonts, " << bytes << " bytes of OFD\n";
    }
}
