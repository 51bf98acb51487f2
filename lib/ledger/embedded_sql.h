#pragma once

#include <string_view>

namespace elic {

/// What makes the tables of a new ledger: schemas/ledger/1.sql.
std::string_view ledger_sql();

}  // namespace elic
