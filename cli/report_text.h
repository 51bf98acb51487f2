#pragma once

#include <string>

#include "console.h"
#include "elic/verify/report.h"

namespace elic::cli {

/// The report as one line: verdict, what the license says, what the clerk does next.
std::string report_line(const Report& report, const Console& console);

/// Its findings, a line each, to standard error: what was not established or fails, and what is to be known.
void tell_findings(const Report& report, Console& console);

/// exit_done, exit_indeterminate or exit_invalid.
int exit_status_of(const Report& report);

}  // namespace elic::cli
