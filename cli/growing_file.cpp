#include "growing_file.h"

#include <cstdio>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "codec/csv.h"

namespace elic::cli {

namespace {

constexpr std::size_t tar_block = 512;

tl::unexpected<Error> not_written(const std::filesystem::path& path) {
    return fail(Errc::io, escape_for_output(path.string()) + ": cannot be written");
}

}  // namespace

Result<GrowingFile> GrowingFile::create(const std::filesystem::path& path) {
    std::ofstream stream(path.string() + ".part", std::ios::binary | std::ios::trunc);
    if (!stream) return not_written(path);
    return GrowingFile(path, std::move(stream));
}

Status GrowingFile::write(std::string_view bytes) {
    stream_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return stream_ ? Status() : not_written(path_);
}

Status GrowingFile::finish(const std::vector<GrowingFile*>& files) {
    std::set<std::filesystem::path> folders;
    for (auto* file : files) {
        file->stream_.close();
        if (!file->stream_) return not_written(file->path_);
        folders.insert(file->path_.has_parent_path() ? file->path_.parent_path() : ".");
    }
    for (const auto& folder : folders) {
        if (auto synced = sync_file_system(folder); !synced) return synced;
    }
    for (auto* file : files) {
        std::error_code error;
        std::filesystem::rename(file->part(), file->path_, error);
        if (error) return not_written(file->path_);
    }
    return {};
}

Result<std::string> tar_member(const std::string& name, BytesView bytes) {
    if (name.size() > 100) return fail(Errc::bad_argument, name + ": a name in a tar has at most 100 bytes");
    std::string member(tar_block, '\0');
    const auto put = [&](std::size_t at, const std::string& text) { member.replace(at, text.size(), text); };
    char size[12];
    std::snprintf(size, sizeof size, "%011zo", bytes.size());
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, size);
    put(136, "00000000000");
    put(148, "        ");
    put(156, "0");
    put(257, std::string("ustar\0"
                         "00",
                         8));
    unsigned sum = 0;
    for (const char c : member) sum += static_cast<unsigned char>(c);
    char check[8];
    std::snprintf(check, sizeof check, "%06o", sum);
    put(148, std::string(check, 6) + std::string("\0 ", 2));
    member += as_text(bytes);
    member.resize((member.size() + tar_block - 1) / tar_block * tar_block, '\0');
    return member;
}

std::string tar_end() { return std::string(2 * tar_block, '\0'); }

std::string spreadsheet_cell(const std::string& text) {
    const bool formula = !text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
    return csv_cell(formula ? "'" + text : text);
}

}  // namespace elic::cli
