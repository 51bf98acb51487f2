#include "elic/face/layout.h"

#include <algorithm>

#include "elic/base/assert.h"
#include "elic/crypto/sm3.h"
#include "face/layout_read.h"

namespace elic {

namespace {

constexpr std::size_t max_layout_bytes = 1 << 20;
constexpr Micrometres least_of_values = 1900;  // still read without a glass
constexpr Micrometres smallest_code = 20000;
constexpr std::int64_t max_version = 999;

tl::unexpected<Error> malformed(const std::string& context) { return fail(Errc::malformed_layout, context); }

bool within(const Box& box, const Layout& layout) {
    return box.x >= 0 && box.y >= 0 && box.width >= 0 && box.height >= 0 && box.x <= layout.width - box.width &&
           box.y <= layout.height - box.height;
}

Status read_head(JsonObject& object, Layout& layout) {
    auto format = object.text("format");
    if (!format) return malformed(format.error().context);
    if (*format != "elic layout 0") return malformed("format: 'elic layout 0' is expected");
    auto text = object.text("type");
    if (!text) return malformed(text.error().context);
    auto code = LicenseTypeCode::parse(*text);
    if (!code) return malformed("type: " + code.error().context);
    layout.type = *code;
    auto version = object.integer("version");
    if (!version) return malformed(version.error().context);
    if (*version < 1 || *version > max_version) return malformed("version: 1 to 999 are expected");
    layout.version = static_cast<int>(*version);
    if (auto sources = object.texts("sources"); !sources) return malformed(sources.error().context);
    auto page = object.required("page");
    if (!page) return malformed(page.error().context);
    if (!(*page)->is_array() || (*page)->size() != 2) return malformed("page: [width, height] is expected");
    auto width = read_millimetres((**page)[0], "page[0]");
    if (!width) return tl::unexpected(width.error());
    auto height = read_millimetres((**page)[1], "page[1]");
    if (!height) return tl::unexpected(height.error());
    if (*width < smallest_code || *height < smallest_code) return malformed("page: smaller than a code");
    layout.width = *width;
    layout.height = *height;
    return {};
}

/// Each element of a list member; a missing one has none.
template <class Read>
Status each(JsonObject& object, const char* key, Read read) {
    const auto* list = object.member(key);
    if (list == nullptr) return {};
    if (!list->is_array()) return malformed(std::string(key) + ": a list is expected");
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (auto done = read((*list)[i], std::string(key) + "[" + std::to_string(i) + "]"); !done) return done;
    }
    return {};
}

Status read_text(const Json& json, const std::string& place, Layout& layout) {
    auto object = JsonObject::open(json, place);
    if (!object) return malformed(object.error().context);
    LayoutText text;
    auto words = object->text("text");
    if (!words) return malformed(words.error().context);
    text.text = *words;
    auto with = object->text_or("with", "");
    if (!with) return malformed(with.error().context);
    text.with = *with;
    auto look = read_text_look(*object, least_of_values);
    if (!look) return tl::unexpected(look.error());
    text.look = *look;
    if (!within(text.look.box, layout)) return malformed(place + ".box: outside the page");
    if (auto done = object->finish(); !done) return malformed(done.error().context);
    layout.texts.push_back(std::move(text));
    return {};
}

Status read_field(const Json& json, const std::string& place, Layout& layout) {
    auto object = JsonObject::open(json, place);
    if (!object) return malformed(object.error().context);
    LayoutField field;
    auto shows = object->text("shows");
    if (!shows) return malformed(shows.error().context);
    field.shows = *shows;
    auto look = read_text_look(*object, least_of_values);
    if (!look) return tl::unexpected(look.error());
    field.look = *look;
    auto date = object->text_or("date", "iso");
    if (!date) return malformed(date.error().context);
    if (*date != "iso" && *date != "chinese") return malformed(place + ".date: iso or chinese is expected");
    field.date = *date == "iso" ? LayoutField::DateForm::iso : LayoutField::DateForm::chinese;
    if (!within(field.look.box, layout)) return malformed(place + ".box: outside the page");
    if (auto done = object->finish(); !done) return malformed(done.error().context);
    layout.fields.push_back(std::move(field));
    return {};
}

Status read_boxes(JsonObject& object, Layout& layout) {
    const std::pair<const char*, Box*> boxes[] = {{"code", &layout.code}, {"seal", &layout.seal}};
    for (const auto& [key, into] : boxes) {
        auto json = object.required(key);
        if (!json) return malformed(json.error().context);
        auto box = read_box(**json, key);
        if (!box) return tl::unexpected(box.error());
        if (!within(*box, layout)) return malformed(std::string(key) + ": outside the page");
        *into = *box;
    }
    if (layout.code.width != layout.code.height || layout.code.width < smallest_code)
        return malformed("code: a square of at least 20 mm is expected");
    const auto* json = object.member("portrait");
    if (json == nullptr) return {};
    auto portrait = JsonObject::open(*json, "portrait");
    if (!portrait) return malformed(portrait.error().context);
    auto shows = portrait->text("shows");
    if (!shows) return malformed(shows.error().context);
    auto place = portrait->required("box");
    if (!place) return malformed(place.error().context);
    auto box = read_box(**place, "portrait.box");
    if (!box) return tl::unexpected(box.error());
    if (!within(*box, layout)) return malformed("portrait.box: outside the page");
    if (auto done = portrait->finish(); !done) return malformed(done.error().context);
    layout.portrait = *shows;
    layout.portrait_box = *box;
    return {};
}

}  // namespace

Result<Layout> read_layout(BytesView file) {
    auto json = read_json(as_text(file), max_layout_bytes);
    if (!json) return malformed(json.error().context);
    auto object = JsonObject::open(*json, "");
    if (!object) return malformed(object.error().context);
    // The type is overwritten at once; it has no default of its own.
    auto type = LicenseTypeCode::parse("11100000000013338W011");
    ELIC_ASSERT(type);
    Layout layout{.type = *type};
    if (auto head = read_head(*object, layout); !head) return tl::unexpected(head.error());
    auto ornaments = each(*object, "ornaments", [&](const Json& item, const std::string& place) -> Status {
        auto ornament = read_ornament(item, place);
        if (!ornament) return tl::unexpected(ornament.error());
        if (!within(ornament->box, layout)) return malformed(place + ".box: outside the page");
        layout.ornaments.push_back(*ornament);
        return {};
    });
    if (!ornaments) return tl::unexpected(ornaments.error());
    auto texts = each(*object, "texts",
                      [&](const Json& item, const std::string& place) { return read_text(item, place, layout); });
    if (!texts) return tl::unexpected(texts.error());
    auto fields = each(*object, "fields",
                       [&](const Json& item, const std::string& place) { return read_field(item, place, layout); });
    if (!fields) return tl::unexpected(fields.error());
    if (auto boxes = read_boxes(*object, layout); !boxes) return tl::unexpected(boxes.error());
    if (auto done = object->finish(); !done) return malformed(done.error().context);
    layout.digest = sm3(file);
    return layout;
}

}  // namespace elic
