#include "output_files.h"

#include "base/file.h"
#include "elic/qr/draw.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_output_file = 8 << 20;

Status write_if_different(const std::filesystem::path& file, BytesView bytes) {
    auto there = read_file(file, max_output_file);
    if (there && std::equal(there->begin(), there->end(), bytes.begin(), bytes.end())) return {};
    return write_file_durably(file, bytes);
}

}  // namespace

Result<OutputFormats> parse_formats(const std::string& list) {
    OutputFormats formats;
    std::size_t start = 0;
    while (start <= list.size()) {
        const auto end = std::min(list.find(',', start), list.size());
        const auto name = list.substr(start, end - start);
        bool* format = name == "png"   ? &formats.png
                       : name == "svg" ? &formats.svg
                       : name == "txt" ? &formats.txt
                                       : nullptr;
        if (format == nullptr)
            return fail(Errc::bad_argument,
                        "--format " + name + ": png, svg and txt are known (ofd, pdf and face are not made yet)");
        *format = true;
        start = end + 1;
    }
    return formats;
}

Result<WrittenCode> write_code_files(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& payload, const OutputFormats& formats) {
    auto modules = draw_qr(payload);
    if (!modules) return tl::unexpected(modules.error());
    if (auto made = make_folders(folder); !made) return tl::unexpected(made.error());
    WrittenCode written{.files = {}, .qr_version = modules->version};
    const auto write = [&](const char* extension, BytesView bytes) -> Status {
        const auto file = folder / (name + extension);
        written.files.push_back(file.string());
        return write_if_different(file, bytes);
    };
    const QrLook look{.test = formats.test};
    if (formats.png) {
        auto png = qr_png(*modules, look);
        if (!png) return tl::unexpected(png.error());
        if (auto done = write(".png", *png); !done) return tl::unexpected(done.error());
    }
    if (formats.svg) {
        if (auto done = write(".svg", as_bytes(qr_svg(*modules, look))); !done) return tl::unexpected(done.error());
    }
    if (formats.txt) {
        if (auto done = write(".txt", as_bytes(payload + "\n")); !done) return tl::unexpected(done.error());
    }
    return written;
}

}  // namespace elic::cli
