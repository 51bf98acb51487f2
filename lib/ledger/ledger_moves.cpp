#include "ledger/ledger_impl.h"
#include "ledger/ledger_rows.h"

namespace elic {

namespace {

/// Moves recorded within a minute of each other need no dates of their own to come one after the other.
constexpr std::int64_t same_minute = 60;

std::string state_text(const std::vector<MoveRecord>& moves) {
    return moves.empty() ? "valid"
                         : std::string(name_of(moves.back().state)) + " from " + moves.back().effective.format();
}

/// The rule that a move would break.
Error illegal(const LicenseId& id, LifeCycleMove move, const std::vector<MoveRecord>& moves) {
    std::string allowed;
    for (int i = 0; i < life_cycle_moves; ++i) {
        const auto other = static_cast<LifeCycleMove>(i);
        if (!state_after(last_state(moves), other)) continue;
        allowed += (allowed.empty() ? "" : ", ") +
                   std::string(other == LifeCycleMove::replace ? "renew, correct" : name_of(other));
    }
    const auto wanted = move == LifeCycleMove::replace ? "renew or correct" : name_of(move);
    return {Errc::illegal_move, id.text() + " is " + state_text(moves) + ": there is no " + std::string(wanted) +
                                    " from that state" + (allowed.empty() ? "" : ", only " + allowed)};
}

}  // namespace

LicenseState state_at(const std::vector<MoveRecord>& moves, Timestamp at) noexcept {
    auto state = LicenseState::valid;
    for (const auto& move : moves) {
        if (move.effective <= at) state = move.state;
    }
    return state;
}

LicenseState last_state(const std::vector<MoveRecord>& moves) noexcept {
    return moves.empty() ? LicenseState::valid : moves.back().state;
}

Status check_length(std::string_view what, std::string_view text, std::size_t longest) {
    if (!text.empty() && text.size() <= longest) return {};
    return fail(Errc::bad_argument, std::string(what) + " is 1 to " + std::to_string(longest) + " bytes of text");
}

Result<Timestamp> second_after(Timestamp at) {
    auto later = Timestamp::from_unix(at.unix_seconds() + 1);
    if (!later) return fail(Errc::limit_exceeded, "the end of time is reached: look at the clock");
    return later;
}

Result<Timestamp> settle_effective(const std::optional<Timestamp>& asked, Timestamp now, Timestamp signed_at,
                                   const std::vector<MoveRecord>& moves) {
    const auto wanted = asked ? *asked : std::max(now, signed_at);
    if (wanted < signed_at) {
        return fail(Errc::illegal_move, "the license was signed at " + signed_at.format() +
                                            ": nothing is effective before that, give a later day");
    }
    if (moves.empty() || moves.back().effective < wanted) return wanted;
    const auto last = moves.back().effective;
    const auto behind = last.unix_seconds() - wanted.unix_seconds();
    if (behind == 0 || (!asked && behind < same_minute)) return second_after(last);
    return fail(Errc::illegal_move, "the last move (" + std::string(name_of(moves.back().move)) +
                                        ") is effective from " + last.format() + ": give that day or a later one");
}

Result<std::vector<MoveRecord>> Ledger::Impl::moves_where(std::string_view condition, std::string_view text) const {
    auto statement = sqlite::Statement::prepare(
        database.get(), std::string(move_columns) + "WHERE kind = 'moved' AND " + std::string(condition));
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(text);
    std::vector<MoveRecord> moves;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return moves;
        auto move = read_move(*statement);
        if (!move) return tl::unexpected(move.error());
        moves.push_back(std::move(*move));
    }
}

Result<std::vector<LicenseId>> Ledger::Impl::ids(std::string_view sql,
                                                 std::initializer_list<std::string_view> texts) const {
    auto statement = sqlite::Statement::prepare(database.get(), sql);
    if (!statement) return tl::unexpected(statement.error());
    for (auto text : texts) statement->bind(text);
    std::vector<LicenseId> ids;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return ids;
        auto id = stored_id(statement->text(0));
        if (!id) return tl::unexpected(id.error());
        ids.push_back(std::move(*id));
    }
}

