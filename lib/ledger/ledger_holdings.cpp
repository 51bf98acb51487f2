#include "ledger/ledger_holdings.h"

#include <algorithm>
#include <set>

#include "ledger/audit_events.h"
#include "ledger/license_words.h"

namespace elic::audit {

namespace {

constexpr std::size_t most_waiting = 4u << 20;  ///< bytes of words

/// What the trigger what_is_issued_is_found reads off a license, and whether it stands there. The license is read once.
constexpr std::string_view wanted =
    "SELECT j.key = 'number', j.atom, CASE WHEN j.key = 'number' THEN EXISTS (SELECT 1 FROM numbers WHERE "
    "number = j.atom AND reservation = i.reservation) ELSE EXISTS (SELECT 1 FROM holdings WHERE code = j.atom AND "
    "reservation = i.reservation) END FROM events AS i CROSS JOIN json_tree(i.license) AS j WHERE i.number = ? AND "
    "i.kind = 'issued' AND j.atom <> '' AND (j.key = 'number' AND j.path = '$' OR j.key = 'code' AND "
    "j.path >= '$.holders' AND j.path < '$.holders]')";

Result<std::int64_t> count(sqlite3* database, const char* sql) {
    auto row = sqlite::Statement::prepare(database, sql);
    if (!row) return tl::unexpected(row.error());
    auto step = row->step();
    if (!step) return tl::unexpected(step.error());
    return *step ? row->integer(0) : 0;
}

}  // namespace

void FoundCheck::missing(std::int64_t number, bool printed) {
    add_fault(*faults_, {.first = number,
                         .last = number,
                         .kind = "law",
                         .text = printed ? "its license number is not among those that are looked up"
                                         : "a holder of it is not among those that are looked up"});
}

void FoundCheck::Words::add(std::string_view text, std::int64_t reservation, std::int64_t number) {
    words.push_back({.begin = texts.size(), .size = text.size(), .reservation = reservation, .number = number});
    texts += text;
}

Status FoundCheck::look_up(Words& words, std::string_view sql, bool printed) {
    auto row = sqlite::Statement::prepare(database_, sql);
    if (!row) return tl::unexpected(row.error());
    std::sort(words.words.begin(), words.words.end(), [&](const auto& a, const auto& b) {
        return std::pair(words.text(a), a.reservation) < std::pair(words.text(b), b.reservation);
    });
    for (const auto& word : words.words) {
        row->again();
        auto found = row->bind_in_place(words.text(word)).bind(word.reservation).step();
        if (!found) return tl::unexpected(found.error());
        if (!*found) missing(word.number, printed);
    }
    row->again();  // lets go of the text
    words.words.clear();
    words.texts.clear();
    return {};
}

Status FoundCheck::finish() {
    auto done = look_up(codes_, "SELECT 1 FROM holdings WHERE code = ? AND reservation = ?", false);
    if (!done) return done;
    return look_up(numbers_, "SELECT 1 FROM numbers WHERE number = ? AND reservation = ?", true);
}

Status FoundCheck::issued(const EventRow& row) {
    const auto number = row.integer(Column::number).value_or(0);
    const auto reservation = row.integer(Column::reservation).value_or(0);
    const auto words = plain_license_words(row.text(Column::license).value_or(""));
    if (!words) return ask(number);
    for (const auto code : words->codes) codes_.add(code, reservation, number);
    rows_.holdings += static_cast<std::int64_t>(words->codes.size());
    if (!words->number.empty()) {
        numbers_.add(words->number, reservation, number);
        ++rows_.numbers;
    }
    return codes_.texts.size() + numbers_.texts.size() < most_waiting ? Status() : finish();
}

/// The long way, of a license that is not written as this program writes it.
Status FoundCheck::ask(std::int64_t number) {
    if (!asked_) {
        auto made = sqlite::Statement::prepare(database_, wanted);
        if (!made) return tl::unexpected(made.error());
        asked_.emplace(std::move(*made));
    }
    asked_->again();
    asked_->bind(number);
    std::set<std::string> codes;  // a holder who stands there twice has one row
    for (;;) {
        auto row = asked_->step();
        if (!row && row.error().context.find("malformed JSON") != std::string::npos) {
            add_fault(*faults_, {.first = number, .last = number, .kind = "law", .text = "its license is not JSON"});
            asked_.reset();
            return {};
        }
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        const bool printed = asked_->integer(0) != 0;
        if (!printed && !codes.insert(asked_->text(1)).second) continue;
        ++(printed ? rows_.numbers : rows_.holdings);
        if (asked_->integer(2) == 0) missing(number, printed);
    }
}

Result<FoundRows> count_found(sqlite3* database) {
    auto holdings = count(database, "SELECT count(*) FROM holdings");
    auto numbers = count(database, "SELECT count(*) FROM numbers");
    if (!holdings) return tl::unexpected(holdings.error());
    if (!numbers) return tl::unexpected(numbers.error());
    return FoundRows{.holdings = *holdings, .numbers = *numbers};
}

void check_nothing_else_found(const FoundRows& there, const FoundRows& ought, std::vector<AuditFault>& faults) {
    // What is missing was named with its event.
    if (there.holdings > ought.holdings || there.numbers > ought.numbers) {
        add_fault(faults, {.kind = "law", .text = "holders or numbers are looked up that no license has"});
    }
}

}  // namespace elic::audit
