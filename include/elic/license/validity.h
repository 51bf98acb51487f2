#pragma once

#include <optional>
#include <string>

#include "elic/base/date.h"
#include "elic/base/timestamp.h"

namespace elic {

/// How a license ends. Never absent by mistake: each form is explicit.
enum class ValidityForm {
    until,      ///< to 24:00 of valid_until in +08:00
    long_term,  ///< 长期: no end
    none,       ///< the type has no validity period at all
};

/// The validity period of a license. Invariant: valid_until is set exactly when form is `until`.
struct Validity {
    ValidityForm form = ValidityForm::none;
    Date valid_from;
    std::optional<Date> valid_until = {};

    bool started(Timestamp at) const { return Timestamp::first_second_of(valid_from) <= at; }
    bool ended(Timestamp at) const { return valid_until && Timestamp::last_second_of(*valid_until) < at; }
    friend bool operator==(const Validity&, const Validity&) = default;
};

/// "2026-01-01 to 2028-12-31" in the words of GB/T 36903: "2026-01-01至2028-12-31", "2026-01-01至长期"; empty for none.
std::string format(const Validity& validity);

}  // namespace elic
