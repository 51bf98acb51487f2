#include "base/file.h"
#include "elic/ledger/ledger_audit.h"
#include "ledger/ledger_impl.h"

namespace elic {

namespace {

struct FinishBackup {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

void remove_database(const std::filesystem::path& file) {
    std::error_code ignored;
    for (const auto* suffix : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(file.string() + suffix, ignored);
}

Result<sqlite::Database> open_plainly(const std::filesystem::path& file, int flags) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite::Database database(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, file.string()));
    sqlite3_busy_timeout(raw, 30000);
    return database;
}

/// All pages in one step: of one state, and writers go on meanwhile (they have the log).
Status copy_pages(sqlite3* from, const std::filesystem::path& to) {
    auto target = open_plainly(to, SQLITE_OPEN_READWRITE);
    if (!target) return tl::unexpected(target.error());
    if (auto set = sqlite::execute(target->get(), "PRAGMA synchronous = FULL", "set up"); !set) return set;
    std::unique_ptr<sqlite3_backup, FinishBackup> backup(sqlite3_backup_init(target->get(), "main", from, "main"));
    if (backup == nullptr) return tl::unexpected(sqlite::last_error(target->get(), "copy to " + to.string()));
    const int rc = sqlite3_backup_step(backup.get(), -1);
    backup.reset();
    if (rc != SQLITE_DONE) return tl::unexpected(sqlite::last_error(target->get(), "copy to " + to.string()));
    return {};
}

/// A copy under `to` that is whole and holds, or none.
Result<AuditReport> copy_checked(sqlite3* from, const std::filesystem::path& to) {
    const std::filesystem::path partial = to.string() + ".partial";
    if (file_exists(to)) return fail(Errc::already_exists, to.string() + " exists already and is not overwritten");
    remove_database(partial);
    if (auto made = create_file_durably(partial, {}, FileAccess::owner_only); !made)
        return tl::unexpected(made.error());
    auto copied = copy_pages(from, partial);
    auto report = copied ? audit_ledger(partial, {}) : Result<AuditReport>(tl::unexpected(copied.error()));
    if (report && !report->faults.empty()) {
        report = fail(Errc::ledger_unusable,
                      "the copy does not hold (" + report->faults.front().text + "): run `elic ledger audit`");
    }
    if (!report) {
        remove_database(partial);
        return report;
    }
    std::error_code error;
    std::filesystem::rename(partial, to, error);
    if (error) return fail(Errc::io, to.string() + ": " + error.message());
    if (auto synced = sync_file_system(to.parent_path().empty() ? "." : to.parent_path()); !synced) {
        return tl::unexpected(synced.error());
    }
    return report;
}

}  // namespace

Result<merkle::TreeHead> Ledger::backup(const std::filesystem::path& file) const {
    auto report = copy_checked(impl_->database.get(), file);
    if (!report) return tl::unexpected(report.error());
    // What was copied is what stands here: the tree as it was after as many events.
    auto here = head_at(report->head.size);
    if (!here) return tl::unexpected(here.error());
    if (*here == report->head && report->identity == impl_->identity) return *here;
    remove_database(file);
    return fail(Errc::io, file.string() + ": the copy is not what was copied, and was removed: try again");
}

Result<merkle::TreeHead> Ledger::restore(const std::filesystem::path& backup, const std::filesystem::path& file) {
    if (on_network_file_system(file)) {
        return fail(Errc::ledger_unusable, file.string() + " lies on a network file system: use a local disk");
    }
    auto from = open_plainly(backup, SQLITE_OPEN_READWRITE);
    if (!from) return fail_in(backup.string(), from.error());
    auto report = copy_checked(from->get(), file);
    if (!report) return tl::unexpected(report.error());
    return report->head;
}

}  // namespace elic
