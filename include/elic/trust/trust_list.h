#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signed_message.h"
#include "elic/crypto/signer.h"
#include "elic/trust/issuing_body.h"

namespace elic {

/// A type pack that licenses may name; bound by its full digest.
struct PackEntry {
    Digest digest{};
    LicenseTypeCode type;
    int version = 1;
    std::string name;
    int words = 1;
};

/// Everything a trust list says; what a builder fills in.
struct TrustListContent {
    std::uint64_t number = 1;  ///< counts up with each list
    Timestamp issued_at;
    Timestamp not_before;
    Timestamp next_update;
    std::optional<Digest> previous;  ///< SM3 of the file before this one
    std::vector<Digest> roots;       ///< fingerprints of root certificates that bodies' certificates chain to
    std::vector<Digest> intermediates;
    std::vector<PackEntry> packs;     ///< by type, then version; no two with the same first 4 bytes of digest
    std::vector<IssuingBody> bodies;  ///< by code
};

/// A signed trust list (docs/format/trust.md), read lazily: bodies are decoded when asked for, so that a list of
/// 10,000 costs little. One encoding: what reads re-encodes to the same bytes.
class TrustList {
public:
    /// Encodes and signs. `signer_certificate` is carried in the file, with the certificates between it and the root.
    /// Errors: malformed_trust (content breaks a rule), signer_failed, bad_argument (key and certificate do not match).
    static Result<Bytes> build(const TrustListContent& content, Signer& signer, const Certificate& signer_certificate,
                               std::span<const Certificate> intermediates);

    /// Opens a file: form of the envelope, then the signature by the certificate it carries, then the content. That the
    /// certificate is to be trusted is another question: verify_chain with signer() against the pinned roots.
    /// Errors: malformed_trust (also: the signature does not hold), newer_format, limit_exceeded.
    static Result<TrustList> open(Bytes file);

    const Certificate& signer() const noexcept;
    const std::vector<Certificate>& signer_intermediates() const noexcept;
    const Digest& digest() const noexcept;  ///< SM3 of the file

    std::uint64_t number() const noexcept;
    Timestamp issued_at() const noexcept;
    Timestamp not_before() const noexcept;
    Timestamp next_update() const noexcept;
    const std::vector<Digest>& roots() const noexcept;
    const std::vector<Digest>& intermediates() const noexcept;
    const std::vector<PackEntry>& packs() const noexcept;
    std::size_t body_count() const noexcept;

    /// Errors: not_found, malformed_trust.
    Result<IssuingBody> body(const Uscc& code) const;
    /// The n-th body by code, n < body_count(). Errors: malformed_trust.
    Result<IssuingBody> body_at(std::size_t n) const;
    /// Bodies that have a certificate with this hint, each decoded. Errors: malformed_trust.
    Result<std::vector<IssuingBody>> bodies_with_key(const KeyHint& hint) const;
    /// Null when no pack has these first bytes.
    const PackEntry* pack(const std::array<std::uint8_t, 4>& prefix) const noexcept;
    const PackEntry* pack(const LicenseTypeCode& type, int version) const noexcept;

    /// Everything, decoded: for show and for tests. Errors: malformed_trust.
    Result<TrustListContent> content() const;

    struct Impl;
    explicit TrustList(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

private:
    std::shared_ptr<const Impl> impl_;
};

}  // namespace elic
