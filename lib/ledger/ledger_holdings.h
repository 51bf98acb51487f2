#pragma once

#include <vector>

#include "elic/ledger/ledger_audit.h"
#include "ledger/sqlite.h"

namespace elic::audit {

/// How many rows `holdings` and `numbers` ought to have.
struct FoundRows {
    std::int64_t holdings = 0;
    std::int64_t numbers = 0;
};

/// Holds who holds what, and under which number, against the licenses issued in events `begin` to before `end`: what is
/// missing is a fault of that event; what ought to be there is added to `rows`. Errors: io.
Status check_found(sqlite3* database, std::int64_t begin, std::int64_t end, FoundRows& rows,
                   std::vector<AuditFault>& faults);

/// After all events: nothing may be there besides. Errors: io.
Status check_nothing_else_found(sqlite3* database, const FoundRows& rows, std::vector<AuditFault>& faults);

}  // namespace elic::audit
