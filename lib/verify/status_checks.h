#pragma once

#include "verify/standing.h"

namespace elic {

/// What an issuer's status list says of an entry.
struct StatusQuestion {
    StatusReference entry;
    Timestamp signed_at;  ///< of the license
    int revision = 1;     ///< of the license
};

/// Looks the entry up in the status list of the standing's body: signed by the body, one above it, or its successor;
/// current, not older than what this machine has seen. Records the status finding.
void check_status(const VerifyContext& context, const Standing& standing, const StatusQuestion& question,
                  Report& report);

}  // namespace elic
