#pragma once

#include "verify/anchors.h"

namespace elic {

/// Records why there is no trust folder.
void record_no_trust(const VerifyContext& context, Report& report);

/// Checks one trust list: signed under a pinned root, in its time, not older than what this machine has seen. Records
/// the trust (and test) finding. True: it can be relied on.
bool check_trust(const VerifyContext& context, const TrustList& list, const Anchors& anchors, Report& report);

/// A TEST root is said aloud, and does not count where a real one is pinned. False: it ends here.
bool check_test_root(const VerifyContext& context, const TrustList& list, const Certificate& root, Report& report);

}  // namespace elic