Status Ledger::Impl::check_not_followed(const Succession& succession) const {
    auto statement = sqlite::Statement::prepare(
        database.get(),
        "SELECT r.id, r.request, r.change, EXISTS (SELECT 1 FROM events WHERE kind = 'issued' AND reservation = "
        "r.number) FROM events AS r WHERE r.kind = 'reserved' AND r.change IS NOT NULL AND r.previous = ?");
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->bind(succession.previous.text()).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
    const auto id = statement->text(0);
    const auto change = statement->text(2);
    if (statement->integer(3) == 0) {
        return fail(Errc::request_conflict, "request " + statement->text(1) + " has begun to " + change + " " +
                                                succession.previous.text() + " and did not finish: run it again");
    }
    return fail(Errc::illegal_move, succession.previous.text() + " was followed by " + id + " (" + change + "): " +
                                        (change == "transfer-in" ? "go on from that" : "go on from that revision"));
}

Status Ledger::Impl::check_succession(const ReserveRequest& request, Timestamp signed_at) const {
    if (!request.succession) return {};
    const auto& succession = *request.succession;
    if (auto fine = check_length("a reason", succession.reason, max_reason); !fine) return fine;
    if (request.previous != succession.previous) {
        return fail(Errc::bad_argument, "the predecessor is " + succession.previous.text());
    }
    if (request.type != succession.previous.type()) {
        return fail(Errc::illegal_move, succession.previous.text() + " is of another type: a " +
                                            std::string(name_of(succession.kind)) + " keeps the type");
    }
    if (auto free = check_not_followed(succession); !free) return free;
    auto entry = issued(succession.previous);
    if (succession.kind == SuccessionKind::transfer_in && !entry && entry.error().code == Errc::not_found) return {};
    if (!entry) return tl::unexpected(entry.error());
    auto moves = moves_where("id = ? ORDER BY number", succession.previous.text());
    if (!moves) return tl::unexpected(moves.error());
    if (succession.kind == SuccessionKind::transfer_in) {
        if (last_state(*moves) == LicenseState::transferred_out) return {};
        return fail(Errc::illegal_move, succession.previous.text() + " is of this office and " + state_text(*moves) +
                                            ": only what was transferred out is transferred in again");
    }
    if (!state_after(last_state(*moves), LifeCycleMove::replace)) {
        return tl::unexpected(illegal(succession.previous, LifeCycleMove::replace, *moves));
    }
    auto effective = settle_effective(succession.effective, signed_at, entry->reservation.signed_at, *moves);
    return effective ? Status() : tl::unexpected(effective.error());
}

Status Ledger::Impl::replace_predecessor(const Reservation& successor, Timestamp at) {
    const auto& succession = successor.succession;
    if (!succession || succession->kind == SuccessionKind::transfer_in) return {};
    auto moves = moves_where("id = ? ORDER BY number", succession->previous.text());
    if (!moves) return tl::unexpected(moves.error());
    if (!state_after(last_state(*moves), LifeCycleMove::replace)) {
        return tl::unexpected(illegal(succession->previous, LifeCycleMove::replace, *moves));
    }
    // The day was checked when it was reserved. What was recorded since comes first.
    auto effective = succession->effective.value_or(successor.signed_at);
    if (!moves->empty() && effective <= moves->back().effective) {
        auto later = second_after(moves->back().effective);
        if (!later) return tl::unexpected(later.error());
        effective = *later;
    }
    auto last = number_of("SELECT max(number) FROM events", {});
    if (!last) return tl::unexpected(last.error());
    EventRow row("moved");
    row.set(Column::at, at.unix_seconds()).set(Column::id, std::string_view(succession->previous.text()));
    row.set(Column::move, std::string_view("replace")).set(Column::state, std::string_view("replaced"));
    row.set(Column::reason, std::string_view(succession->reason)).set(Column::effective, effective.unix_seconds());
    if (succession->effective) row.set(Column::asked, succession->effective->unix_seconds());
    row.set(Column::reservation, successor.number).set(Column::issue, *last + 2);
    auto done = append(row);
    return done ? Status() : tl::unexpected(done.error());
}

Status Ledger::Impl::insert_move(const MoveRequest& request, LicenseState state, Timestamp effective) {
    EventRow row("moved");
    row.set(Column::at, request.at.unix_seconds()).set(Column::id, std::string_view(request.id.text()));
    row.set(Column::request, request.request).set(Column::move, name_of(request.move));
    row.set(Column::state, name_of(state)).set(Column::reason, std::string_view(request.reason));
    row.set(Column::effective, effective.unix_seconds());
    if (request.effective) row.set(Column::asked, request.effective->unix_seconds());
    auto done = append(row);
    return done ? Status() : tl::unexpected(done.error());
}

