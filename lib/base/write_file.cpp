#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/descriptor.h"
#include "base/file.h"
#include "base/hex.h"
#include "base/process.h"
#include "base/system_error.h"

namespace elic {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

/// A name that depends neither on the length of the final name nor on what other processes do.
Result<fs::path> temporary_name(const fs::path& folder) {
    std::array<std::uint8_t, 8> random{};
    if (auto filled = fill_random(random); !filled) return tl::unexpected<Error>(filled.error());
    return folder / (".elic-" + std::to_string(::getpid()) + "-" + to_hex(random) + ".tmp");
}

bool write_all(int file, BytesView bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

bool sync(int file) {
    int outcome = ::fsync(file);
    while (outcome != 0 && errno == EINTR) outcome = ::fsync(file);
    return outcome == 0;
}

/// Errors name the file that was asked for, not the temporary one.
Status write_temporary(const fs::path& temporary, const fs::path& path, BytesView bytes, FileAccess access,
                       bool synced = true) {
    const mode_t mode = access == FileAccess::owner_only ? 0600 : 0644;
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file.open()) return fail_io(path, "cannot be created");
    if (!write_all(file.number(), bytes)) return fail_io(path, "cannot be written");
    if (synced && !sync(file.number())) return fail_io(path, "cannot be synced to disk");
    if (!file.close()) return fail_io(path, "cannot be closed");
    return {};
}

/// Puts the name into place without ever replacing.
bool rename_new(const fs::path& from, const fs::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    // File systems without the flag: a hard link does not replace either.
    if (::link(from.c_str(), to.c_str()) != 0) return false;
    ::unlink(from.c_str());
    return true;
}

/// Makes the names in a folder durable.
Status sync_folder(const fs::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open()) return fail_io(folder, "cannot be opened");
    // EINVAL: a file system that has no sync of folders.
    if (!sync(opened.number()) && errno != EINVAL) return fail_io(folder, "cannot be synced to disk");
    return {};
}

enum class Existing { replaced, kept };

Status write_beside(const fs::path& path, BytesView bytes, FileAccess access, Existing existing) {
    const fs::path folder = folder_of(path);
    const auto temporary = temporary_name(folder);
    if (!temporary) return tl::unexpected<Error>(temporary.error());
    auto written = write_temporary(*temporary, path, bytes, access);
    if (written) {
        const bool placed = existing == Existing::kept ? rename_new(*temporary, path)
                                                       : std::rename(temporary->c_str(), path.c_str()) == 0;
        if (placed) return sync_folder(folder);
        const int code = errno;
        written = existing == Existing::kept && code == EEXIST
                      ? Status(fail(Errc::already_exists, path.string() + ": exists already"))
                      : Status(fail_io(path, "cannot be put into place", code));
    }
    ::unlink(temporary->c_str());
    return written;
}

}  // namespace

Status write_file_durably(const fs::path& path, BytesView bytes, FileAccess access) {
    fs::path target = path;
    std::error_code code;
    if (fs::is_symlink(fs::symlink_status(path, code))) {
        target = fs::canonical(path, code);  // the file is replaced, not the link to it
        if (code) return fail_io(path, "the link leads nowhere", code.value());
    }
    // A rename would put a file in the place of a device such as /dev/null.
    const auto status = fs::symlink_status(target, code);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        return fail(Errc::io, path.string() + ": exists and is not a regular file");
    }
    return write_beside(target, bytes, access, Existing::replaced);
}

Status create_file_durably(const fs::path& path, BytesView bytes, FileAccess access) {
    return write_beside(path, bytes, access, Existing::kept);
}

Status write_file_unsynced(const fs::path& path, BytesView bytes) {
    const auto temporary = temporary_name(folder_of(path));
    if (!temporary) return tl::unexpected<Error>(temporary.error());
    auto written = write_temporary(*temporary, path, bytes, FileAccess::everyone, false);
    if (written) {
        if (std::rename(temporary->c_str(), path.c_str()) == 0) return {};
        written = fail_io(path, "cannot be put into place");
    }
    ::unlink(temporary->c_str());
    return written;
}

Status make_folders(const fs::path& path) {
    fs::path made;
    for (const fs::path& part : path) {
        const fs::path parent = made.empty() ? fs::path(".") : made;
        made /= part;
        if (part.empty() || part == "." || part == ".." || part == path.root_path()) continue;
        if (::mkdir(made.c_str(), 0777) == 0) {
            if (auto synced = sync_folder(parent); !synced) return synced;
            continue;
        }
        const int code = errno;
        std::error_code ignored;
        if (!fs::is_directory(made, ignored)) return fail_io(made, "the folder cannot be made", code);
    }
    return {};
}

}  // namespace elic
