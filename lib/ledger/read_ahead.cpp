#include "ledger/read_ahead.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <sqlite3.h>

namespace elic::sqlite {

namespace {

constexpr std::int64_t block_bytes = 256 << 10;
/// Pages of other trees lie between those that are read in order. Who passes over more than this looks things up.
constexpr std::int64_t gap_bytes = 32 << 10;

/// A file of SQLite's; the real one lies behind it in the same memory.
struct File {
    sqlite3_file base = {};
    std::unique_ptr<char[]> block = {};
    std::int64_t begin = 0, end = 0;  ///< what is in the block
    std::int64_t next = 0;            ///< where the last reading past the block ended
};

static_assert(alignof(File) <= 8);  // SQLite gives no more to what it makes room for

File& of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
}

/// Does what the real file does. While this connection holds a lock to read, others write no page of the file that it
/// would read (with a log beside it: only those that it takes from the log). So what was read ahead holds until a lock
/// is taken or given back.
template <auto method, bool locks = false, class Type = decltype(method)>
struct Pass;
template <auto method, bool locks, class R, class... A>
struct Pass<method, locks, R (*sqlite3_io_methods::*)(sqlite3_file*, A...)> {
    static R call(sqlite3_file* file, A... a) {
        if constexpr (locks) of(file).begin = of(file).end = 0;
        return (real(file)->pMethods->*method)(real(file), a...);
    }
};

int close_file(sqlite3_file* file) {
    const int rc = real(file)->pMethods->xClose(real(file));
    of(file).~File();
    return rc;
}

/// Fills the block from `at` on. False: read it as if there were none.
bool fill_block(sqlite3_file* file, std::int64_t at) {
    auto& self = of(file);
    self.begin = self.end = 0;
    if (!self.block) self.block.reset(new (std::nothrow) char[block_bytes]);
    sqlite3_int64 size = 0;
    auto* const methods = real(file)->pMethods;
    if (!self.block || methods->xFileSize(real(file), &size) != SQLITE_OK || size <= at) return false;
    const auto count = std::min<std::int64_t>(block_bytes, size - at);
    if (methods->xRead(real(file), self.block.get(), static_cast<int>(count), at) != SQLITE_OK) return false;
    self.begin = at;
    self.end = at + count;
    return true;
}

int read_file(sqlite3_file* file, void* out, int count, sqlite3_int64 at) {
    auto& self = of(file);
    const auto is_there = [&] { return at >= self.begin && at + count <= self.end; };
    const auto soon_after = [&](std::int64_t end) { return end > 0 && at >= end && at < end + gap_bytes; };
    if (!is_there()) {
        const bool in_order = soon_after(self.end) || soon_after(self.next);
        self.next = at + count;
        if (!in_order || !fill_block(file, at) || !is_there()) {
            return real(file)->pMethods->xRead(real(file), out, count, at);
        }
    }
    std::memcpy(out, self.block.get() + (at - self.begin), static_cast<std::size_t>(count));
    return SQLITE_OK;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
    of(file).begin = of(file).end = 0;
    return real(file)->pMethods->xWrite(real(file), bytes, count, at);
}

using Methods = sqlite3_io_methods;
constexpr bool locks = true;
/// Of version 2: no mapped memory.
const Methods methods = {2,
                         close_file,
                         read_file,
                         write_file,
                         Pass<&Methods::xTruncate, locks>::call,
                         Pass<&Methods::xSync>::call,
                         Pass<&Methods::xFileSize>::call,
                         Pass<&Methods::xLock, locks>::call,
                         Pass<&Methods::xUnlock, locks>::call,
                         Pass<&Methods::xCheckReservedLock>::call,
                         Pass<&Methods::xFileControl>::call,
                         Pass<&Methods::xSectorSize>::call,
                         Pass<&Methods::xDeviceCharacteristics>::call,
                         Pass<&Methods::xShmMap>::call,
                         Pass<&Methods::xShmLock, locks>::call,
                         Pass<&Methods::xShmBarrier>::call,
                         Pass<&Methods::xShmUnmap, locks>::call,
                         nullptr,
                         nullptr};

sqlite3_vfs* real_vfs = nullptr;

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    // Others (the log, journals) are given the real methods: they are never read in order by one who reads the tables.
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return real_vfs->xOpen(real_vfs, name, file, flags, flags_out);
    file->pMethods = nullptr;
    const int rc = real_vfs->xOpen(real_vfs, name, real(file), flags, flags_out);
    if (rc != SQLITE_OK) return rc;
    (new (file) File)->base.pMethods = &methods;
    return rc;
}

}  // namespace

Result<const char*> read_ahead_vfs() {
    static sqlite3_vfs vfs;
    static const int registered = [] {
        real_vfs = sqlite3_vfs_find(nullptr);
        if (real_vfs == nullptr) return SQLITE_ERROR;
        vfs = *real_vfs;
        vfs.zName = "elic-read-ahead";
        vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
        vfs.pNext = nullptr;
        vfs.xOpen = open_file;
        return sqlite3_vfs_register(&vfs, 0);
    }();
    if (registered != SQLITE_OK) return fail(Errc::io, "SQLite has no file system");
    return vfs.zName;
}

}  // namespace elic::sqlite
