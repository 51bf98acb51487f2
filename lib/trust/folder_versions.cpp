#include "trust/folder_versions.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/file.h"
#include "base/hex.h"
#include "base/process.h"
#include "trust/folder_names.h"

namespace elic {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view pointer_head = "elic trust folder 1\nversion ";
constexpr std::size_t version_digits = 6;
constexpr std::uint64_t max_version = 999999;
constexpr std::uint64_t versions_before = 2;  ///< kept beside the current one, for who has them open
constexpr std::size_t max_depth = 4;          ///< steps of the longest name
constexpr std::size_t max_pointer_file = 4096;

/// A version's number from its text; 0 for anything else.
std::uint64_t version_in(std::string_view text) {
    if (text.size() != version_digits) return 0;
    std::uint64_t number = 0;
    for (char c : text) {
        if (c < '0' || c > '9') return 0;
        number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return number;
}

fs::path version_path(const fs::path& folder, std::uint64_t number) {
    return folder / "versions" / version_text(number);
}

/// The version that the pointer names; 0 when it is damaged or not there.
std::uint64_t pointed_version(const fs::path& folder) {
    const auto bytes = read_file(folder / "current", max_pointer_file);
    if (!bytes) return 0;
    const auto text = as_text(*bytes);
    if (text.size() != pointer_head.size() + version_digits + 1 || !text.starts_with(pointer_head)) return 0;
    return text.back() == '\n' ? version_in(text.substr(pointer_head.size(), version_digits)) : 0;
}

std::string pointer_to(std::uint64_t number) { return std::string(pointer_head) + version_text(number) + "\n"; }

/// The numbers of complete versions, ascending. Errors: not_found, io.
Result<std::vector<std::uint64_t>> complete_versions(const fs::path& folder) {
    auto names = list_folder(folder / "versions");
    if (!names) return tl::unexpected(names.error());
    std::vector<std::uint64_t> numbers;
    for (const auto& name : *names) {
        if (const auto number = version_in(name); number != 0) numbers.push_back(number);
    }
    return numbers;
}

/// Names of files below a folder; folders that cannot be names are not gone into.
Status collect(const fs::path& folder, const std::string& prefix, std::size_t depth, std::set<std::string>& files) {
    auto names = list_folder(folder);
    if (!names) return names.error().code == Errc::not_found ? Status() : Status(tl::unexpected(names.error()));
    for (const auto& name : *names) {
        const auto path = prefix + name;
        if (read_folder_name(path)) {
            files.insert(path);
        } else if (depth > 1 && name.find('.') == std::string::npos) {
            if (auto inside = collect(folder / name, path + "/", depth - 1, files); !inside) return inside;
        }
    }
    return {};
}

/// Fills a folder that nobody reads yet.
Status fill(const fs::path& part, const NextVersion& next) {
    std::set<fs::path> made;
    const auto make_place = [&](const fs::path& file) -> Status {
        if (!made.insert(file.parent_path()).second) return {};
        std::error_code error;
        fs::create_directories(file.parent_path(), error);
        return error ? Status(fail(Errc::io,
                                   file.parent_path().string() + ": the folder cannot be made: " + error.message()))
                     : Status();
    };
    for (const auto& [name, bytes] : next.written) {
        if (auto placed = make_place(part / name); !placed) return placed;
        if (auto written = write_new_file(part / name, bytes); !written) return written;
    }
    for (const auto& name : next.kept) {
        if (auto placed = make_place(part / name); !placed) return placed;
        if (auto linked = link_or_copy(next.base->path / name, part / name); !linked) return linked;
    }
    return sync_file_system(part);
}

/// Old versions go, and what broken-off changes left. A failure costs room, nothing else.
void clean_up(const fs::path& folder, std::uint64_t current) {
    const auto names = list_folder(folder / "versions");
    if (!names) return;
    for (const auto& name : *names) {
        const auto number = version_in(std::string_view(name).substr(0, std::min(name.size(), version_digits)));
        if (number == 0) continue;
        const bool complete = name.size() == version_digits;
        const bool left_over = name.ends_with(".part") && number <= current;
        if (left_over || (complete && number + versions_before < current)) remove_folder(folder / "versions" / name);
    }
}

/// A name that no other change uses, whatever number it is for.
Result<fs::path> part_path(const fs::path& folder, std::uint64_t number) {
    std::array<std::uint8_t, 4> random{};
    if (auto filled = fill_random(random); !filled) return tl::unexpected(filled.error());
    return folder / "versions" / (version_text(number) + "-" + to_hex(random) + ".part");
}

}  // namespace

std::string version_text(std::uint64_t number) {
    auto digits = std::to_string(number);
    return std::string(version_digits - std::min(version_digits, digits.size()), '0') + digits;
}

Result<FolderVersion> current_version(const fs::path& folder) {
    if (const auto number = pointed_version(folder); number != 0) {
        if (auto path = version_path(folder, number); file_exists(path)) {
            return FolderVersion{.number = number, .path = std::move(path)};
        }
    }
    auto newest = newest_version(folder);
    if (!newest) return tl::unexpected(newest.error());
    if (*newest) return **newest;
    const bool older = file_exists(folder / "trust.elic");
    return fail(Errc::not_found,
                folder.string() + (older ? " is a trust folder of version 0: build it anew with `elic trust build`"
                                         : " holds no trust list: ask its operator for the trust folder"));
}

Result<std::optional<FolderVersion>> newest_version(const fs::path& folder) {
    auto numbers = complete_versions(folder);
    if (!numbers && numbers.error().code != Errc::not_found) return tl::unexpected(numbers.error());
    if (!numbers || numbers->empty()) return std::optional<FolderVersion>();
    const auto number = numbers->back();
    return std::optional(FolderVersion{.number = number, .path = version_path(folder, number)});
}

Result<std::set<std::string>> files_of(const FolderVersion& version) {
    std::set<std::string> files;
    if (auto all = collect(version.path, "", max_depth, files); !all) return tl::unexpected(all.error());
    return files;
}

Result<FolderVersion> publish_version(const fs::path& folder, const NextVersion& next) {
    const auto number = next.base ? next.base->number + 1 : 1;
    if (number > max_version) return fail(Errc::limit_exceeded, folder.string() + ": no version number is left");
    if (auto made = make_folders(folder / "versions"); !made) return tl::unexpected(made.error());
    auto part = part_path(folder, number);
    if (!part) return tl::unexpected(part.error());
    if (auto made = make_folders(*part); !made) return tl::unexpected(made.error());
    FolderVersion version{.number = number, .path = version_path(folder, number)};
    auto done = fill(*part, next);
    if (done) done = rename_folder(*part, version.path);
    if (!done) {
        remove_folder(*part);
        if (done.error().code != Errc::already_exists) return tl::unexpected(done.error());
        return fail(Errc::already_exists,
                    folder.string() + ": somebody else changed the trust folder meanwhile: do it again");
    }
    // Somebody quicker may have gone on from this version already: the pointer never goes back.
    if (pointed_version(folder) < number || !file_exists(version_path(folder, pointed_version(folder)))) {
        if (auto pointed = overwrite_in_place(folder / "current", as_bytes(pointer_to(number))); !pointed) {
            return tl::unexpected(pointed.error());
        }
    }
    clean_up(folder, number);
    return version;
}

}  // namespace elic
