#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/file.h"
#include "base/system_error.h"

// What a folder of versions needs of the operating system: names, second names, a pointer that is overwritten in place.

namespace elic {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_copied_file = std::size_t{1} << 30;

bool write_from_start(int file, BytesView bytes) {
    off_t place = 0;
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), place);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        place += count;
    }
    return true;
}

Status sync_names(const fs::path& folder) {
    const Descriptor opened(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open()) return fail_io(folder, "cannot be opened");
    // EINVAL: a file system that has no sync of folders.
    if (::fsync(opened.number()) != 0 && errno != EINVAL) return fail_io(folder, "cannot be synced to disk");
    return {};
}

}  // namespace

Result<std::vector<std::string>> list_folder(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator item(folder, error);
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
        return fail(Errc::not_found, folder.string() + ": no such folder");
    while (!error && item != fs::directory_iterator()) {
        auto name = item->path().filename().string();
        if (!name.starts_with('.')) names.push_back(std::move(name));
        item.increment(error);
    }
    if (error) return fail_io(folder, "cannot be listed", error.value());
    std::sort(names.begin(), names.end());
    return names;
}

Status overwrite_in_place(const fs::path& path, BytesView bytes) {
    const bool fresh = !file_exists(path);
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file.open()) return fail_io(path, "cannot be opened for writing");
    if (!write_from_start(file.number(), bytes)) return fail_io(path, "cannot be written");
    if (::ftruncate(file.number(), static_cast<off_t>(bytes.size())) != 0)
        return fail_io(path, "cannot be cut to size");
    if (::fsync(file.number()) != 0) return fail_io(path, "cannot be synced to disk");
    if (!file.close()) return fail_io(path, "cannot be closed");
    return fresh ? sync_names(path.parent_path()) : Status();
}

Status write_new_file(const fs::path& path, BytesView bytes) {
    Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file.open() && errno == EEXIST) return fail(Errc::already_exists, path.string() + ": exists already");
    if (!file.open()) return fail_io(path, "cannot be created");
    if (!write_from_start(file.number(), bytes)) return fail_io(path, "cannot be written");
    if (!file.close()) return fail_io(path, "cannot be closed");
    return {};
}

Status link_or_copy(const fs::path& from, const fs::path& to) {
    if (::link(from.c_str(), to.c_str()) == 0) return {};
    if (errno == EEXIST) return fail(Errc::already_exists, to.string() + ": exists already");
    auto bytes = read_file(from, max_copied_file);
    if (!bytes) return tl::unexpected(bytes.error());
    return write_new_file(to, *bytes);
}

Status sync_file_system(const fs::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open()) return fail_io(folder, "cannot be opened");
    if (::syncfs(opened.number()) != 0) return fail_io(folder, "its file system cannot be synced to disk");
    return {};
}

Status rename_folder(const fs::path& from, const fs::path& to) {
    if (file_exists(to)) return fail(Errc::already_exists, to.string() + ": exists already");
    if (std::rename(from.c_str(), to.c_str()) != 0) {
        const int code = errno;
        if (code == EEXIST || code == ENOTEMPTY) return fail(Errc::already_exists, to.string() + ": exists already");
        return fail_io(to, "cannot be put into place", code);
    }
    return sync_names(to.parent_path());
}

void remove_folder(const fs::path& folder) noexcept {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

}  // namespace elic
