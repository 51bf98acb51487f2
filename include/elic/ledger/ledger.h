#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/ledger/checkpoint.h"
#include "elic/ledger/license_history.h"
#include "elic/ledger/merkle.h"
#include "elic/ledger/publication.h"
#include "elic/ledger/succession.h"
#include "elic/license/license_id.h"
#include "elic/license/metadata.h"

namespace elic {

// Of ledger_query.h.
struct LicenseFilter;
struct ListedLicense;
struct ExportMark;
struct LedgerChange;

/// What an issuer asks the ledger to set aside before it signs.
struct ReserveRequest {
    std::string request;  ///< the case number, 1..200 bytes: same request, same license
    /// What the draft says and nothing else, in canonical form (JSON text). The same draft is the same content,
    /// whatever is made of it under another pack or trust list. Empty: not compared.
    std::string draft = {};
    /// What was made of it, in canonical form (JSON text): drafts that differ but come to this are the same content
    /// too.
    std::string content;
    LicenseTypeCode type;
    Uscc issuer;
    std::optional<std::string> serial;  ///< none: the ledger allots the next one of (type, issuer)
    /// The predecessor that the draft names; with a succession its.
    std::optional<LicenseId> previous;
    /// What is renewed, corrected or taken over. With the predecessor's serial the revision is one more than its, else
    /// 1.
    std::optional<Succession> succession = {};
    /// Becomes the signing time of a new reservation, or a second after the last publication, if that is later.
    Timestamp at;
};

/// A place in the ledger: what is signed is built from it and from nothing that a second run would choose anew.
struct Reservation {
    std::int64_t number = 0;  ///< of the reserving event
    LicenseId id;
    StatusReference status;
    Timestamp signed_at;
    std::string draft = {};  ///< as reserved
    std::string content;     ///< as reserved
    std::optional<Succession> succession = {};
};

/// A license that was issued, as the ledger has it.
struct LedgerEntry {
    std::string request;
    Reservation reservation;
    std::string payload;  ///< the code's text, exactly as issued
    std::string license;  ///< metadata as JSON text (what list and show print)
    std::optional<LicenseId> previous;
};

/// What reserving found: a license issued before for the same request and content, or a place to sign into (new, or
/// left by a run that died).
struct Reserved {
    Reservation reservation;
    std::optional<LedgerEntry> issued;
};

/// A license to be recorded, with others in one transaction.
struct GroupLicense {
    const Reservation& reservation;
    std::string_view payload;
    std::string_view license;
};

/// Asked about a new reservation before it is made: which request of the group, and what it would get. Must not use the
/// ledger. An error: it is not made, and that is the answer.
using ReservationCheck = std::function<Status(std::size_t request, const Reservation& reservation)>;

/// The event of an issue, as its leaf has it.
struct IssuedEvent {
    std::int64_t number = 0;
    std::string fields;  ///< JSON text: the columns that are not empty
};

/// What was passed over.
struct Skip {
    std::int64_t past = 0;      ///< serials, status entries, publications up to this
    std::int64_t revision = 0;  ///< licenses whose serial is given go on after this
};

/// What a migration did.
struct Migration {
    int from = 0;                ///< the shape before
    std::uint64_t events = 0;    ///< carried over
    std::filesystem::path kept;  ///< the old file
};

/// The issuance ledger (签发台账): SQLite in WAL mode, synchronous FULL, insert-only. One file, one office. Several
/// processes may use it at once; one object belongs to one thread. docs/format/ledger.md.
class Ledger {
public:
    /// Creates a ledger. `office` 1..999 prefixes allotted serials and status lists, so that two offices of one body
    /// never collide. Errors: already_exists, ledger_unusable (network file system), io.
    static Status create(const std::filesystem::path& file, int office);

