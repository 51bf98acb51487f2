#include "ledger/audit_events.h"

#include <algorithm>

#include "base/decimal.h"
#include "elic/crypto/sm3.h"
#include "elic/license/license_id.h"

namespace elic::audit {

namespace {

constexpr std::size_t remembered = 16384;
constexpr std::size_t most_waiting = 8u << 20;  ///< bytes: drafts may hold pictures

/// As LicenseId::make puts it together; the parts need not be parsed for that.
bool made_of_its_parts(const EventRow& row) {
    const auto revision = row.integer(Column::revision).value_or(0);
    if (revision < 1 || revision > LicenseId::max_revision) return false;
    std::string parts, dotted(LicenseId::root);
    for (const auto column : {Column::type, Column::issuer, Column::serial}) {
        const auto part = row.text(column).value_or("");
        parts += part;
        (dotted += '.') += part;
    }
    const auto number = decimal(revision, 3);
    parts += number;
    (dotted += '.') += number;
    (dotted += '.') += mod_37_36_check(parts);
    return row.text(Column::id) == dotted;
}

}  // namespace

class Walk {
public:
    Walk(sqlite3* database, const Known& known, FoundRows& found)
        : database_(database), known_(known), found_(database, found), seen_(remembered) {}

    Status go_through(Stretch& stretch);

private:
    /// What later events look back to. The events just before are remembered, older ones are asked for.
    struct Seen {
        std::int64_t number = 0;
        bool reserved = false, replaces = false, renewal = false;
        std::int64_t at = 0, reservation = 0;
        std::string id;
    };

    Status event(const EventRow& row, const std::optional<Digest>& stored);
    Status finish();
    void fault(std::int64_t number, const char* kind, std::string text) {
        add_fault(stretch_->faults, {.first = number, .last = number, .kind = kind, .text = std::move(text)});
    }
    void law(std::string text) { fault(number_, "law", std::move(text)); }
    void take_leaves();
    void take_leaf(std::int64_t number, const Digest& leaf);
    void check_reserved(const EventRow& row);
    Status check_issued(const EventRow& row);
    void check_behind_skip(const EventRow& row, std::int64_t index);
    Status look_back(std::int64_t number, Seen& seen);
    void remember(const EventRow& row);

    sqlite3* database_;
    const Known& known_;
    Stretch* stretch_ = nullptr;
    FoundCheck found_;
    std::vector<Seen> seen_;
    std::optional<sqlite::Statement> older_;
    std::int64_t number_ = 0;
    /// Events whose leaves are computed together: many at once are hashed several times as fast.
    struct Waiting {
        std::int64_t number = 0;
        std::size_t end = 0;  ///< of its bytes in inputs_
        std::optional<Digest> stored = {};
    };
    std::vector<Waiting> waiting_;
    Bytes inputs_;
};

Status Walk::look_back(std::int64_t number, Seen& seen) {
    seen = {};
    if (number < 1 || number >= number_) return {};
    const auto& near = seen_[static_cast<std::size_t>(number) % remembered];
    if (near.number == number) {
        seen = near;
        return {};
    }
    if (!older_) {
        auto made = sqlite::Statement::prepare(database_,
                                               "SELECT kind, id, at, reservation, change FROM events WHERE number = ?");
        if (!made) return tl::unexpected(made.error());
        older_.emplace(std::move(*made));
    }
    older_->again();
    auto row = older_->bind(number).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
    seen.number = number;
    seen.reserved = older_->text_in_place(0) == "reserved";
    seen.id = older_->text(1);
    seen.at = older_->integer(2);
    seen.reservation = older_->integer(3);
    seen.replaces = older_->text_in_place(0) == "moved" && !older_->is_null(3);
    const auto change = older_->text_in_place(4);
    seen.renewal = change == "renew" || change == "correct";
    older_->again();  // lets go of the state that it read of
    return {};
}

void Walk::remember(const EventRow& row) {
    auto& seen = seen_[static_cast<std::size_t>(number_) % remembered];
    const auto kind = row.text(Column::kind);
    const auto change = row.text(Column::change);
    seen.number = number_;
    seen.reserved = kind == "reserved";
    seen.renewal = change == "renew" || change == "correct";
    seen.replaces = kind == "moved" && row.has(Column::reservation);
    seen.at = row.integer(Column::at).value_or(0);
    seen.reservation = row.integer(Column::reservation).value_or(0);
    seen.id = row.text(Column::id).value_or("");
}

void Walk::check_behind_skip(const EventRow& row, std::int64_t index) {
    const auto after = known_.skips.lower_bound(number_);
    if (after == known_.skips.begin()) return;
    const auto& skip = std::prev(after)->second;
    const auto counter = row.integer(Column::counter);
    if (index <= skip.list_index || (counter && *counter <= skip.counter) ||
        (!counter && row.integer(Column::revision).value_or(0) <= skip.revision)) {
        law("it gives away what a skip passed over");
    }
}

void Walk::check_reserved(const EventRow& row) {
    if (!made_of_its_parts(row)) {
        law("its identifier is not made of its type, issuer, serial and revision");
    }
    const auto index = row.integer(Column::list_index).value_or(-1);
    if (row.integer(Column::list) != known_.office) law("its status list is not this office's");
    if (!stretch_->last_index) {
        stretch_->first_index = index;
        stretch_->first_reservation = number_;
    } else if (index <= *stretch_->last_index) {
        law("its status entry does not come after the one given away before");
    }
    stretch_->last_index = index;
    check_behind_skip(row, index);
    const auto published = known_.publications.lower_bound(number_);
    if (published != known_.publications.begin() &&
        row.integer(Column::at).value_or(0) <= std::prev(published)->second.at) {
        law("it was signed no later than a publication before it");
    }
}

Status Walk::check_issued(const EventRow& row) {
    Seen reserved, before;
    if (auto found = look_back(row.integer(Column::reservation).value_or(0), reserved); !found) return found;
    if (!reserved.reserved || reserved.id != row.text(Column::id) || reserved.at != row.integer(Column::at)) {
        law("it issues what no event before it reserved under that identifier and signing time");
        return {};
    }
    if (!reserved.renewal) return {};
    if (auto found = look_back(number_ - 1, before); !found) return found;
    if (!before.replaces || before.reservation != reserved.number) {
        law("a renewal or correction does not replace its predecessor in the event before");
    }
    return {};
}

void Walk::take_leaves() {
    std::vector<BytesView> inputs;
    std::size_t begin = 0;
    for (const auto& one : waiting_) {
        inputs.push_back(BytesView(inputs_).subspan(begin, one.end - begin));
        begin = one.end;
    }
    std::vector<Digest> leaves(inputs.size());
    sm3_many(inputs, leaves);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (waiting_[i].stored != leaves[i]) {
            fault(waiting_[i].number, "edited", "what it says is not what its leaf was made of");
        }
        take_leaf(waiting_[i].number, leaves[i]);
    }
    waiting_.clear();
    inputs_.clear();
}

