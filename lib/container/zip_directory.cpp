#include "container/zip_directory.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "container/zip_name.h"

namespace elic {

namespace {

constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::uint32_t entry_mark = 0x02014b50;
constexpr std::uint32_t local_mark = 0x04034b50;
constexpr std::uint32_t end64_mark = 0x06064b50;
constexpr std::uint32_t locator64_mark = 0x07064b50;
constexpr std::uint64_t end_size = 22;
constexpr std::uint64_t entry_size = 46;
constexpr std::uint64_t local_size = 30;
constexpr std::uint64_t end64_size = 56;
constexpr std::uint64_t locator64_size = 20;
constexpr std::uint64_t longest_comment = 65535;
constexpr std::uint64_t longest_descriptor = 24;
constexpr std::uint16_t flag_encrypted = 1U << 0;
constexpr std::uint16_t flag_descriptor = 1U << 3;
constexpr std::uint16_t flag_strong = 1U << 6;
constexpr std::uint16_t flag_hidden = 1U << 13;
constexpr std::uint16_t extra64 = 1;
constexpr std::uint32_t none32 = 0xFFFFFFFF;
constexpr std::uint32_t none16 = 0xFFFF;

tl::unexpected<Error> refuse(std::string what) { return fail(Errc::malformed_archive, std::move(what)); }

std::string shown(std::string_view name) { return "'" + escape_for_output(name) + "'"; }

/// What the end of the directory says.
struct End {
    std::uint64_t at = 0;       ///< where the directory ends
    std::uint64_t entries = 0;  ///< number
    std::uint64_t size = 0;     ///< of the directory
    std::uint64_t offset = 0;   ///< of the directory, counted from the archive's begin
    bool whole = true;          ///< nothing follows
};

/// The end that reaches to the last byte, or else the last one before bytes that do not belong there.
std::optional<std::uint64_t> find_end(BytesView file, bool& whole) {
    if (file.size() < end_size) return {};
    const std::uint64_t last = file.size() - end_size;
    const std::uint64_t first = last > 2 * longest_comment ? last - 2 * longest_comment : 0;
    std::optional<std::uint64_t> candidate;
    for (std::uint64_t at = last + 1; at-- > first;) {
        if (file[at] != 'P' || zip_u32(file, at) != end_mark) continue;
        const std::uint64_t end = at + end_size + zip_u16(file, at + 20);
        whole = end == file.size();
        if (whole) return at;
        if (end < file.size() && !candidate) candidate = at;
    }
    return candidate;
}

/// The 64-bit end, where there is one: it may say more than the short one, but nothing else.
Status read_end64(BytesView file, std::uint64_t at, End& end) {
    if (at < locator64_size || zip_u32(file, at - locator64_size) != locator64_mark) {
        const bool needed = end.entries == none16 || end.size == none32 || end.offset == none32;
        return needed ? Status(refuse("the 64-bit end of the directory is missing")) : Status();
    }
    if (at < locator64_size + end64_size) return refuse("the 64-bit end of the directory is missing");
    const auto found = at - locator64_size - end64_size;  // no extensible data: nobody writes any
    if (zip_u32(file, found) != end64_mark || zip_u64(file, found + 4) != end64_size - 12) {
        return refuse("the 64-bit end of the directory is not where it is said to be");
    }
    if (zip_u32(file, found + 16) != 0 || zip_u32(file, found + 20) != 0 || zip_u32(file, at - 16) != 0 ||
        zip_u32(file, at - 4) > 1 || zip_u64(file, found + 24) != zip_u64(file, found + 32)) {
        return refuse("several volumes");
    }
    const auto take = [](std::uint64_t& value, std::uint64_t none, std::uint64_t said) {
        if (value != none && value != said) return false;
        value = said;
        return true;
    };
    if (!take(end.entries, none16, zip_u64(file, found + 32)) || !take(end.size, none32, zip_u64(file, found + 40)) ||
        !take(end.offset, none32, zip_u64(file, found + 48))) {
        return refuse("the 64-bit end of the directory disagrees with the other");
    }
    if (zip_u64(file, at - 12) > found) return refuse("the 64-bit end of the directory is not where it is said to be");
    end.at = found;
    return {};
}

Result<End> read_end(BytesView file) {
    End end;
    const auto at = find_end(file, end.whole);
    if (!at) return refuse("no ZIP file: the end of the directory is missing");
    if (zip_u16(file, *at + 4) != 0 || zip_u16(file, *at + 6) != 0 ||
        zip_u16(file, *at + 8) != zip_u16(file, *at + 10)) {
        return refuse("several volumes");
    }
    end.at = *at;
    end.entries = zip_u16(file, *at + 10);
    end.size = zip_u32(file, *at + 12);
    end.offset = zip_u32(file, *at + 16);
    if (auto read = read_end64(file, *at, end); !read) return tl::unexpected<Error>(read.error());
    if (end.size > end.at || end.offset > end.at - end.size) return refuse("the directory does not fit in the file");
    return end;
}

/// The 64-bit sizes of an entry, where the short ones say that they are elsewhere.
Status read_extra(BytesView extra, ZipEntry& entry) {
    for (std::size_t at = 0; at + 4 <= extra.size();) {
        const auto id = zip_u16(extra, at);
        const std::size_t size = zip_u16(extra, at + 2);
        at += 4;
        if (size > extra.size() - at) return refuse(shown(entry.name) + ": an extra field is cut");
        if (id == extra64) {
            std::size_t from = at;
            for (auto* value : {&entry.size, &entry.packed, &entry.header}) {
                const bool elsewhere = *value == none32;
                if (from + 8 > at + size) {
                    if (elsewhere) return refuse(shown(entry.name) + ": a 64-bit size is missing");
                    continue;
                }
                // Some writers say every size twice; then it must be the same.
                if (!elsewhere && size < 16) continue;
                const auto said = zip_u64(extra, from);
                if (!elsewhere && said != *value) return refuse(shown(entry.name) + ": its 64-bit sizes disagree");
                *value = said;
                from += 8;
            }
        }
        at += size;
    }
    return {};
}

/// Reads one entry of the directory and goes behind it.
Result<ZipEntry> read_entry(BytesView file, std::uint64_t& at, const End& end) {
    if (at + entry_size > end.at || zip_u32(file, at) != entry_mark) return refuse("the directory is damaged");
    ZipEntry entry;
    entry.flags = static_cast<std::uint16_t>(zip_u16(file, at + 8));
    entry.method = static_cast<std::uint16_t>(zip_u16(file, at + 10));
    entry.crc = zip_u32(file, at + 16);
    entry.packed = zip_u32(file, at + 20);
    entry.size = zip_u32(file, at + 24);
    const std::uint64_t name = zip_u16(file, at + 28);
    const std::uint64_t extra = zip_u16(file, at + 30);
    const std::uint64_t comment = zip_u16(file, at + 32);
    const auto volume = zip_u16(file, at + 34);
    entry.header = zip_u32(file, at + 42);
    at += entry_size;
    if (name + extra + comment > end.at - at) return refuse("the directory is damaged");
    entry.name = std::string(as_text(file.subspan(at, name)));
    if (volume != 0) return refuse("several volumes");
    if (auto read = read_extra(file.subspan(at + name, extra), entry); !read) {
        return tl::unexpected<Error>(read.error());
    }
    at += name + extra + comment;
    return entry;
}

Status check_entry(const ZipEntry& entry, const ZipLimits& limits) {
    const auto name = shown(entry.path);
    if ((entry.flags & (flag_encrypted | flag_strong | flag_hidden)) != 0) return refuse(name + ": encrypted");
    if (entry.method != 0 && entry.method != 8) {
        return refuse(name + ": packed by method " + std::to_string(entry.method));
    }
    if (entry.folder && (entry.size != 0 || entry.packed > 2)) return refuse(name + ": a folder with content");
    if (entry.method == 0 && entry.size != entry.packed) return refuse(name + ": stored, but its two sizes differ");
    if (entry.size > limits.entry) {
        return fail(Errc::limit_exceeded, name + ": more than " + std::to_string(limits.entry) + " bytes");
    }
    if (entry.size > limits.ratio_from && entry.size / limits.ratio > entry.packed) {
        return fail(Errc::limit_exceeded, name + ": unpacks to more than " + std::to_string(limits.ratio) + " times");
    }
    return {};
}

/// One path for one entry, and no file where another has a folder.
Status check_names(const std::vector<ZipEntry>& entries) {
    std::set<std::string> files;
    std::set<std::string> folders;
    for (const auto& entry : entries) {
        const auto folded = fold_case(entry.path);
        if (!entry.folder && !files.insert(folded).second) return refuse(shown(entry.path) + ": stands twice");
        if (entry.folder) folders.insert(folded);
        for (auto end = folded.find('/'); end != std::string::npos; end = folded.find('/', end + 1)) {
            folders.insert(folded.substr(0, end));
        }
    }
    for (const auto& folder : folders) {
        if (files.contains(folder)) return refuse(shown(folder) + ": a file and a folder");
    }
    return {};
}

}  // namespace

Result<ZipDirectory> read_zip_directory(BytesView file, const ZipLimits& limits) {
    if (file.size() > limits.file) {
        return fail(Errc::limit_exceeded, "a file of more than " + std::to_string(limits.file) + " bytes");
    }
    const auto end = read_end(file);
    if (!end) return tl::unexpected<Error>(end.error());
    if (end->entries > limits.entries) {
        return fail(Errc::limit_exceeded, "more than " + std::to_string(limits.entries) + " entries");
    }
    ZipDirectory directory;
    directory.begin = end->at - end->size;
    directory.base = directory.begin - end->offset;
    if (!end->whole) directory.warnings.emplace_back("bytes follow the end of the archive");
    if (directory.base != 0) directory.warnings.emplace_back("bytes stand before the archive");
    std::uint64_t at = directory.begin;
    std::uint64_t total = 0;
    for (std::uint64_t n = 0; n < end->entries; ++n) {
        auto entry = read_entry(file, at, *end);
        if (!entry) return tl::unexpected<Error>(entry.error());
        for (const auto& step : {read_zip_name(*entry, limits, directory.warnings), check_entry(*entry, limits)}) {
            if (!step) return tl::unexpected<Error>(step.error());
        }
        total += entry->size;
        if (total > limits.total) {
            return fail(Errc::limit_exceeded, "unpacks to more than " + std::to_string(limits.total) + " bytes");
        }
        directory.entries.push_back(std::move(*entry));
    }
    if (at != end->at) return refuse("the directory has more than it says");
    if (auto names = check_names(directory.entries); !names) return tl::unexpected<Error>(names.error());
    return directory;
}

namespace {

/// The sizes that a local header gives; 64-bit ones must not disagree with the directory.
Status check_local_sizes(BytesView file, const ZipEntry& entry, std::uint64_t header, std::uint64_t extra_at,
                         std::uint64_t extra_size, bool& agrees) {
    ZipEntry local;
    local.name = entry.name;
    local.crc = zip_u32(file, header + 14);
    local.packed = zip_u32(file, header + 18);
    local.size = zip_u32(file, header + 22);
    local.header = 0;
    const bool wide = local.packed == none32 || local.size == none32;
    if (auto read = read_extra(file.subspan(extra_at, extra_size), local); !read) return read;
    const bool later = (entry.flags & flag_descriptor) != 0;
    const auto same = [&](std::uint64_t said, std::uint64_t real) { return said == real || (later && said == 0); };
    const bool sizes = same(local.packed, entry.packed) && same(local.size, entry.size);
    if (wide && !sizes) return refuse(shown(entry.path) + ": its 64-bit sizes disagree");
    agrees = agrees && sizes && same(local.crc, entry.crc);
    return {};
}

Status check_local_header(BytesView file, ZipDirectory& directory, ZipEntry& entry) {
    const auto name = shown(entry.path);
    if (entry.header > directory.begin || directory.base > directory.begin - entry.header ||
        directory.begin - directory.base - entry.header < local_size) {
        return refuse(name + ": its header lies outside");
    }
    entry.header += directory.base;
    const auto header = entry.header;
    if (zip_u32(file, header) != local_mark) return refuse(name + ": its header is missing");
    const std::uint64_t name_size = zip_u16(file, header + 26);
    const std::uint64_t extra_size = zip_u16(file, header + 28);
    const std::uint64_t room = directory.begin - header - local_size;
    if (name_size + extra_size > room || entry.packed > room - name_size - extra_size) {
        return refuse(name + ": its bytes lie outside");
    }
    if (as_text(file.subspan(header + local_size, name_size)) != entry.name) {
        return refuse(name + ": its header has another name");
    }
    bool agrees = zip_u16(file, header + 8) == entry.method && zip_u16(file, header + 6) == entry.flags;
    const auto extra_at = header + local_size + name_size;
    if (auto sizes = check_local_sizes(file, entry, header, extra_at, extra_size, agrees); !sizes) return sizes;
    if (!agrees) directory.warnings.push_back(name + ": its header disagrees with the directory");
    entry.data = extra_at + extra_size;
    return {};
}

}  // namespace

Status check_local_headers(BytesView file, ZipDirectory& directory) {
    for (auto& entry : directory.entries) {
        if (auto checked = check_local_header(file, directory, entry); !checked) return checked;
    }
    std::vector<const ZipEntry*> in_order;
    for (const auto& entry : directory.entries) in_order.push_back(&entry);
    std::sort(in_order.begin(), in_order.end(),
              [](const ZipEntry* a, const ZipEntry* b) { return a->header < b->header; });
    std::uint64_t at = directory.base;
    bool descriptor = false;
    const auto leave_gap = [&](std::uint64_t to) {
        if (to - at <= (descriptor ? longest_descriptor : 0)) return;
        directory.warnings.push_back(std::to_string(to - at) + " bytes at " + std::to_string(at) +
                                     " belong to no entry");
    };
    for (const auto* entry : in_order) {
        if (entry->header < at) return refuse(shown(entry->path) + ": overlaps another entry");
        leave_gap(entry->header);
        at = entry->data + entry->packed;
        descriptor = (entry->flags & flag_descriptor) != 0;
    }
    leave_gap(directory.begin);
    return {};
}

}  // namespace elic
