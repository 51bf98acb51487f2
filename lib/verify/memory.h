#pragma once

#include <string>

#include "elic/verify/verify_payload.h"

namespace elic {

/// What the machine's memory calls things (docs/format/trust.md, 10).
std::string memory_name(const TrustList& list);
std::string memory_name(const Delegation& delegation);
std::string memory_name(const StatusListContent& list);

/// Records whether the report was compared with what this machine has seen, and whether its clock is behind a signed
/// time that it sees or has seen. To be called last: it looks at what the report saw.
void check_memory(const VerifyContext& context, Report& report);

}  // namespace elic
