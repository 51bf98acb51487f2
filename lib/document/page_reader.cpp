#include "document/page_reader.h"

#include <charconv>

namespace elic {

namespace {

constexpr std::size_t most_objects = 262144;  ///< of a document
constexpr int most_levels = 16;               ///< of composites within composites

class ObjectReader {
public:
    explicit ObjectReader(const PageReading& reading) : reading_(reading) {}

    Status read(const XmlNode& parent, bool shown, int level) {
        for (const auto& node : parent.children()) {
            const auto name = node.name();
            Status done;
            if (name == "TextObject") {
                done = text(node, shown);
            } else if (name == "ImageObject") {
                done = image(node);
            } else if (name == "Layer" || name == "PageBlock" || name == "Content") {
                done = read(node, shown && drawn(node), level);
            } else if (name == "CompositeObject") {
                done = composite(node, shown && drawn(node), level);
            }
            if (!done) return done;
        }
        return {};
    }

private:
    Status count() const {
        if (reading_.document.texts.size() + reading_.document.images.size() < most_objects) return {};
        return fail(Errc::limit_exceeded, "more than " + std::to_string(most_objects) + " objects on the pages");
    }

    static bool drawn(const XmlNode& node) {
        return node.attribute("Visible") != "false" && node.attribute("Visible") != "0" &&
               node.attribute("Alpha") != "0";
    }

    Status text(const XmlNode& node, bool shown) {
        if (auto counted = count(); !counted) return counted;
        OfdText found{.page = reading_.page,
                      .id = std::string(node.attribute("ID")),
                      .text = {},
                      .boundary = read_box(node.attribute("Boundary")),
                      .shown = shown && drawn(node),
                      .layer = reading_.layer};
        const auto fill = node.attribute("Fill");
        const auto stroke = node.attribute("Stroke");
        if ((fill == "false" || fill == "0") && stroke != "true" && stroke != "1") found.shown = false;
        for (const auto& code : node.children("TextCode")) found.text += code.text();
        reading_.document.texts.push_back(std::move(found));
        return {};
    }

    Status image(const XmlNode& node) {
        if (auto counted = count(); !counted) return counted;
        const auto media = reading_.resources.media.find(node.attribute("ResourceID"));
        reading_.document.images.push_back({.page = reading_.page,
                                            .id = std::string(node.attribute("ID")),
                                            .part = media == reading_.resources.media.end() ? "" : media->second,
                                            .boundary = read_box(node.attribute("Boundary")),
                                            .layer = reading_.layer});
        return {};
    }

    Status composite(const XmlNode& node, bool shown, int level) {
        if (level == most_levels) return fail(Errc::limit_exceeded, "composite objects lie too deep in each other");
        const auto found = reading_.resources.composites.find(node.attribute("ResourceID"));
        if (found == reading_.resources.composites.end()) return {};
        if (++reading_.composites > most_objects) return fail(Errc::limit_exceeded, "too many composite objects");
        return read(found->second, shown, level + 1);
    }

    const PageReading& reading_;
};

}  // namespace

Status read_page_objects(const XmlNode& content, const PageReading& reading) {
    return ObjectReader(reading).read(content, true, 0);
}

OfdBox read_box(std::string_view text) {
    double numbers[4] = {};
    const char* at = text.data();
    const char* end = at + text.size();
    for (auto& number : numbers) {
        while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')) ++at;
        const auto read = std::from_chars(at, end, number);
        if (read.ec != std::errc()) break;
        at = read.ptr;
    }
    return {.x = numbers[0], .y = numbers[1], .width = numbers[2], .height = numbers[3]};
}

}  // namespace elic
