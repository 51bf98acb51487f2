#pragma once

#include <string>
#include <vector>

#include "elic/issue/ledger_export.h"
#include "elic/license/exchange_row.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// One happening as a row of the exchange table. Errors: ledger_unusable.
Result<ExchangeRow> exchange_row(const LedgerChange& change, const std::string& batch);

/// I: issued, or back from a transfer; U: suspended, restored; D: lapsed, cancelled, withdrawn, revoked, transferred
/// out, replaced.
const char* exchange_operation(const std::optional<LifeCycleMove>& move) noexcept;

/// The headings of a license in CSV: national keys where there are any.
std::vector<std::string> license_headings();
/// Errors: ledger_unusable.
Result<std::vector<std::string>> license_cells(const ListedLicense& license);

/// A type as a catalogue row, in the order of catalogue_columns. `pack` is null when no pack is known.
std::vector<std::string> catalogue_cells(const LicenseTypeCode& type, const TypePack* pack, const Uscc& issuer);

}  // namespace elic
