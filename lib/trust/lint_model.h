#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "elic/crypto/certificate.h"
#include "elic/crypto/certificate_facts.h"
#include "elic/trust/trust_lint.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// What a lenient reading of a source understood. What it did not understand is missing here and has its fault already:
/// checks across the source pass over it.
struct Placed {
    std::string text;
    std::string place;
};

/// A certificate file that reads, wherever it is named.
struct LintCertificate {
    std::string place;  ///< of the member that names the file
    std::string file;
    Certificate certificate;
    CertificateFacts facts;
};

struct LintKey {
    std::string place;
    std::optional<LintCertificate> file;
    std::optional<Timestamp> from, until, compromised;
    bool times_known = true;  ///< false: a time of it did not read
    bool until_given = false;
    std::uint32_t kinds = 0;

    bool may(SignatureKind kind) const { return (kinds >> static_cast<unsigned>(kind)) & 1U; }
};

struct LintGrant {
    std::string place;
    std::vector<std::pair<LicenseTypeCode, std::string>> types;  ///< with the place that names each
    std::vector<std::pair<AreaCode, std::string>> areas;
    std::optional<Date> from, until;
    bool times_known = true;
    std::uint8_t rights = 0;

    bool gives(GrantRight right) const { return (rights & right_of(right)) != 0; }
};

struct LintFormerName {
    std::string place;
    std::string name;
    std::optional<Date> until;
};

struct LintSuccessor {
    std::string place;
    std::optional<Uscc> code;
    std::optional<Date> from;
};

struct LintBody {
    std::string place;
    std::optional<Uscc> code;
    std::string name;  ///< empty: none was read
    std::vector<Placed> hosts;
    std::vector<LintKey> keys;
    std::vector<LintGrant> grants;
    std::vector<LintFormerName> former_names;
    std::optional<LintSuccessor> successor;
};

struct LintPack {
    std::string place;  ///< empty: one of those built in
    LicenseTypeCode type;
    int version;
    Digest digest;
};

struct LintObject {
    std::string place;
    Bytes bytes;
};

struct LintSource {
    bool delegation = false;
    std::optional<std::uint64_t> number;
    std::optional<Timestamp> not_before, next_update;  ///< with the defaults; none: did not read
    std::vector<LintCertificate> roots, intermediates;
    std::vector<LintPack> packs;
    bool all_packs_read = true;
    std::vector<LintBody> bodies;
    std::vector<LintObject> objects;
    std::optional<Uscc> parent;  ///< of a delegation
};

}  // namespace elic
