#pragma once

#include <optional>
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
    FoundCheck(sqlite3* database, FoundRows& rows, std::vector<AuditFault>& faults)
        : database_(database), rows_(rows), faults_(faults) {}

    /// Of an `issued` event. Errors: io.
    Status issued(const EventRow& row);

private:
    Status ask(std::int64_t number);
    Result<bool> stands(std::optional<sqlite::Statement>& statement, std::string_view sql, std::string_view what,
                        std::int64_t reservation);
    void missing(std::int64_t number, bool printed);

    sqlite3* database_;
    FoundRows& rows_;
    std::vector<AuditFault>& faults_;
    std::optional<sqlite::Statement> asked_, holding_, printed_;
};

/// After all events: nothing may be there besides. Errors: io.
Status check_nothing_else_found(sqlite3* database, const FoundRows& rows, std::vector<AuditFault>& faults);

}  // namespace elic::audit
