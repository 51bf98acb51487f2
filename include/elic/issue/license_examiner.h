#pragma once

#include <vector>

#include "elic/issue/license_draft.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// Asked about each license after all rules of the house and before anything is reserved for it: what would be in the
/// way of what is to be made of it.
class LicenseExaminer {
public:
    virtual ~LicenseExaminer() = default;
    /// The faults; none: it may be issued. Serial and status index of `license` are trial ones. Called from several
    /// threads at once.
    virtual std::vector<DraftFault> examine(const Metadata& license, const TypePack& pack) const = 0;
};

}  // namespace elic
