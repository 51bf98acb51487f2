#include <algorithm>
#include <array>
#include <thread>

#include "base/hex.h"
#include "ledger/audit_events.h"
#include "ledger/audit_leaves.h"
#include "ledger/ledger_holdings.h"
#include "ledger/read_ahead.h"

namespace elic {

namespace {

using audit::add_fault;
using audit::Known;
using audit::Stretch;

constexpr std::int64_t shape = 3;
constexpr int busy_milliseconds = 30000;

Result<sqlite::Database> open_reader(const std::filesystem::path& file) {
    auto vfs = sqlite::read_ahead_vfs();
    if (!vfs) return tl::unexpected(vfs.error());
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, *vfs);
    sqlite::Database database(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, file.string(), Errc::ledger_unusable));
    sqlite3_busy_timeout(raw, busy_milliseconds);
    auto set = sqlite::execute(raw, "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -4096",
                               "set up");
    if (!set) return tl::unexpected(set.error());
    return database;
}

Result<std::int64_t> number(sqlite3* database, const char* sql) {
    auto row = sqlite::Statement::prepare(database, sql);
    if (!row) return tl::unexpected(row.error());
    auto step = row->step();
    if (!step) return tl::unexpected(step.error());
    return *step ? row->integer(0) : 0;
}

/// One audit: what it reads, and what it has found so far.
struct Audit {
    const std::filesystem::path& file;
    const AuditPlan& plan;
    sqlite::Database database = {};
    std::optional<sqlite::Reading> reading = {};  ///< what stood there at the beginning; until `survey` ends
    Known known = {};
    std::vector<Stretch> stretches = {};
    AuditReport report = {};
    std::vector<Digest> tiles = {};  ///< of the first level, computed
    struct StoredTile {
        std::int64_t position = 0;
        std::optional<Digest> hash = {};
    };
    std::array<std::vector<StoredTile>, 7> stored_tiles = {};  ///< by level, from the first on
    std::map<std::uint64_t, Digest> roots = {};                ///< by size
    std::map<std::string, std::int64_t, std::less<>> kinds = {};
    audit::FoundRows found = {};  ///< holders and numbers that ought to be looked up
    audit::FoundRows there = {};  ///< and that are
    std::vector<audit::IndexCount> indexes = {};

    Status open();
    Status read_office();
    Status read_known();
    Status survey();
    Status read_tiles();
    Status read_events();
    void join();
    void compare_tiles();
    void compare_checkpoints();
    Status compare_leaves();
    void settle();
};

