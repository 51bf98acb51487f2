#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "elic/document/embedded_signature.h"
#include "verify/anchors.h"

namespace elic {

/// What came of looking for a pinned root that vouches for a certificate found in a document.
struct ChainAnswer {
    enum class Kind { anchored, no_anchor, revoked, unusable_list, test_refused };
    Kind kind = Kind::no_anchor;
    std::string detail;
    std::optional<Certificate> root = {};  ///< when anchored
};

/// The pinned roots of every trust list of this machine. Certificates in a document are strangers: they count only by a
/// chain to one of these, at the time of signing.
class DocumentAnchors {
public:
    explicit DocumentAnchors(const VerifyContext& context);

    /// `between`: certificates that came along, to build a chain with.
    ChainAnswer chain_of(const EmbeddedCertificate& certificate, std::span<const EmbeddedCertificate> between,
                         Timestamp at) const;

private:
    struct Each {
        const TrustList* list;
        Anchors anchors;
    };
    const VerifyContext& context_;
    std::vector<Each> lists_;
};

}  // namespace elic
