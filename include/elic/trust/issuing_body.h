#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/signed_message.h"
#include "elic/license/area_code.h"
#include "elic/license/license_type_code.h"
#include "elic/license/uscc.h"

namespace elic {

/// A certificate of an issuing body, as trust list or delegation have it: by digest.
struct BodyCertificate {
    Digest fingerprint{};
    Timestamp from;                  ///< used for signing from this instant
    std::optional<Timestamp> until;  ///< to this instant, inclusive; none = open. Withdrawn: it ended
    std::uint32_t kinds = 0;         ///< bit n: may make signatures of SignatureKind n
    /// The key may have been in other hands since this instant: nothing it signed counts, whatever time it claims, but
    /// for codes in a list of genuine issues.
    std::optional<Timestamp> compromised_since = {};

    bool may(SignatureKind kind) const { return (kinds >> static_cast<unsigned>(kind)) & 1U; }
    friend bool operator==(const BodyCertificate&, const BodyCertificate&) = default;
};

/// What a grant gives the right to.
enum class GrantRight : std::uint8_t { issue = 1, delegate = 2 };
inline constexpr std::uint8_t right_of(GrantRight right) noexcept { return static_cast<std::uint8_t>(right); }

/// The right to issue one type, to let others issue it, or both.
struct TypeGrant {
    LicenseTypeCode type;
    std::vector<AreaCode> areas;  ///< at least one; "000000" = the country
    Date from;
    std::optional<Date> until;                          ///< inclusive; none = open
    std::uint8_t rights = right_of(GrantRight::issue);  ///< bits of GrantRight, 1..3

    bool gives(GrantRight right) const { return (rights & right_of(right)) != 0; }
    friend bool operator==(const TypeGrant&, const TypeGrant&) = default;
};

/// What a body was called before.
struct FormerName {
    std::string name;
    Date until;  ///< the last day of that name
    friend bool operator==(const FormerName&, const FormerName&) = default;
};

/// A body that is gone, and who took over.
struct Successor {
    Uscc code;
    Date from;  ///< the first day of the successor
    friend bool operator==(const Successor&, const Successor&) = default;
};

/// Who may issue (docs/format/trust.md, 5).
struct IssuingBody {
    Uscc code;
    std::string name;
    std::vector<std::string> hosts;
    std::vector<BodyCertificate> certificates;
    std::vector<TypeGrant> grants;
    std::vector<FormerName> former_names = {};  ///< by day, the oldest first
    std::optional<Successor> successor = {};    ///< may publish status for this body

    /// What it was called on that day.
    const std::string& name_on(Date day) const;
    /// Null when it has no such certificate.
    const BodyCertificate* certificate(const Digest& fingerprint) const;
    friend bool operator==(const IssuingBody&, const IssuingBody&) = default;
};

}  // namespace elic
