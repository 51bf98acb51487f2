#include "elic/license/validity.h"

#include "elic/base/assert.h"

namespace elic {

std::string format(const Validity& validity) {
    switch (validity.form) {
        case ValidityForm::until:
            ELIC_ASSERT(validity.valid_until.has_value());
            return validity.valid_from.format() + "至" + validity.valid_until->format();
        case ValidityForm::long_term:
            return validity.valid_from.format() + "至长期";
        case ValidityForm::none:
            break;
    }
    return {};
}

}  // namespace elic