    /// Opens, never creates; what is in the log is on the disk then. Errors: ledger_unusable (missing, another version,
    /// network file system, no write-ahead log), io (also: another program reads the ledger for too long).
    static Result<Ledger> open(const std::filesystem::path& file);

    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;
    ~Ledger();

    int office() const noexcept;

    /// In one transaction: finds the request, or reserves serial, identifier, status list and index. Errors:
    /// request_conflict (same request, other content: names the differing members; or another request renews or
    /// corrects the same license), identifier_in_use, not_found (what is to be renewed or corrected was
    /// not issued here), illegal_move (it has another type, or its state or a newer revision forbids it), bad_argument
    /// (request, reason), limit_exceeded (serials used up, revision 999), io, ledger_state_unknown.
    Result<Reserved> reserve(const ReserveRequest& request);

    /// As `reserve` for each, in their order and in one transaction: what one of them reserves, a later one finds. The
    /// answer to each stands in its place; its errors are those of reserve that are about the request, and `check`'s. A
    /// request with empty content reserves nothing: it finds what has the same draft; not_found when the request is
    /// new, request_conflict when it was reserved with another draft. Errors (then nothing of the group was reserved):
    /// io, ledger_unusable, ledger_state_unknown.
    Result<std::vector<Result<Reserved>>> reserve_many(std::span<const ReserveRequest> requests,
                                                       const ReservationCheck& check);

    /// What `reserve` would answer now, writing nothing; the serial and the index are the next ones only until somebody
    /// reserves them. Errors: as reserve.
    Result<Reserved> preview(const ReserveRequest& request) const;

    /// The reservation of a request, issued or not. Errors: io, ledger_unusable, ledger_state_unknown.
    Result<std::optional<Reservation>> find_request(std::string_view request) const;

    /// Records the license of a reservation. When another process was first, its entry is returned and this one's is
    /// dropped: there is one license a request. A renewal or correction replaces its predecessor in the same
    /// transaction. Errors: illegal_move (the predecessor's state does not allow that any more), io,
    /// ledger_state_unknown.
    Result<LedgerEntry> commit(const Reservation& reservation, std::string_view payload, std::string_view license);

    /// As `commit` for each, in their order and in one transaction. Each answer stands in its place: the entry of
    /// another process that was first, or none: this one counts. Errors of one license: illegal_move. Errors of the
    /// group, of which then nothing was recorded: io, ledger_unusable, ledger_state_unknown.
    Result<std::vector<Result<std::optional<LedgerEntry>>>> commit_many(std::span<const GroupLicense> licenses);

    /// Errors: not_found, io.
    Result<LedgerEntry> find(const LicenseId& id) const;
    /// Issued licenses in the order of reservation, `count` from the one after reservation number `after`. Errors: io.
    Result<std::vector<LedgerEntry>> list(std::int64_t after, std::size_t count) const;
    Result<std::int64_t> issued_count() const;
    /// The licenses that a filter asks for, one by one, each with its state at `now`; in the order of reservation, with
    /// a type or dates in the order of signing, with a state other than valid in the order in which they came into it.
    /// What is asked for by holder, number, request, type, dates or such a state is found by an index. Errors: io.
    Status select(const LicenseFilter& filter, Timestamp now,
                  const std::function<bool(const ListedLicense&)>& sink) const;
    /// What came to count since a mark, in order: first the moves that were recorded before it and count only now, then
    /// what was recorded since and counts. The answer is the mark to go on from. Errors: bad_argument (the mark is
    /// beyond the ledger's end), io.
    Result<ExportMark> changes(const ExportMark& after, Timestamp now,
                               const std::function<bool(const LedgerChange&)>& sink) const;
    /// The types of which something was reserved. Errors: io.
    Result<std::vector<LicenseTypeCode>> types() const;
    /// Reservations that were never committed. Errors: io.
    Result<std::vector<Reservation>> unfinished() const;

