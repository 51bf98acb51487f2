#pragma once

#include "elic/trust/status_list.h"

namespace elic {

/// The rules that a list, or a delta, keeps however it came about. Errors: malformed_trust, limit_exceeded.
Status check_status_list(const StatusListContent& list);
Status check_status_delta(const StatusDelta& delta);

}  // namespace elic
