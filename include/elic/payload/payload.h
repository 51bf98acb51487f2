#pragma once

#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/signed_message.h"
#include "elic/crypto/signer.h"
#include "elic/crypto/sm2.h"

namespace elic {

/// The envelope of a code (docs/format/payload.md, 1): kid[8] | claims | r[32] | s[32], and what it is as text.
/// Nothing in `claims` has been looked at: the signature comes first.
struct Payload {
    KeyHint hint{};
    Bytes claims;
    Sm2Signature signature{};

    friend bool operator==(const Payload&, const Payload&) = default;
};

/// What a text begins like.
enum class PayloadLead {
    ours,     ///< 3691: this format
    newer,    ///< 369 and another digit
    foreign,  ///< anything else
};

/// Folds what transport may do to a text: white space around and line breaks inside, full-width digits, and
/// https://HOST/PATH#DIGITS (only the digits after # count).
std::string normalise_code_text(std::string_view text);

/// Looks at the first characters of a normalised text.
PayloadLead lead_of(std::string_view normalised) noexcept;

/// "3691" and the digits of the envelope.
std::string write_payload(const Payload& payload);

/// Reads a normalised text that begins with 3691. At most 6,000 digits. Errors: malformed_digits,
/// malformed_payload (too short), limit_exceeded.
Result<Payload> read_payload(std::string_view normalised);

/// Signs claims with the key of the certificate that `hint` names, and verifies back. Errors: signer_failed.
Result<Payload> sign_payload(Bytes claims, const KeyHint& hint, Signer& signer);

/// As sign_payload, for a caller who verifies the whole code before it leaves. Errors: signer_failed.
Result<Payload> sign_payload_unverified(Bytes claims, const KeyHint& hint, Signer& signer);

/// True when the key signed these claims as a code (SignatureKind::payload).
bool signature_holds(const Payload& payload, const PublicKey& key) noexcept;

}  // namespace elic
