#include <cstdio>

#include "base/file.h"
#include "base/text.h"
#include "codec/json.h"
#include "picture_library.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_picture = 64u << 20;

struct QrOptions {
    std::string text, out;
    std::vector<std::string> pictures;
    bool json = false;
};

/// JSON with the characters that a plain line escapes as \uXXXX: another writing of the same text.
std::string escape_in_json(const std::string& json) {
    std::string escaped;
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t start = at;
        const auto character = next_character(json, at);
        const auto one = json.substr(start, character ? at - start : 1);
        if (!character) ++at;  // never of write_json
        if (one.size() < 2 || !find_text_fault(one)) {
            escaped += one;
            continue;
        }
        char16_t units[2] = {static_cast<char16_t>(*character), 0};
        if (*character > 0xFFFF) {
            units[0] = static_cast<char16_t>(0xD800 + ((*character - 0x10000) >> 10));
            units[1] = static_cast<char16_t>(0xDC00 + ((*character - 0x10000) & 0x3FF));
        }
        for (const auto unit : units) {
            char text[8];
            if (unit != 0)
                escaped.append(text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "\\u%04x", unit)));
        }
    }
    return escaped;
}

/// The line for one code. JSON has the text as it is; a plain line has it escaped (escape_for_output). The picture is
/// named when there are several.
std::string scanned_line(const QrOptions& options, const std::string& picture, const std::string& text) {
    const bool several = options.pictures.size() > 1;
    if (!options.json) return (several ? escape_for_output(picture) + "\t" : "") + escape_for_output(text);
    Json line = Json::object();
    if (several) line["input"] = escape_for_output(picture);
    line["text"] = text;
    return escape_in_json(write_json(line));
}

int draw(Session& session, const QrOptions& options) {
    auto pictures = picture_library();
    if (!pictures) return session.console.fail(pictures.error());
    auto modules = (*pictures)->draw_qr(options.text, QrLevel::m);
    if (!modules) return session.console.fail(modules.error());
    Result<Bytes> bytes{Bytes{}};
    if (options.out.ends_with(".png")) {
        bytes = (*pictures)->png(*modules, {});
    } else if (options.out.ends_with(".svg")) {
        const auto svg = (*pictures)->svg(*modules, {});
        bytes = Bytes(svg.begin(), svg.end());
    } else if (options.out == "-") {
        session.console.data((*pictures)->terminal(*modules, {}));
        return exit_done;
    } else {
        return session.console.fail(
            {Errc::bad_argument, "--out " + options.out + ": a name ending in .png or .svg, or - for the terminal"});
    }
    if (!bytes) return session.console.fail(bytes.error());
    if (auto written = write_file_durably(options.out, *bytes); !written) return session.console.fail(written.error());
    session.console.data(options.out);
    return exit_done;
}

int scan(Session& session, const QrOptions& options) {
    auto pictures = picture_library();
    if (!pictures) return session.console.fail(pictures.error());
    int status = exit_done;
    for (const auto& name : options.pictures) {
        auto bytes = read_file(name, max_picture);
        auto picture = bytes ? (*pictures)->read(*bytes, {}) : Result<Picture>(tl::unexpected(bytes.error()));
        if (!picture) {
            const bool picture_fault = picture.error().code == Errc::malformed_picture;
            session.console.fail(bytes ? fail_in(name, picture.error()).value() : picture.error());
            status = std::max<int>(status, picture_fault ? exit_indeterminate : exit_failed);
            continue;
        }
        const auto codes = (*pictures)->scan(*picture);
        if (codes.empty()) {
            session.console.complain(escape_for_output(name) + ": no code was found");
            status = std::max<int>(status, exit_indeterminate);
        }
        for (const auto& code : codes) session.console.data(scanned_line(options, name, code.text));
    }
    return status;
}

}  // namespace

void add_qr(Command& app, Session& session) {
    auto* group = app.add_subcommand("qr", "Draw and read QR codes, whatever they hold");
    group->require_subcommand();
    auto drawn = std::make_shared<QrOptions>();
    auto* make =
        add_command(*group, session, "draw", "Draw a text as a QR code", "elic qr draw 'some text' --out code.png",
                    [&session, drawn] { return draw(session, *drawn); });
    make->add_option("text", drawn->text, "The text")->required();
    make->add_option("--out", drawn->out, "A .png or .svg file, or - for the terminal")->required();
    auto read = std::make_shared<QrOptions>();
    auto* look =
        add_command(*group, session, "scan",
                    "Read the QR codes of pictures (PNG, JPEG, WebP): one text a line. Exit 3 when there is none",
                    "elic qr scan photo.jpg", [&session, read] { return scan(session, *read); });
    look->add_option("picture", read->pictures, "Pictures")->required();
    look->add_flag("--json", read->json,
                   "One JSON object a line, with the text as it is (a plain line has it escaped)");
}

}  // namespace elic::cli
