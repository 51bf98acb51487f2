#pragma once

#include <string>

#include "elic/verify/verify_payload.h"

namespace elic {

/// What the machine's memory calls things (docs/format/trust.md, 10). Each name has the first root of the trust list,
/// so that what one root's bodies publish says nothing of another's: a TEST root cannot make a real list look old.
std::string memory_name(const TrustList& trust);
std::string memory_name(const TrustList& trust, const Delegation& delegation);
std::string memory_name(const TrustList& trust, const StatusListContent& list);

/// Records whether the report was compared with what this machine has seen, and whether its clock is behind a signed
/// time that it sees or has seen. To be called last: it looks at what the report saw.
void check_memory(const VerifyContext& context, Report& report);

}  // namespace elic
