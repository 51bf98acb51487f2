#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/ledger/ledger_audit.h"
#include "ledger/event_row.h"
#include "ledger/sqlite.h"

namespace elic::audit {

/// How many rows `holdings` and `numbers` ought to have.
struct FoundRows {
    std::int64_t holdings = 0;
    std::int64_t numbers = 0;
};

/// Holds who holds what, and under which number, against the licenses as they are gone through: what is missing is a
/// fault of that event; what ought to be there is added to `rows`.
class FoundCheck {
public:
    FoundCheck(sqlite3* database, FoundRows& rows) : database_(database), rows_(rows) {}

    /// What is missing of the events that follow is added to `faults`.
    void begin(std::vector<AuditFault>& faults) { faults_ = &faults; }
    /// Of an `issued` event. Errors: io.
    Status issued(const EventRow& row);
    /// After the last of them. Errors: io.
    Status finish();

private:
    /// Words that ought to stand in one of the two tables. They are looked up many at a time, in the order of that
    /// table: its pages are then come to one after the other, and not each anew for every word.
    struct Words {
        struct Word {
            std::size_t begin = 0, size = 0;  ///< in texts
            std::int64_t reservation = 0, number = 0;
        };
        std::string texts = {};
        std::vector<Word> words = {};

        void add(std::string_view text, std::int64_t reservation, std::int64_t number);
        std::string_view text(const Word& word) const { return std::string_view(texts).substr(word.begin, word.size); }
    };
    Status look_up(Words& words, std::string_view sql, bool printed);
    Status ask(std::int64_t number);
    void missing(std::int64_t number, bool printed);

    sqlite3* database_;
    FoundRows& rows_;
    std::vector<AuditFault>* faults_ = nullptr;
    Words codes_ = {}, numbers_ = {};
    std::optional<sqlite::Statement> asked_;
};

/// How many rows they have. Errors: io.
Result<FoundRows> count_found(sqlite3* database);

/// After all events: nothing may be there besides what ought to be.
void check_nothing_else_found(const FoundRows& there, const FoundRows& ought, std::vector<AuditFault>& faults);

}  // namespace elic::audit
