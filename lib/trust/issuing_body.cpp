#include "elic/trust/issuing_body.h"

namespace elic {

const std::string& IssuingBody::name_on(Date day) const {
    for (const auto& former : former_names) {
        if (day <= former.until) return former.name;
    }
    return name;
}

const BodyCertificate* IssuingBody::certificate(const Digest& fingerprint) const {
    for (const auto& listed : certificates) {
        if (listed.fingerprint == fingerprint) return &listed;
    }
    return nullptr;
}

}  // namespace elic