Status Audit::open() {
    auto opened = open_reader(file);
    if (!opened) return tl::unexpected(opened.error());
    database = std::move(*opened);
    auto begun = sqlite::Reading::begin(database.get());
    if (!begun) return tl::unexpected(begun.error());
    reading.emplace(std::move(*begun));
    auto version = number(database.get(), "PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    if (*version == shape) return {};
    return fail(Errc::ledger_unusable, file.string() + " is no ledger of shape 3" +
                                           (*version < shape ? ": run `elic ledger migrate` first" : ""));
}

Status Audit::read_office() {
    auto row = sqlite::Statement::prepare(database.get(), "SELECT number, identity, format FROM office");
    if (!row) return tl::unexpected(row.error());
    auto step = row->step();
    if (!step) return tl::unexpected(step.error());
    const auto identity = *step ? row->text_in_place(1) : std::string_view();
    if (identity.size() != report.identity.size()) {
        add_fault(report.faults, {.kind = "office", .text = "the row of the office is missing or damaged"});
        return {};
    }
    std::copy(identity.begin(), identity.end(), report.identity.begin());
    known.office = row->integer(0);
    report.office = static_cast<int>(known.office);
    auto more = row->step();
    if (more && *more) add_fault(report.faults, {.kind = "office", .text = "the office has more than one row"});
    return {};
}

Status Audit::read_known() {
    auto last = number(database.get(), "SELECT coalesce(max(number), 0) FROM events");
    auto first = last ? number(database.get(), "SELECT coalesce(min(number), 1) FROM events") : last;
    if (!first) return tl::unexpected(first.error());
    known.last = *last;
    if (*first < 1) {
        add_fault(report.faults,
                  {.first = *first, .last = *first, .kind = "law", .text = "events are numbered from 1"});
    }
    auto rows = sqlite::Statement::prepare(
        database.get(),
        "SELECT number, kind, at, counter, list_index, publication, revision FROM events WHERE kind = "
        "'published' UNION ALL SELECT number, kind, at, counter, list_index, publication, revision FROM "
        "events WHERE kind = 'skipped'");
    if (!rows) return tl::unexpected(rows.error());
    for (;;) {
        auto row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        if (rows->text_in_place(1) == "published") {
            known.publications[rows->integer(0)] = {.at = rows->integer(2)};
        } else {
            known.skips[rows->integer(0)] = {.counter = rows->integer(3),
                                             .list_index = rows->integer(4),
                                             .publication = rows->integer(5),
                                             .revision = rows->integer(6)};
        }
    }
    for (const auto& checkpoint : plan.against) {
        if (checkpoint.head.size <= static_cast<std::uint64_t>(known.last)) known.sizes.push_back(checkpoint.head.size);
    }
    known.sizes.push_back(static_cast<std::uint64_t>(known.last));
    std::sort(known.sizes.begin(), known.sizes.end());
    return {};
}

/// What is asked of whole tables. One thread does it, on what stood there at the beginning, while others already go
/// through the events. The transaction then ends: whoever opens the ledger waits for it, and all who issue with him.
Status Audit::survey() {
    auto fine = audit::check_moves(database.get(), report.faults);
    if (fine) fine = audit::check_publications(database.get(), known, report.faults);
    if (fine) fine = audit::check_tables(database.get(), report.faults);
    if (!fine) return fine;
    auto counted = audit::count_indexes(database.get());
    if (!counted) return tl::unexpected(counted.error());
    indexes = std::move(*counted);
    auto rows = audit::count_found(database.get());
    if (!rows) return tl::unexpected(rows.error());
    there = *rows;
    auto read = read_tiles();
    reading.reset();
    return read;
}

Status Audit::read_events() {
    for (std::int64_t begin = 1; begin <= known.last; begin += audit::stretch_events) {
        stretches.push_back({.begin = begin, .end = std::min(begin + audit::stretch_events, known.last + 1)});
    }
    const auto hands = std::clamp<std::size_t>(static_cast<std::size_t>(std::max(plan.threads, 1)), 1,
                                               std::max<std::size_t>(stretches.size(), 1));
    std::atomic<std::size_t> next{0};
    std::vector<Status> done(hands);
    std::vector<audit::FoundRows> found_by(hands);
    const auto work = [&](std::size_t hand) {
        auto reader = open_reader(file);
        if (!reader) {
            done[hand] = tl::unexpected(reader.error());
            return;
        }
        audit::Walker walker(reader->get(), known, found_by[hand]);
        for (auto i = next++; i < stretches.size() && done[hand]; i = next++) {
            done[hand] = walker.go_through(stretches[i]);
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t hand = 1; hand < hands; ++hand) threads.emplace_back(work, hand);
    const auto surveyed = survey();
    if (!surveyed) next = stretches.size();  // there is no answer to be had
    work(0);
    for (auto& thread : threads) thread.join();
    if (!surveyed) return surveyed;
    for (std::size_t hand = 0; hand < hands; ++hand) {
        if (!done[hand]) return done[hand];
        found.holdings += found_by[hand].holdings;
        found.numbers += found_by[hand].numbers;
    }
    return {};
}

/// Puts the stretches together: the tiles, the roots at the sizes that are wanted, the order across them.
void Audit::join() {
    merkle::Frontier frontier;
    std::optional<std::int64_t> index;
    if (known.sizes.front() == 0) roots[0] = merkle::empty_root();
    for (auto& stretch : stretches) {
        for (const auto& [size, rest] : stretch.at_size) {
            auto whole = frontier;
            const auto here = std::min<std::size_t>(
                static_cast<std::size_t>((size - static_cast<std::uint64_t>(stretch.begin) + 1) / audit::tile_events),
                stretch.tiles.size());
            for (std::size_t i = 0; i < here; ++i) whole.add(stretch.tiles[i]);
            merkle::Frontier edge;
            for (const auto& leaf : rest) edge.add(leaf);
            auto parts = whole.complete();
            parts.insert(parts.end(), edge.complete().begin(), edge.complete().end());
            roots[size] = parts.empty() ? merkle::empty_root() : merkle::fold(parts);
        }
        for (const auto& tile : stretch.tiles) frontier.add(tile);
        tiles.insert(tiles.end(), stretch.tiles.begin(), stretch.tiles.end());
        if (index && stretch.first_index && *stretch.first_index <= *index) {
            add_fault(report.faults, {.first = stretch.first_reservation,
                                      .last = stretch.first_reservation,
                                      .kind = "law",
                                      .text = "its status entry does not come after the one given away before"});
        }
        if (stretch.last_index) index = stretch.last_index;
        for (const auto& [kind, count] : stretch.kinds) kinds[kind] += count;
        for (auto& fault : stretch.faults) add_fault(report.faults, std::move(fault));
        stretch.faults.clear();
    }
    report.head = {.size = static_cast<std::uint64_t>(known.last),
                   .root = roots[static_cast<std::uint64_t>(known.last)]};
}

/// As many of each level as there ought to be, and one more if it is there.
Status Audit::read_tiles() {
    auto rows = sqlite::Statement::prepare(
        database.get(), "SELECT hash, position FROM tiles WHERE level = ? ORDER BY position LIMIT ?");
    if (!rows) return tl::unexpected(rows.error());
    auto expected = known.last;
    for (std::size_t level = 0; level < stored_tiles.size(); ++level) {
        expected /= audit::tile_events;
        rows->again();
        rows->bind(static_cast<std::int64_t>(level) + 1).bind(expected + 1);
        for (;;) {
            auto row = rows->step();
            if (!row) return tl::unexpected(row.error());
            if (!*row) break;
            stored_tiles[level].push_back({.position = rows->integer(1), .hash = rows->digest(0)});
        }
    }
    rows->again();
    return {};
}

void Audit::compare_tiles() {
    auto computed = tiles;
    std::int64_t covered = 1;
    for (const auto& stored : stored_tiles) {
        covered *= audit::tile_events;
        const auto tell = [&](std::size_t position, const char* text) {
            const auto first = static_cast<std::int64_t>(position) * covered + 1;
            add_fault(report.faults, {.first = first, .last = first + covered - 1, .kind = "tree", .text = text});
        };
        std::size_t alike = 0;
        while (alike < std::min(stored.size(), computed.size()) &&
               stored[alike].position == static_cast<std::int64_t>(alike) && stored[alike].hash == computed[alike]) {
            ++alike;
        }
        if (alike < std::min(stored.size(), computed.size())) {
            tell(alike, "the tile over these events is not what they come to");
        } else if (alike < computed.size()) {
            tell(alike, "the tile is missing");
        } else if (alike < stored.size()) {
            tell(alike, "a tile is there over events that are not, or not all of them");
        }
        std::vector<Digest> above;
        for (std::size_t i = 0; i + audit::tile_events <= computed.size(); i += audit::tile_events) {
            above.push_back(merkle::root_of(std::span(computed).subspan(i, audit::tile_events)));
        }
        computed = std::move(above);
    }
}

void Audit::compare_checkpoints() {
    auto sorted = plan.against;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.head.size < b.head.size; });
    for (const auto& checkpoint : sorted) {
        const auto size = static_cast<std::int64_t>(checkpoint.head.size);
        const auto of = "the checkpoint of " + checkpoint.at.format() + " ";
        if (checkpoint.origin.identity != report.identity || checkpoint.origin.office != report.office) {
            add_fault(report.faults, {.first = report.compared_up_to == 0 ? 1 : 0,
                                      .kind = "checkpoint",
                                      .text = of + "is of ledger " + checkpoint.origin.text() + ", this one is " +
                                              to_hex(report.identity) + ": another ledger, or one made anew"});
        } else if (size > known.last) {
            add_fault(report.faults,
                      {.first = known.last + 1,
                       .last = size,
                       .kind = "missing",
                       .text = of + "has " + std::to_string(size) + " events, here are " + std::to_string(known.last) +
                               ": the last were removed, or others before "
                               "them and the rest renumbered, or this is an older copy"});
        } else if (roots[checkpoint.head.size] != checkpoint.head.root) {
            add_fault(report.faults,
                      {.first = static_cast<std::int64_t>(report.compared_up_to) + 1,
                       .last = size,
                       .kind = "checkpoint",
                       .text = of + "has another root: one of these events was edited, removed, inserted "
                                    "or moved, or the ledger was made anew"});
        } else {
            ++report.compared;
            report.compared_up_to = std::max(report.compared_up_to, checkpoint.head.size);
        }
    }
}

