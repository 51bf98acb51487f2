#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/date.h"
#include "elic/base/result.h"
#include "elic/license/holder.h"
#include "elic/license/license_id.h"
#include "elic/license/validity.h"

namespace elic {

/// What an agency wants issued, before any rule of its type was looked at.
struct LicenseDraft {
    LicenseTypeCode type;
    std::string request;
    std::string number;  ///< empty: the type's rule gives it
    std::vector<Holder> holders;
    Date issued_on;
    Validity validity;
    std::vector<std::pair<std::string, std::string>> face;  ///< label or key -> text, in the order given
    std::optional<std::string> serial;
    std::optional<LicenseId> previous;
    std::optional<std::string> issuer_code;   ///< ZZBFJGDM of the flat form: must be the office's
    std::optional<std::string> issuer_name;   ///< ZZBFJG: must be the trust list's
    std::optional<std::string> license_name;  ///< ZZMC: must be the pack's
};

/// One thing that is wrong with a draft: which field, which rule, and what to do.
struct DraftFault {
    std::string field;  ///< "holders[0].code", "face.企业名称"
    std::string rule;   ///< stable, docs/format/draft.md: "required", "unknown", "date", "check", "value", ...
    std::string mend;   ///< one sentence

    friend bool operator==(const DraftFault&, const DraftFault&) = default;
};

/// A draft, or everything that is wrong with the text.
struct DraftReading {
    std::optional<LicenseDraft> draft;
    std::vector<DraftFault> faults;
    std::vector<std::string> warnings = {};  ///< of how it was written
};

/// Reads a draft from JSON text (cli.md): the nested form, or the flat national one (ZZLXDM, ZZBH, CZZT, ...). Total.
DraftReading read_license_draft(std::string_view json);

}  // namespace elic
