#pragma once

#include <array>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"
#include "elic/ledger/merkle.h"
#include "elic/license/uscc.h"

namespace elic {

/// Random, made with the ledger: tells it from every other, also of the same office.
using LedgerIdentity = std::array<std::uint8_t, 16>;

/// Which ledger a checkpoint is of.
struct LedgerOrigin {
    Uscc issuer;
    int office = 1;  ///< 1..999
    LedgerIdentity identity{};
    /// "91430199MA00EX062T/1/00112233445566778899aabbccddeeff".
    std::string text() const;
    friend bool operator==(const LedgerOrigin&, const LedgerOrigin&) = default;
};

/// What a ledger was at one moment, to be kept outside it. docs/format/checkpoint.md.
struct Checkpoint {
    LedgerOrigin origin;
    merkle::TreeHead head;
    Timestamp at;
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// A checkpoint as it was read: the signature has not been looked at.
struct SignedCheckpoint {
    Checkpoint checkpoint;
    Digest signer{};  ///< SM3 fingerprint of the signer's certificate
    Sm2Signature signature{};

    /// True when this certificate is the signer's and its key signed exactly this.
    bool holds(const Certificate& certificate) const;
};

/// Text of eight lines: five that are signed, an empty one, the signer's fingerprint, the signature. At most
/// max_checkpoint bytes. Errors: bad_argument (key and certificate do not match), signer_failed.
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, Signer& signer, const Certificate& certificate);

/// The text again: one checkpoint, one text.
std::string write_checkpoint(const SignedCheckpoint& checkpoint);

/// Strict; also with CRLF line ends and without the last one, as what scans a code or a mail may give it. Errors:
/// malformed_text naming the line, newer_format, limit_exceeded.
Result<SignedCheckpoint> read_checkpoint(std::string_view text);
inline constexpr std::size_t max_checkpoint = 512;

}  // namespace elic
