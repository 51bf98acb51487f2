#include "face/layout_read.h"

#include <cmath>

namespace elic {

namespace {

constexpr double largest_page = 1000;  // mm
constexpr std::int64_t micrometres = 1000;

tl::unexpected<Error> malformed(const std::string& place, const std::string& what) {
    return fail(Errc::malformed_layout, place + ": " + what);
}

/// A name of a closed list, as its position.
Result<std::size_t> choose(JsonObject& object, std::string_view key, const std::vector<std::string>& names,
                           std::string_view fallback) {
    auto text = object.text_or(key, fallback);
    if (!text) return fail(Errc::malformed_layout, text.error().context);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == *text) return i;
    }
    return malformed(object.place() + "." + std::string(key), "'" + *text + "' is not known");
}

Result<Micrometres> length_or(JsonObject& object, std::string_view key, Micrometres fallback) {
    const auto* json = object.member(key);
    return json == nullptr ? fallback : read_millimetres(*json, object.place() + "." + std::string(key));
}

Result<Box> required_box(JsonObject& object) {
    auto json = object.required("box");
    if (!json) return fail(Errc::malformed_layout, json.error().context);
    return read_box(**json, object.place() + ".box");
}

}  // namespace

Result<Micrometres> read_millimetres(const Json& json, const std::string& place) {
    if (!json.is_number()) return malformed(place, "a number of millimetres is expected");
    const double exact = json.get<double>() * micrometres;
    if (!(std::abs(exact) <= largest_page * micrometres)) return malformed(place, "larger than any page");
    const double rounded = std::round(exact);
    if (std::abs(exact - rounded) > 1e-6) return malformed(place, "more than three decimals");
    return static_cast<Micrometres>(rounded);
}

Result<Box> read_box(const Json& json, const std::string& place) {
    if (!json.is_array() || json.size() != 4) return malformed(place, "[x, y, width, height] is expected");
    std::array<Micrometres, 4> numbers{};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        auto number = read_millimetres(json[i], place + "[" + std::to_string(i) + "]");
        if (!number) return tl::unexpected(number.error());
        numbers[i] = *number;
    }
    return Box{.x = numbers[0], .y = numbers[1], .width = numbers[2], .height = numbers[3]};
}

Result<Colour> read_colour(const std::string& text, const std::string& place) {
    const bool formed =
        text.size() == 7 && text[0] == '#' && text.find_first_not_of("0123456789ABCDEF", 1) == std::string::npos;
    if (!formed) return malformed(place, "'" + text + "' is not of the form #RRGGBB (capital letters)");
    const auto part = [&](std::size_t at) {
        return static_cast<std::uint8_t>(std::stoi(text.substr(at, 2), nullptr, 16));
    };
    return Colour{.red = part(1), .green = part(3), .blue = part(5)};
}

Result<TextLook> read_text_look(JsonObject& object, Micrometres default_least) {
    TextLook look;
    auto box = required_box(object);
    if (!box) return tl::unexpected(box.error());
    look.box = *box;
    auto face = choose(object, "font", {"hei", "kai", "song"}, "");
    if (!face) return tl::unexpected(face.error());
    look.typeface = static_cast<Typeface>(*face);
    auto size = length_or(object, "size", 0);
    if (!size) return tl::unexpected(size.error());
    if (*size < 1000 || *size > 60000) return malformed(object.place() + ".size", "1 to 60 mm are expected");
    look.size = *size;
    auto least = length_or(object, "least", std::min(*size, default_least));
    if (!least) return tl::unexpected(least.error());
    if (*least < 1000 || *least > *size) return malformed(object.place() + ".least", "1 mm to the size are expected");
    look.least = *least;
    auto align = choose(object, "align", {"left", "centre", "right", "justify"}, "left");
    if (!align) return tl::unexpected(align.error());
    look.align = static_cast<Align>(*align);
    auto vertical = choose(object, "vertical", {"top", "middle", "bottom"}, "middle");
    if (!vertical) return tl::unexpected(vertical.error());
    look.vertical = static_cast<VerticalAlign>(*vertical);
    auto colour = object.text_or("colour", "#000000");
    auto read = colour ? read_colour(*colour, object.place() + ".colour") : Result<Colour>(Colour{});
    if (!colour) return fail(Errc::malformed_layout, colour.error().context);
    if (!read) return tl::unexpected(read.error());
    look.colour = *read;
    return look;
}

Result<Ornament> read_ornament(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return fail(Errc::malformed_layout, object.error().context);
    Ornament ornament;
    auto kind = choose(*object, "kind", {"fill", "frame", "line", "guilloche", "waves", "rosette", "emblem"}, "");
    if (!kind) return tl::unexpected(kind.error());
    ornament.kind = static_cast<Ornament::Kind>(*kind);
    auto box = required_box(*object);
    if (!box) return tl::unexpected(box.error());
    ornament.box = *box;
    auto colour = object->text_or("colour", "#000000");
    if (!colour) return fail(Errc::malformed_layout, colour.error().context);
    auto read = read_colour(*colour, place + ".colour");
    if (!read) return tl::unexpected(read.error());
    ornament.colour = *read;
    const std::pair<const char*, Micrometres*> lengths[] = {
        {"width", &ornament.width}, {"band", &ornament.band}, {"step", &ornament.step}};
    for (const auto& [key, into] : lengths) {
        auto length = length_or(*object, key, 0);
        if (!length) return tl::unexpected(length.error());
        if (*length < 0) return malformed(place + "." + key, "a length is expected");
        *into = *length;
    }
    if (ornament.kind == Ornament::Kind::guilloche && ornament.band < 1000)
        return malformed(place + ".band", "at least 1 mm is expected");
    if (ornament.kind == Ornament::Kind::waves && ornament.step < 1000)
        return malformed(place + ".step", "at least 1 mm is expected");
    if (auto done = object->finish(); !done) return fail(Errc::malformed_layout, done.error().context);
    return ornament;
}

}  // namespace elic
