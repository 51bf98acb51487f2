#include "output_files.h"

#include <algorithm>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/sm3.h"
#include "picture_library.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_output_file = 8 << 20;

Status write_if_different(const std::filesystem::path& file, BytesView bytes, Sync sync) {
    auto there = read_file(file, max_output_file);
    if (there && std::equal(there->begin(), there->end(), bytes.begin(), bytes.end())) return {};
    return sync == Sync::each ? write_file_durably(file, bytes) : write_file_unsynced(file, bytes);
}

/// Of many folders, each is made when the first file goes into it.
Status make_folder(const std::filesystem::path& folder, Sync sync) {
    if (sync == Sync::each) return make_folders(folder);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(Errc::io, folder.string() + ": the folder cannot be made: " + error.message());
    return {};
}

}  // namespace

Result<OutputFormats> parse_formats(const std::string& list) {
    OutputFormats formats;
    std::size_t start = 0;
    while (start <= list.size()) {
        const auto end = std::min(list.find(',', start), list.size());
        const auto name = list.substr(start, end - start);
        bool* format = name == "png"    ? &formats.png
                       : name == "svg"  ? &formats.svg
                       : name == "txt"  ? &formats.txt
                       : name == "ofd"  ? &formats.ofd
                       : name == "pdf"  ? &formats.pdf
                       : name == "face" ? &formats.face
                                        : nullptr;
        if (format == nullptr)
            return fail(Errc::bad_argument, "--format " + name + ": png, svg, txt, ofd, pdf and face are known");
        *format = true;
        start = end + 1;
    }
    return formats;
}

Result<DrawnCode> draw_code(const DrawnLicense& license, const OutputFormats& formats) {
    const auto& payload = license.payload;
    auto pictures = picture_library();
    if (!pictures) return tl::unexpected(pictures.error());
    auto modules = (*pictures)->draw_qr(payload, QrLevel::m);
    if (!modules) return tl::unexpected(modules.error());
    DrawnCode drawn{.files = {}, .qr_version = modules->version};
    const QrLook look{.test = formats.test};
    const auto add = [&](const char* extension, BytesView bytes) {
        drawn.files.emplace_back(extension, Bytes(bytes.begin(), bytes.end()));
    };
    if (formats.png) {
        auto png = (*pictures)->png(*modules, look);
        if (!png) return tl::unexpected(png.error());
        drawn.files.emplace_back(".png", std::move(*png));
    }
    if (formats.svg) add(".svg", as_bytes((*pictures)->svg(*modules, look)));
    if (formats.txt) add(".txt", as_bytes(payload + "\n"));
    if (formats.documents() && formats.press) {
        auto pressed = formats.press->press({.license = license.license,
                                             .payload = payload,
                                             .ofd = formats.ofd,
                                             .pdf = formats.pdf,
                                             .face = formats.face,
                                             .test = formats.test});
        if (!pressed) return tl::unexpected(pressed.error());
        for (auto& file : *pressed) drawn.files.push_back(std::move(file));
    }
    return drawn;
}

Result<WrittenCode> write_code_files(const std::filesystem::path& folder, const std::string& name,
                                     const DrawnLicense& license, const OutputFormats& formats, Sync sync) {
    auto drawn = draw_code(license, formats);
    if (!drawn) return tl::unexpected(drawn.error());
    if (auto made = make_folder(folder, sync); !made) return tl::unexpected(made.error());
    WrittenCode written{.files = {}, .qr_version = drawn->qr_version};
    for (const auto& [extension, bytes] : drawn->files) {
        const auto file = folder / (name + extension);
        if (auto done = write_if_different(file, bytes, sync); !done) return tl::unexpected(done.error());
        written.files.push_back(file.string());
    }
    return written;
}

std::filesystem::path fan_out(const std::string& name, int levels) {
    const auto digest = to_hex(sm3(as_bytes(name)));
    std::filesystem::path path;
    for (int level = 0; level < levels; ++level) path /= digest.substr(static_cast<std::size_t>(level) * 2, 2);
    return path;
}

}  // namespace elic::cli
