#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "elic/base/timestamp.h"
#include "elic/trust/root_pins.h"
#include "elic/trust/trust_folder.h"
#include "elic/verify/report.h"

namespace elic {

/// What may be weakened; defaults are strict.
struct VerifyPolicy {
    bool allow_missing_status = false;
};

/// What a verdict rests on. A null trust folder is its own finding, never valid; `trust_failure` says why it is null
/// when it could not be opened.
struct VerifyContext {
    const TrustFolder* trust = nullptr;
    std::optional<Error> trust_failure = {};
    RootPins pins = {};
    Timestamp at;
    VerifyPolicy policy = {};
    std::optional<std::string> expect_holder = {};
    std::optional<std::string> expect_number = {};
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
