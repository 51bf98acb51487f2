#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "elic/ledger/ledger_audit.h"
#include "ledger/event_row.h"
#include "ledger/ledger_holdings.h"

namespace elic::audit {

/// Events that one thread goes through at a time: whole tiles of the second level.
inline constexpr std::int64_t stretch_events = 65536;
inline constexpr std::int64_t tile_events = 256;

/// What is known before the events are gone through.
struct Known {
    std::int64_t last = 0;  ///< the highest number
    std::int64_t office = 0;
    /// Of events that others look back to, by number: publications and skips.
    struct Publication {
        std::int64_t at = 0;
    };
    std::map<std::int64_t, Publication> publications = {};
    struct Skip {
        std::int64_t counter = 0, list_index = 0, publication = 0, revision = 0;
    };
    std::map<std::int64_t, Skip> skips = {};
    std::vector<std::uint64_t> sizes = {};  ///< at which roots are wanted, ascending
};

/// What one stretch came to.
struct Stretch {
    std::int64_t begin = 1, end = 1;  ///< event numbers, end not included
    std::vector<Digest> tiles = {};   ///< the root of every complete 256 leaves
    std::vector<Digest> rest = {};    ///< leaves behind the last of them
    /// Leaves of the unfinished tile of each wanted size that lies in the stretch, by size.
    std::map<std::uint64_t, std::vector<Digest>> at_size = {};
    std::optional<std::int64_t> first_index = {}, last_index = {};  ///< status entries of its first, last reservation
    std::int64_t first_reservation = 0;                             ///< the event of first_index
    std::map<std::string, std::int64_t, std::less<>> kinds = {};    ///< how many of each
    std::vector<AuditFault> faults = {};
};

class Walk;

/// Goes through stretches, one after the other, in one thread and on a connection of its own; adds to `found` what
/// ought to be looked up. Its memory is used again: fresh pages cost as much as hashing what is put there.
class Walker {
public:
    Walker(sqlite3* database, const Known& known, FoundRows& found);
    Walker(Walker&&) = delete;
    ~Walker();
    Status go_through(Stretch& stretch);

private:
    std::unique_ptr<Walk> walk_;
};

/// As many faults as are told.
void add_fault(std::vector<AuditFault>& faults, AuditFault fault);

/// The laws across events that need no look at each: moves, publications, skips, the tables. Adds to `faults`.
Status check_moves(sqlite3* database, std::vector<AuditFault>& faults);
Status check_publications(sqlite3* database, const Known& known, std::vector<AuditFault>& faults);
Status check_tables(sqlite3* database, std::vector<AuditFault>& faults);

/// How many events an index has that ought to have all of a kind.
struct IndexCount {
    std::string name, kind;
    std::int64_t events = 0;
};
/// Of those that are there; that one is missing is check_tables' matter. Errors: io.
Result<std::vector<IndexCount>> count_indexes(sqlite3* database);
void check_counts(const std::vector<IndexCount>& indexes, const std::map<std::string, std::int64_t, std::less<>>& kinds,
                  std::vector<AuditFault>& faults);

}  // namespace elic::audit