Result<std::optional<MoveRecord>> Ledger::Impl::move_of_request(const MoveRequest& request) const {
    if (!request.request) return std::optional<MoveRecord>();
    if (auto fine = check_length("a request", *request.request, max_request); !fine) {
        return tl::unexpected(fine.error());
    }
    auto before = moves_where("request = ?", *request.request);
    if (!before) return tl::unexpected(before.error());
    if (before->empty()) return std::optional<MoveRecord>();
    auto& record = before->front();
    if (record.id != request.id || record.move != request.move || record.reason != request.reason ||
        record.asked != request.effective) {
        return fail(Errc::request_conflict, "this request was used before: " + std::string(name_of(record.move)) +
                                                " of " + record.id.text() + ", effective from " +
                                                record.effective.format() + " (" + record.reason +
                                                "): use a new request for another move");
    }
    record.again = true;
    return std::optional(std::move(record));
}

Result<MoveRecord> Ledger::move(const MoveRequest& request) {
    if (auto may = impl_->may_write(); !may) return tl::unexpected(may.error());
    if (auto fine = check_length("a reason", request.reason, max_reason); !fine) return tl::unexpected(fine.error());
    if (request.move == LifeCycleMove::replace) {
        return fail(Errc::bad_argument, "a license is replaced by renewing or correcting it");
    }
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    auto before = impl_->move_of_request(request);
    if (!before) return tl::unexpected(before.error());
    if (*before) return std::move(**before);
    auto entry = impl_->issued(request.id);
    if (!entry) return tl::unexpected(entry.error());
    auto moves = moves_of(request.id);
    if (!moves) return tl::unexpected(moves.error());
    const auto state = state_after(last_state(*moves), request.move);
    if (!state) return tl::unexpected(illegal(request.id, request.move, *moves));
    if (request.move == LifeCycleMove::transfer_undo) {  // it may have come back as another license
        auto free = impl_->check_not_followed(
            {.kind = SuccessionKind::transfer_in, .previous = request.id, .reason = request.reason});
        if (!free) return tl::unexpected(free.error());
    }
    auto effective = settle_effective(request.effective, request.at, entry->reservation.signed_at, *moves);
    if (!effective) return tl::unexpected(effective.error());
    if (auto inserted = impl_->insert_move(request, *state, *effective); !inserted) {
        return tl::unexpected(inserted.error());
    }
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    auto after = moves_of(request.id);
    if (!after) return tl::unexpected(after.error());
    if (after->empty()) return fail(Errc::ledger_state_unknown, "a recorded move cannot be read back");
    return std::move(after->back());
}

Result<std::vector<MoveRecord>> Ledger::moves_of(const LicenseId& id) const {
    return impl_->moves_where("id = ? ORDER BY number", id.text());
}

Result<LicenseHistory> Ledger::history(const LicenseId& id) const {
    auto entry = impl_->issued(id);
    if (!entry) return tl::unexpected(entry.error());
    auto moves = moves_of(id);
    if (!moves) return tl::unexpected(moves.error());
    auto revisions =
        impl_->ids("SELECT id FROM licenses WHERE type = ? AND issuer = ? AND serial = ? ORDER BY revision",
                   {id.type().text(), id.issuer().text(), id.serial()});
    if (!revisions) return tl::unexpected(revisions.error());
    auto successors = impl_->ids("SELECT id FROM licenses WHERE previous = ? AND change IS NOT NULL", {id.text()});
    if (!successors) return tl::unexpected(successors.error());
    auto begun = impl_->ids(
        "SELECT id FROM events AS r WHERE kind = 'reserved' AND change IS NOT NULL AND previous = ? AND NOT EXISTS "
        "(SELECT 1 FROM events WHERE kind = 'issued' AND reservation = r.number)",
        {id.text()});
    if (!begun) return tl::unexpected(begun.error());
    return LicenseHistory{.moves = std::move(*moves),
                          .revisions = std::move(*revisions),
                          .successors = std::move(*successors),
                          .in_progress = begun->empty() ? std::nullopt : std::optional(begun->front())};
}

}  // namespace elic
