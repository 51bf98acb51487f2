#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "elic/ledger/ledger_query.h"
#include "elic/license/uscc.h"

namespace elic {

/// What a ledger is given out as (docs/format/exchange.md).
enum class ExportForm : std::uint8_t {
    jsonl,      ///< one JSON object a license: all that the ledger has of it
    csv,        ///< one row a license, for spreadsheets; without code and history
    catalogue,  ///< one row (GB/T 36902) a license type of which something was issued
    exchange    ///< one row of the exchange table for everything that happened, with operation I, U or D
};

struct ExportPlan {
    ExportForm form = ExportForm::jsonl;
    bool as_csv = false;    ///< catalogue and exchange: as CSV, else as JSON lines
    ExportMark after = {};  ///< what was given out before; not for the catalogue
    Uscc issuer;            ///< of the office
    int office = 1;
    Timestamp now;
};

struct ExportOutcome {
    ExportMark mark;  ///< to go on from
    std::size_t rows = 0;
};

/// Takes the next piece of the output. An error ends the export.
using ExportSink = std::function<Status(std::string_view)>;

/// Gives out row by row; JSON lines end with {"go_on": {"after": MARK, "rows": N}}, by which a cut file is known. The
/// same plan and ledger give the same bytes. Errors: those of Ledger::changes, TypePacks::load_newest (but
/// unknown_type) and of the sink; ledger_unusable.
Result<ExportOutcome> export_ledger(const Ledger& ledger, const ExportPlan& plan, const ExportSink& sink);

}  // namespace elic
