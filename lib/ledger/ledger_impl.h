#pragma once

#include <initializer_list>

#include "elic/ledger/ledger.h"
#include "ledger/event_row.h"
#include "ledger/sqlite.h"

namespace elic {

struct Ledger::Impl {
    /// The identifier to reserve, and the counter when the serial is allotted here.
    struct Place {
        LicenseId id;
        std::optional<std::int64_t> counter;
    };

    /// What appending needs again and again. Closed before the database is.
    struct Writing {
        std::optional<sqlite::Statement> last = {};
        std::optional<sqlite::Statement> insert = {};
        std::optional<sqlite::Statement> leaves = {};
        std::optional<sqlite::Statement> tiles = {};
        std::optional<sqlite::Statement> tile = {};
        Bytes leaf_input = {};
    };

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl();

    Status usable() const;
    /// Also that this file is the ledger and no copy of it.
    Status may_write() const;
    Status check_custody();
    /// Into the file beside the ledger. `anew`: whatever stood there.
    Status record_head(bool anew) const;
    /// What a skip must pass over at least.
    Result<std::int64_t> least_skip() const;
    Status finish(sqlite::Transaction& transaction);

    /// The only way into `events`: numbers the event one above the last, and writes it with its leaf and the tiles that
    /// it completes. Within the caller's transaction. Errors: as any insert; ledger_unusable (the tree is damaged).
    Result<std::int64_t> append(EventRow& row);
    Status append_tiles(std::int64_t size);

    /// The root over the 2^height leaves from `begin` on, which is a multiple of 2^height: out of the highest tiles.
    Result<Digest> subtree(std::uint64_t begin, int height) const;
    Result<Digest> range_root(std::uint64_t begin, std::uint64_t end) const;
    merkle::RangeRoot ranges() const;

    /// The first column of the first row; 0 when there is none.
    Result<std::int64_t> number_of(std::string_view sql, std::initializer_list<std::string_view> texts) const;
    Result<std::optional<LedgerEntry>> entry_where(std::string_view condition, std::string_view text) const;
    Result<std::optional<Reservation>> reservation_of(std::string_view request) const;

    /// What no event after the last skip may give away: counters, entries, publications and revisions up to these.
    struct Floors {
        std::int64_t counter = 0;
        std::int64_t list_index = -1;
        std::int64_t publication = 0;
        std::int64_t revision = 0;
        std::int64_t event = 0;  ///< the last skip; 0: none
    };
    Result<Floors> floors() const;

    Result<Place> place_for(const ReserveRequest& request) const;
    Result<bool> taken(const LicenseId& id) const;
    /// The revision that a license whose serial is given gets.
    Result<int> revision_for(const ReserveRequest& request) const;
    /// The next reservation, or what the request found; `counter` as in Place. Writes nothing.
    Result<Reserved> look(const ReserveRequest& request, bool& found, std::optional<std::int64_t>& counter) const;
    Status insert(const ReserveRequest& request, const Reservation& reservation, std::optional<std::int64_t> counter);
    /// What a group does for each of its own, within its transaction (ledger_group.cpp).
    Result<Reserved> reserve_one(const ReserveRequest& request, const std::function<Status(const Reservation&)>& check);
    Result<Reserved> find_one(const ReserveRequest& request) const;
    /// The entry that is there already, or none: recorded.
    Result<std::optional<LedgerEntry>> record(const GroupLicense& license);
    Result<std::optional<Timestamp>> last_as_of() const;
    /// `at`, or a second after the last publication when that is later.
    Result<Timestamp> after_publications(Timestamp at) const;
    Status check_succession(const ReserveRequest& request, Timestamp signed_at) const;
    Status check_not_followed(const Succession& succession) const;

    /// Of a license that was issued: errors not_found.
    Result<LedgerEntry> issued(const LicenseId& id) const;
    /// What a request was used for before. Errors: request_conflict.
    Result<std::optional<MoveRecord>> move_of_request(const MoveRequest& request) const;
    Result<std::vector<MoveRecord>> moves_where(std::string_view condition, std::string_view text) const;
    /// The moved event that goes with the issue of a renewal or correction, in the same transaction.
    Status replace_predecessor(const Reservation& successor, Timestamp at);
    Status insert_move(const MoveRequest& request, LicenseState state, Timestamp effective);
    Result<std::vector<LicenseId>> ids(std::string_view sql, std::initializer_list<std::string_view> texts) const;
    Result<std::optional<Publication>> last_publication() const;
    Status insert_publication(PublicationForm form, const PublicationBasis& basis, const PublicationFile& file);
    Result<PublicationBasis> basis(PublicationForm form, Timestamp now) const;

    sqlite::Database database;
    Writing writing = {};
    int office = 0;
    LedgerIdentity identity{};
    bool unknown = false;                     ///< a commit failed: nothing more until reopened
    bool wrote = false;                       ///< something was committed
    std::filesystem::path path = {};          ///< of the database
    std::optional<std::string> refusal = {};  ///< why nothing is issued from here
};

/// The root over the hashes that a statement gives in its first column, of which there must be `count`.
Result<Digest> root_of_rows(sqlite::Statement& rows, std::int64_t count);

/// The state after all moves, also those that are yet to count.
LicenseState last_state(const std::vector<MoveRecord>& moves) noexcept;

/// From when a change counts: as asked, or from now. Never from the instant of the move before it, but a second later.
/// Errors: illegal_move (before the license was signed, or before the last move counts).
Result<Timestamp> settle_effective(const std::optional<Timestamp>& asked, Timestamp now, Timestamp signed_at,
                                   const std::vector<MoveRecord>& moves);

/// Texts of 1 to `longest` bytes. Errors: bad_argument.
Status check_length(std::string_view what, std::string_view text, std::size_t longest);
inline constexpr std::size_t max_request = 200;
inline constexpr std::size_t max_reason = 2000;

/// A second later. Errors: limit_exceeded (the end of time).
Result<Timestamp> second_after(Timestamp at);

}  // namespace elic
