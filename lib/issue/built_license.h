#pragma once

#include <string>
#include <vector>

#include "elic/issue/license_draft.h"
#include "elic/license/metadata.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// A draft held against its type pack.
struct BuiltLicense {
    std::optional<Metadata> license;    ///< complete but for serial, status and signing time, which the ledger gives
    std::optional<std::string> serial;  ///< from the draft, or from the number
    std::string area;                   ///< division code in the number; empty when there is none
    std::string content;                ///< canonical JSON of what was made of the draft, derived items left out
    std::vector<DraftFault> faults;     ///< not empty: license is not set
    std::vector<std::string> warnings;
};

/// What the license is built with besides its draft.
struct BuildContext {
    const TypePack& pack;
    const Uscc& issuer;
    const std::string& issuer_name;  ///< as the trust list has it
    Timestamp now;
};

/// Checks every rule of the pack and fills in what derives. Collects all faults, not only the first.
BuiltLicense build_license(const LicenseDraft& draft, const BuildContext& context);

/// Checks and completes the face; parts of build_license. Fields come in the pack's order.
void build_face(const LicenseDraft& draft, const BuildContext& context, Metadata& license, BuiltLicense& built);

}  // namespace elic
