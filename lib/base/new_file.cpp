#include "base/new_file.h"

#include <array>
#include <cstdio>
#include <fcntl.h>

#include "base/hex.h"
#include "base/process.h"
#include "base/system_error.h"

namespace elic {

namespace {

constexpr std::size_t held_most = 256 << 10;

/// False: errno says why not.
bool rename_new(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    // File systems without the flag: a hard link does not replace either.
    return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

}  // namespace

NewFile::NewFile(std::filesystem::path path, std::filesystem::path temporary, Descriptor file)
    : path_(std::move(path)), temporary_(std::move(temporary)), file_(std::move(file)) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      file_(std::move(other.file_)),
      held_(std::move(other.held_)) {}

NewFile::~NewFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<NewFile> NewFile::begin(const std::filesystem::path& path, FileAccess access) {
    if (file_exists(path)) return fail(Errc::already_exists, path.string() + ": exists already");
    std::array<std::uint8_t, 8> random{};
    if (auto filled = fill_random(random); !filled) return tl::unexpected(filled.error());
    const auto temporary = path.parent_path() / (".elic-" + std::to_string(::getpid()) + "-" + to_hex(random) + ".tmp");
    const mode_t mode = access == FileAccess::owner_only ? 0600 : 0644;
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file.open()) return fail_io(path, "cannot be created");
    return NewFile(path, temporary, std::move(file));
}

Status NewFile::write(std::string_view text) {
    held_ += text;
    return held_.size() < held_most ? Status() : flush();
}

Status NewFile::flush() {
    for (std::string_view rest = held_; !rest.empty();) {
        const ssize_t count = ::write(file_.number(), rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return fail_io(path_, "cannot be written");
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    held_.clear();
    return {};
}

Status NewFile::finish() {
    if (auto flushed = flush(); !flushed) return flushed;
    if (::fsync(file_.number()) != 0) return fail_io(path_, "cannot be synced to disk");
    if (!file_.close()) return fail_io(path_, "cannot be closed");
    if (!rename_new(temporary_, path_)) {
        return errno == EEXIST ? Status(fail(Errc::already_exists, path_.string() + ": exists already"))
                               : Status(fail_io(path_, "cannot be put into place"));
    }
    temporary_.clear();
    const auto folder = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path(".");
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open() || (::fsync(opened.number()) != 0 && errno != EINVAL)) {
        return fail_io(folder, "cannot be synced to disk");
    }
    return {};
}

}  // namespace elic
