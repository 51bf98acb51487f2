#include "fault/faulty_vfs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <sqlite3.h>
#include <utility>

namespace elic::fault {

namespace {

constexpr std::size_t sector = 512;

/// What the disk has of one file, as far as syncs promise it.
struct Shadow {
    std::string synced;                   ///< content after a power cut that loses all that it may
    bool exists = true;                   ///< false: deleted, and the folder was synced
    bool created = false;                 ///< its first sync takes the folder along (as SQLite's unix VFS does)
    std::optional<std::string> given_up;  ///< content when a sync failed: the kernel takes those pages for clean
};

struct World {
    std::map<std::string, Shadow> files;
    std::uint64_t count = 0, at = 0;
    Trouble trouble = Trouble::one_failure;
    Effect effect = Effect::none;
    bool fired = false, dead = false;
};
World world;

struct FaultyFile {
    sqlite3_file base;
    Shadow* shadow;  ///< null: a temporary file
    const char* name;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
FaultyFile* of(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file); }

sqlite3_vfs* real_vfs = nullptr;

/// Counts an operation; true when it must fail. `carry_out` tells whether it happens all the same.
bool must_fail(bool& carry_out) {
    carry_out = true;
    if (world.dead) {
        carry_out = false;
        return true;
    }
    if (world.at == 0 || ++world.count != world.at) return false;
    world.fired = true;
    world.dead = world.trouble == Trouble::death;
    carry_out = world.effect == Effect::done;
    return true;
}

std::string read_whole(const std::string& name) {
    std::ifstream stream(name, std::ios::binary | std::ios::ate);
    if (!stream) return {};
    std::string whole(static_cast<std::size_t>(stream.tellg()), '\0');
    stream.seekg(0);
    stream.read(whole.data(), static_cast<std::streamsize>(whole.size()));
    whole.resize(static_cast<std::size_t>(stream.gcount()));
    return whole;
}

std::string_view sector_of(const std::string& text, std::size_t begin) {
    return begin < text.size() ? std::string_view(text).substr(begin, sector) : std::string_view();
}

/// A sync that the disk obeys, but for pages that a failed sync made the kernel forget.
void persist(const FaultyFile& file) {
    const auto now = read_whole(file.name);
    auto& shadow = *file.shadow;
    if (std::exchange(shadow.created, false)) {
        for (auto& [name, other] : world.files) other.exists = std::filesystem::exists(name);
    }
    shadow.exists = true;
    if (!shadow.given_up) {
        shadow.synced = now;
        return;
    }
    std::string result = now;
    shadow.synced.resize(now.size());
    for (std::size_t at = 0; at < now.size(); at += sector) {
        if (sector_of(now, at) == sector_of(*shadow.given_up, at)) {
            const auto old = sector_of(shadow.synced, at);
            std::copy(old.begin(), old.end(), result.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    shadow.synced = result;
}

int close_file(sqlite3_file* file) {
    return of(file)->real()->pMethods != nullptr ? of(file)->real()->pMethods->xClose(of(file)->real()) : SQLITE_OK;
}
int read_some(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    return of(file)->real()->pMethods->xRead(of(file)->real(), to, size, at);
}

/// What is written again is dirty again, also when it is the same as before: the next sync takes it along.
void take_up_again(Shadow& shadow, std::string_view written, std::size_t at) {
    if (!shadow.given_up) return;
    auto& given_up = *shadow.given_up;
    for (std::size_t i = 0; i < written.size() && at + i < given_up.size(); ++i) {
        given_up[at + i] = static_cast<char>(~written[i]);  // differs from what is there now
    }
}

int write_some(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    bool carry_out = true;
    const bool failed = of(file)->shadow != nullptr && must_fail(carry_out);
    const int rc = carry_out ? of(file)->real()->pMethods->xWrite(of(file)->real(), from, size, at) : SQLITE_OK;
    if (carry_out && of(file)->shadow != nullptr) {
        const std::string_view written(static_cast<const char*>(from), static_cast<std::size_t>(size));
        take_up_again(*of(file)->shadow, written, static_cast<std::size_t>(at));
    }
    return failed ? SQLITE_IOERR_WRITE : rc;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    bool carry_out = true;
    const bool failed = of(file)->shadow != nullptr && must_fail(carry_out);
    const int rc = carry_out ? of(file)->real()->pMethods->xTruncate(of(file)->real(), size) : SQLITE_OK;
    return failed ? SQLITE_IOERR_TRUNCATE : rc;
}

int sync_file(sqlite3_file* file, int) {
    auto& faulty = *of(file);
    if (faulty.shadow == nullptr) return SQLITE_OK;
    bool carry_out = true;
    const bool failed = must_fail(carry_out);
    if (carry_out) {
        persist(faulty);
    } else if (!world.dead) {
        faulty.shadow->given_up = read_whole(faulty.name);
    }
    return failed ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return of(file)->real()->pMethods->xFileSize(of(file)->real(), size);
}
int lock_file(sqlite3_file* file, int level) { return of(file)->real()->pMethods->xLock(of(file)->real(), level); }
int unlock_file(sqlite3_file* file, int level) { return of(file)->real()->pMethods->xUnlock(of(file)->real(), level); }
int check_lock(sqlite3_file* file, int* held) {
    return of(file)->real()->pMethods->xCheckReservedLock(of(file)->real(), held);
}
int control(sqlite3_file* file, int op, void* value) {
    return of(file)->real()->pMethods->xFileControl(of(file)->real(), op, value);
}
int sector_size(sqlite3_file* file) { return of(file)->real()->pMethods->xSectorSize(of(file)->real()); }
int characteristics(sqlite3_file* file) { return of(file)->real()->pMethods->xDeviceCharacteristics(of(file)->real()); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    return of(file)->real()->pMethods->xShmMap(of(file)->real(), page, size, extend, to);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
    return of(file)->real()->pMethods->xShmLock(of(file)->real(), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) { of(file)->real()->pMethods->xShmBarrier(of(file)->real()); }
int shm_unmap(sqlite3_file* file, int remove) {
    return of(file)->real()->pMethods->xShmUnmap(of(file)->real(), remove);
}

const sqlite3_io_methods methods = {2,           close_file,  read_some,       write_some,  truncate_file,
                                    sync_file,   file_size,   lock_file,       unlock_file, check_lock,
                                    control,     sector_size, characteristics, shm_map,     shm_lock,
                                    shm_barrier, shm_unmap,   nullptr,         nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    auto& faulty = *of(file);
    faulty.base.pMethods = nullptr;
    faulty.shadow = nullptr;
    faulty.name = name;
    const bool was_there = name != nullptr && std::filesystem::exists(name);
    const int rc = real_vfs->xOpen(real_vfs, name, faulty.real(), flags, flags_out);
    if (rc != SQLITE_OK) return rc;
    faulty.base.pMethods = &methods;
    constexpr int kept = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (name == nullptr || (flags & kept) == 0) return rc;
    auto [at, is_new] = world.files.try_emplace(name);
    faulty.shadow = &at->second;
    if (is_new) {
        at->second.synced = was_there ? read_whole(name) : "";  // what a test found there counts as synced
        at->second.exists = was_there;
    }
    if (!was_there) at->second.created = true;
    return rc;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
    bool carry_out = true;
    const bool failed = must_fail(carry_out);
    int rc = SQLITE_OK;
    if (carry_out) {
        rc = real_vfs->xDelete(real_vfs, name, 0);
        if (auto at = world.files.find(name); at != world.files.end()) {
            at->second.given_up.reset();
            if (sync_folder != 0) at->second.exists = false;  // else a power cut may bring it back
        }
    }
    return failed ? SQLITE_IOERR_DELETE : rc;
}

int access_file(sqlite3_vfs*, const char* name, int flags, int* out) {
    return real_vfs->xAccess(real_vfs, name, flags, out);
}
int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
    return real_vfs->xFullPathname(real_vfs, name, size, out);
}

/// Per sector, what was synced or what was written.
std::string tear(const std::string& synced, const std::string& written, std::mt19937& random) {
    std::string result = random() % 2 == 0 ? synced : written;
    for (std::size_t at = 0; at < result.size(); at += sector) {
        const auto part = sector_of(random() % 2 == 0 ? synced : written, at);
        const auto size = std::min(part.size(), result.size() - at);
        std::copy_n(part.begin(), size, result.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return result;
}

}  // namespace

void install_faulty_vfs() {
    if (real_vfs != nullptr) return;
    real_vfs = sqlite3_vfs_find(nullptr);
    static sqlite3_vfs vfs;
    vfs = *real_vfs;
    vfs.zName = "faulty";
    vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs->szOsFile;
    vfs.pNext = nullptr;
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_name;
    sqlite3_vfs_register(&vfs, 1);
}

void arm(std::uint64_t at, Trouble trouble, Effect effect) {
    world = World{};
    world.at = at;
    world.trouble = trouble;
    world.effect = effect;
}

bool fired() { return world.fired; }

void revive() {
    world.dead = false;
    world.at = 0;
}

void cut_power(Remains remains, std::uint32_t seed) {
    std::mt19937 random(seed);
    for (auto& [name, shadow] : world.files) {
        std::filesystem::remove(name + "-shm");
        const bool there = std::filesystem::exists(name);
        if (remains == Remains::written) continue;
        const auto written = there ? read_whole(name) : std::string();
        if (!shadow.exists &&
            (!there || remains == Remains::synced || random() % 2 == 0)) {  // gone, or new and not synced
            std::filesystem::remove(name);
            continue;
        }
        // A deletion that the folder's sync did not follow: the file may be back.
        if (!there && remains == Remains::torn && random() % 2 == 0) continue;
        const auto content =
            remains == Remains::synced || !there ? shadow.synced : tear(shadow.synced, written, random);
        std::ofstream(name, std::ios::binary | std::ios::trunc) << content;
    }
    world.files.clear();
    revive();
}

}  // namespace elic::fault