    /// Records a move. Without `effective` it counts from now. Two moves never count from the same instant: the later
    /// one then counts a second later. Errors: not_found (not issued here), illegal_move (the state, a newer revision
    /// or the instant does not allow it: names the rule), request_conflict (the request was used for another move),
    /// bad_argument, io, ledger_state_unknown.
    Result<MoveRecord> move(const MoveRequest& request);
    /// Errors: not_found, io.
    Result<LicenseHistory> history(const LicenseId& id) const;
    /// Errors: io.
    Result<std::vector<MoveRecord>> moves_of(const LicenseId& id) const;

    /// Records a publication, all in one transaction: nobody reserves or moves meanwhile, and every later reservation
    /// has a signing time after `as_of`. When it fails after `make`, the file must not be given out. Errors: not_found
    /// (a delta without a list before), those of `make`, io, ledger_state_unknown.
    Result<Publication> publish(PublicationForm form, Timestamp now, const PublicationMaker& make);
    /// The last list or delta. Errors: io.
    Result<std::optional<Publication>> last_publication() const;

    const LedgerIdentity& identity() const noexcept;
    /// The tree over all events (docs/format/ledger.md, "The tree"), as its rows have it; whether they are true to the
    /// events, an audit says. Errors: ledger_unusable, io.
    Result<merkle::TreeHead> head() const;
    /// The tree as it was after its first `size` events. Errors: ledger_unusable (there are fewer), io.
    Result<merkle::TreeHead> head_at(std::uint64_t size) const;
    /// Errors: not_found, io.
    Result<IssuedEvent> issued_event(const LicenseId& id) const;
    /// From event `number` to the root over the first `size`. Errors: bad_argument, ledger_unusable, io.
    Result<std::vector<Digest>> inclusion_path(std::int64_t number, std::uint64_t size) const;
    Result<std::vector<Digest>> consistency_path(std::uint64_t first, std::uint64_t second) const;
    /// The leaf hashes of the first `size` events, in order, 32 bytes each. Errors: those of `take`; ledger_unusable,
    /// io.
    Status leaves(std::uint64_t size, const std::function<Status(BytesView)>& take) const;

    /// Why nothing is issued from this file: it is a copy, was restored, or an older one was put in its place. None: it
    /// is the ledger that was here when it was last closed. reserve, commit, move and publish then fail with
    /// ledger_unusable.
    std::optional<std::string> refusal() const;
    /// Lifts the refusal, when the newest checkpoint outside lies within this ledger. The caller has audited it.
    /// Errors: bad_argument (a checkpoint of another ledger), ledger_unusable (events are lost), io.
    Status adopt(const Checkpoint& newest);
    /// Lifts it by passing over the first `past` serials of each type, status entries and publications, and the
    /// revisions that may have been given away: nothing is given twice. Errors: bad_argument, limit_exceeded, io,
    /// ledger_state_unknown.
    Result<Skip> skip(std::int64_t past, std::string_view reason, Timestamp now);
    /// Writes how far the ledger has come into the file beside it, as closing it does. Errors: io.
    Status record_head() const;

    /// A copy, while others issue: of one state, audited, 0600, under its name only when it holds. The tree it has.
    /// Errors: already_exists, ledger_unusable (what is here does not hold), io.
    Result<merkle::TreeHead> backup(const std::filesystem::path& file) const;
    /// Puts an audited copy of a backup where no ledger is. It issues nothing until adopted or skipped. Errors:
    /// already_exists, ledger_unusable, io.
    static Result<merkle::TreeHead> restore(const std::filesystem::path& backup, const std::filesystem::path& file);
    /// Makes a ledger of an earlier shape into one of this: a new file, complete and on the disk, in the place of the
    /// old, which is kept beside it. Nobody may use it meanwhile. Errors: already_exists (it is of this shape),
    /// ledger_unusable, io.
    static Result<Migration> migrate(const std::filesystem::path& file);

    struct Impl;  ///< defined inside ledger/

private:
    explicit Ledger(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace elic