Status Audit::compare_leaves() {
    if (!plan.leaves) return {};
    auto leaves = audit::LeavesFile::open(*plan.leaves, plan.against);
    if (!leaves) return tl::unexpected(leaves.error());
    auto differing = leaves->first_difference(tiles, database.get(), known.last);
    if (!differing) return tl::unexpected(differing.error());
    if (*differing == 0 || *differing > known.last) return {};
    add_fault(report.faults, {.first = *differing,
                              .last = *differing,
                              .kind = "checkpoint",
                              .text = "it is the first event that is not what the leaves outside say"});
    return {};
}

/// The first bad event first. A range within which one event is named says nothing more.
void Audit::settle() {
    auto& faults = report.faults;
    std::vector<AuditFault> kept;
    for (const auto& fault : faults) {
        const bool named = std::any_of(faults.begin(), faults.end(), [&](const AuditFault& other) {
            const bool narrower = other.last - other.first < fault.last - fault.first;
            return other.first > 0 && narrower && fault.first <= other.first && other.last <= fault.last;
        });
        const bool range = fault.kind == "tree" || fault.kind == "checkpoint";
        if (!(range && fault.first > 0 && named)) kept.push_back(fault);
    }
    std::stable_sort(kept.begin(), kept.end(), [](const AuditFault& a, const AuditFault& b) {
        const auto place = [](const AuditFault& fault) {
            return std::pair(fault.first > 0 ? fault.first : INT64_MAX, fault.kind != "edited");
        };
        return place(a) < place(b);
    });
    report.more_faults = kept.size() > max_faults;
    if (report.more_faults) kept.resize(max_faults);
    faults = std::move(kept);
}

}  // namespace

Result<AuditReport> audit_ledger(const std::filesystem::path& file, const AuditPlan& plan) {
    Audit audit{.file = file, .plan = plan};
    if (auto opened = audit.open(); !opened) return tl::unexpected(opened.error());
    if (auto read = audit.read_office(); !read) return tl::unexpected(read.error());
    if (auto read = audit.read_known(); !read) return tl::unexpected(read.error());
    if (auto read = audit.read_events(); !read) return tl::unexpected(read.error());
    audit.join();
    audit.compare_tiles();
    audit::check_counts(audit.indexes, audit.kinds, audit.report.faults);
    audit::check_nothing_else_found(audit.there, audit.found, audit.report.faults);
    audit.compare_checkpoints();
    if (auto compared = audit.compare_leaves(); !compared) return tl::unexpected(compared.error());
    audit.settle();
    return std::move(audit.report);
}

}  // namespace elic
