#pragma once

#include "unit/verify/license_world.h"
#include "verify/preview.h"

namespace elic {

/// What an office is told before it signs, and why it stands nowhere (empty: it does).
struct Previewed {
    Report report;
    std::string nowhere;
};

/// Of a license of area_type in division 430102, signed at world_time.
inline Previewed previewed(const WrittenTrust& written, const RootPins& pins, const Certificate& certificate,
                           const Uscc& issuer) {
    const auto trust = written.open();
    const VerifyContext context{.trust = &trust, .pins = pins, .at = world_time()};
    const auto type = area_type();
    const std::string area = "430102";
    const auto standing = standing_of_issuer(context, issuer);
    return {preview_issue(
                context,
                {.certificate = certificate, .issuer = issuer, .type = type, .area = area, .signed_at = world_time()}),
            standing ? "" : standing.error().context};
}

}  // namespace elic