void Walk::take_leaf(std::int64_t number, const Digest& leaf) {
    stretch_->rest.push_back(leaf);
    if (stretch_->rest.size() == tile_events) {
        stretch_->tiles.push_back(merkle::root_of_complete(stretch_->rest));
        stretch_->rest.clear();
    }
    const auto size = static_cast<std::uint64_t>(number);
    if (std::binary_search(known_.sizes.begin(), known_.sizes.end(), size)) stretch_->at_size[size] = stretch_->rest;
}

Status Walk::event(const EventRow& row, const std::optional<Digest>& stored) {
    const auto expected = number_ == 0 ? stretch_->begin : number_ + 1;
    number_ = row.integer(Column::number).value_or(0);
    if (number_ != expected) {
        add_fault(
            stretch_->faults,
            {.first = expected,
             .last = number_ - 1,
             .kind = "missing",
             .text = "events are numbered without a gap; what stood here was removed, or what follows renumbered"});
    }
    row.add_leaf_input(inputs_);
    waiting_.push_back({.number = number_, .end = inputs_.size(), .stored = stored});
    if (waiting_.size() == tile_events || inputs_.size() > most_waiting) take_leaves();
    const auto kind = row.text(Column::kind).value_or("");
    auto counted = stretch_->kinds.find(kind);
    if (counted == stretch_->kinds.end()) counted = stretch_->kinds.emplace(std::string(kind), 0).first;
    ++counted->second;
    Status fine;
    if (kind == "reserved") {
        check_reserved(row);
    } else if (kind == "issued") {
        fine = check_issued(row);
        if (fine) fine = found_.issued(row);
    }
    remember(row);
    return fine;
}

Status Walk::finish() {
    take_leaves();
    const auto expected = number_ == 0 ? stretch_->begin : number_ + 1;
    if (expected < stretch_->end) {
        add_fault(stretch_->faults, {.first = expected,
                                     .last = stretch_->end - 1,
                                     .kind = "missing",
                                     .text = "events are numbered without a gap; what stood here was removed"});
    }
    return found_.finish();
}

Status Walk::go_through(Stretch& stretch) {
    stretch_ = &stretch;
    number_ = 0;
    found_.begin(stretch.faults);
    // One transaction: of a statement that stands alone each locks the file for itself.
    auto reading = sqlite::Reading::begin(database_);
    if (!reading) return tl::unexpected(reading.error());
    auto rows =
        sqlite::Statement::prepare(database_, "SELECT leaf, " + event_column_list() +
                                                  " FROM events WHERE number >= ? AND number < ? ORDER BY number");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(stretch.begin).bind(stretch.end);
    EventRow row;
    for (;;) {
        auto more = rows->step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return finish();
        row.read(*rows, 1);
        if (auto fine = event(row, rows->digest(0)); !fine) return fine;
    }
}

void add_fault(std::vector<AuditFault>& faults, AuditFault fault) {
    const auto in_events = [](const AuditFault& one) {
        return one.kind == "edited" || one.kind == "law" || one.kind == "missing";
    };
    const auto count = static_cast<std::size_t>(std::count_if(faults.begin(), faults.end(), in_events));
    // One more than are told: that there are more is told. Of the others there are only a few.
    if (!in_events(fault) || count <= max_faults) {
        faults.push_back(std::move(fault));
        return;
    }
    auto last = std::max_element(faults.begin(), faults.end(), [&](const AuditFault& a, const AuditFault& b) {
        return std::pair(in_events(a), a.first) < std::pair(in_events(b), b.first);
    });
    if (fault.first < last->first) *last = std::move(fault);
}

Walker::Walker(sqlite3* database, const Known& known, FoundRows& found)
    : walk_(std::make_unique<Walk>(database, known, found)) {}
Walker::~Walker() = default;

Status Walker::go_through(Stretch& stretch) { return walk_->go_through(stretch); }

}  // namespace elic::audit
