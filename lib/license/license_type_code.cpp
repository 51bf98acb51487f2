#include "elic/license/license_type_code.h"

#include "license/characters.h"

namespace elic {

Result<LicenseTypeCode> LicenseTypeCode::parse(std::string_view text) {
    if (text.size() != 21) {
        return fail(Errc::malformed_value,
                    "a license type code has 21 characters: a unified social credit code and 3 digits");
    }
    if (auto body = Uscc::parse(text.substr(0, 18)); !body) return fail_in("license type code", body.error());
    if (!made_of(text.substr(18), decimal_digits)) {
        return fail(Errc::malformed_value, "a license type code ends in 3 digits");
    }
    return LicenseTypeCode(std::string(text));
}

Uscc LicenseTypeCode::defining_authority() const { return *Uscc::parse(std::string_view(text_).substr(0, 18)); }

}  // namespace elic
