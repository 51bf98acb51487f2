#pragma once

#include <initializer_list>

#include "elic/ledger/ledger.h"
#include "ledger/sqlite.h"

namespace elic {

struct Ledger::Impl {
    /// The identifier to reserve, and the counter when the serial is allotted here.
    struct Place {
        LicenseId id;
        std::optional<std::int64_t> counter;
    };

    Status usable() const;
    Status finish(sqlite::Transaction& transaction);

    /// The first column of the first row; 0 when there is none.
    Result<std::int64_t> number_of(std::string_view sql, std::initializer_list<std::string_view> texts) const;
    Result<std::optional<LedgerEntry>> entry_where(std::string_view condition, std::string_view text) const;
    Result<std::optional<Reservation>> reservation_of(std::string_view request) const;

    Result<Place> place_for(const ReserveRequest& request) const;
    Result<bool> taken(const LicenseId& id) const;
    /// The next reservation, or what the request found; `counter` as in Place. Writes nothing.
    Result<Reserved> look(const ReserveRequest& request, bool& found, std::optional<std::int64_t>& counter) const;
    Status insert(const ReserveRequest& request, const Reservation& reservation, std::optional<std::int64_t> counter);

    sqlite::Database database;
    int office = 0;
    bool unknown = false;  ///< a commit failed: nothing more until reopened
};

}  // namespace elic
