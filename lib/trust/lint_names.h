#pragma once

#include "trust/lint_faults.h"
#include "trust/lint_model.h"

namespace elic {

/// A name of a body: characters, scripts, look-alikes, blanks, length.
void lint_name(const std::string& name, const std::string& place, LintFaults& faults);

/// The hosts of one body: form, repetitions.
void lint_hosts(const std::vector<Placed>& hosts, LintFaults& faults);

/// What a name looks like: usual forms, no blanks, lower case, one character for all that look like it. Names with the
/// same look are taken for each other.
std::string look_of(std::string_view name);

/// For comparing names that people wrote: width of letters and brackets, blanks and case do not count.
std::string plain_name(std::string_view name);

}  // namespace elic
