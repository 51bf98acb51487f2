#include "base/custody.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/system_error.h"

namespace elic {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

Status check_facts(const fs::path& path, const struct stat& facts, Owner owner) {
    const bool ours = facts.st_uid == ::geteuid() || facts.st_uid == 0;
    if (owner == Owner::us_or_root && !ours) {
        return fail(Errc::unsafe_file, path.string() + " belongs to another user (number " +
                                           std::to_string(facts.st_uid) +
                                           "), who can change it: run elic as that user, or chown it");
    }
    const bool folder_kept = S_ISDIR(facts.st_mode) && (facts.st_mode & S_ISVTX) != 0;
    if ((facts.st_mode & (S_IWGRP | S_IWOTH)) != 0 && !folder_kept) {
        return fail(Errc::unsafe_file, path.string() + " can be written by others: chmod go-w " + path.string());
    }
    return {};
}

/// The file (or what a link leads to) and its folder.
Status check_place(const fs::path& path, Owner owner) {
    struct stat facts {};
    for (const auto& each : {folder_of(path), path}) {
        if (::stat(each.c_str(), &facts) != 0) return {};  // not there: told by whoever opens it
        if (auto fine = check_facts(each, facts, owner); !fine) return fine;
    }
    return {};
}

}  // namespace

Status check_custody(const fs::path& path, Owner owner) {
    if (path.empty()) return {};
    if (auto fine = check_place(path, owner); !fine) return fine;
    std::error_code code;
    if (!fs::is_symlink(fs::symlink_status(path, code))) return {};
    // The folder that has the link was looked at above; now those on the way to what it leads to.
    fs::path link = path;
    constexpr int longest_way = 40;  // as the system follows (ELOOP)
    for (int i = 0; i < longest_way && fs::is_symlink(fs::symlink_status(link, code)); ++i) {
        const auto next = fs::read_symlink(link, code);
        if (code) return fail_io(link, "the link cannot be read", code.value());
        link = next.is_absolute() ? next : folder_of(link) / next;
        if (auto fine = check_place(link, owner); !fine) return fine;
    }
    return {};
}

Status check_secret(const fs::path& path) {
    if (auto fine = check_custody(path); !fine) return fine;
    if (!readable_by_others(path)) return {};
    return fail(Errc::unsafe_file, path.string() + " can be read or written by others: chmod 600 it");
}

Status make_private_folder(const fs::path& path) {
    if (path.has_parent_path() && !path.parent_path().empty()) {
        if (auto made = make_folders(path.parent_path()); !made) return made;
    }
    if (::mkdir(path.c_str(), 0700) == 0) return {};
    if (errno != EEXIST) return fail_io(path, "the folder cannot be made");
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode)) return fail_io(path, "is not a folder", ENOTDIR);
    return check_facts(path, facts, Owner::us_or_root);
}

}  // namespace elic
