#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "elic/base/timestamp.h"
#include "elic/trust/root_pins.h"
#include "elic/trust/seen_state.h"
#include "elic/trust/trust_folder.h"
#include "elic/verify/report.h"

namespace elic {

/// What may be weakened or tightened; defaults are strict.
struct VerifyPolicy {
    bool allow_missing_status = false;  ///< no status list, or only a stale one, is let pass (and reported)
    /// A status list older than this counts as stale, whatever it says itself. May only tighten.
    std::optional<std::chrono::hours> max_status_age = {};
};

class VerifyCache;

/// What a verdict rests on. A null trust folder is its own finding, never valid; `trust_failure` says why it is null
/// when it could not be opened. `at` is the instant asked about; `now` this machine's clock, given when `at` was taken
/// from it, so that a clock that was set back is noticed. `seen` is what this machine saw before; null = it has no
/// memory, which the report says.
struct VerifyContext {
    const TrustFolder* trust = nullptr;
    std::optional<Error> trust_failure = {};
    RootPins pins = {};
    Timestamp at;
    std::optional<Timestamp> now = {};
    VerifyPolicy policy = {};
    std::optional<std::string> expect_holder = {};
    std::optional<std::string> expect_number = {};
    const SeenState* seen = nullptr;
    /// For issuing alone, which verifies what it has just signed (lib/verify/verify_cache.h): leave it null.
    VerifyCache* cache = nullptr;
};

/// Checks the text of a code. Total over its input: any bytes give a Report; there is no error channel.
Report verify_payload(std::string_view text, const VerifyContext& context);

/// The report of an input from which no code's text could be read (code_absent, input_unreadable, limit_exceeded).
Report report_without_code(FindingCode reason, std::string detail, Timestamp at);

/// Which family of codes a text that is not ours belongs to, and where it can be looked up.
struct ForeignCode {
    std::string family;  ///< stable: "mohurd-url", "license-identifier", "payment", "url", "opaque-token", ...
    std::string zh;
    std::string en;
};
ForeignCode name_foreign_code(std::string_view text);

}  // namespace elic
