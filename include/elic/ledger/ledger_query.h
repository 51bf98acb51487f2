#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "elic/base/timestamp.h"
#include "elic/ledger/ledger.h"
#include "elic/license/license_state.h"
#include "elic/license/license_type_code.h"

namespace elic {

/// Which licenses are asked for: all that is given must hold.
struct LicenseFilter {
    std::optional<std::string> holder = {};   ///< code of one of its holders, white space and width aside
    std::optional<std::string> number = {};   ///< as printed
    std::optional<std::string> request = {};  ///< the case number
    std::optional<LicenseTypeCode> type = {};
    std::optional<Timestamp> from = {};   ///< signed then or later
    std::optional<Timestamp> until = {};  ///< signed then or earlier
    std::optional<LicenseState> state = {};
    std::optional<std::size_t> limit = {};

    /// True when every license of the ledger is asked for.
    bool everything() const { return !holder && !number && !request && !type && !from && !until && !state && !limit; }
};

/// A license, and its state at the instant that was asked for.
struct ListedLicense {
    LedgerEntry entry;
    LicenseState state = LicenseState::valid;
};

/// Gets the licenses one after the other; false: no more of them.
using LicenseSink = std::function<bool(const ListedLicense&)>;

/// How far an export went: all up to event number `event`, as it counted at `as_of`. "1234@2026-11-26T10:00:00+08:00",
/// or "1234" alone: as of when that event was recorded.
struct ExportMark {
    std::int64_t event = 0;  ///< 0: from the beginning
    std::optional<Timestamp> as_of = {};

    /// Errors: bad_argument.
    static Result<ExportMark> parse(std::string_view text);
    std::string format() const;
};

/// Something that happened to a license and counts by now.
struct LedgerChange {
    std::int64_t event = 0;                  ///< its number
    ListedLicense license;                   ///< with its state now
    std::optional<LifeCycleMove> move = {};  ///< none: it was issued
    LicenseState state_after = LicenseState::valid;
    Timestamp counts_from;  ///< the signing time, or from when the move counts
    bool latest = false;    ///< nothing later counts for this license by now
};

using ChangeSink = std::function<bool(const LedgerChange&)>;

}  // namespace elic
