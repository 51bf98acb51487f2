#pragma once

#include "elic/trust/issuing_body.h"
#include "elic/trust/signed_object.h"

namespace elic {

/// A body goes over from one key to the next without its parent: the old key vouches for the new one (it signs the
/// object), and the new key shows that it is there (it signs the same words). The new certificate may do what the old
/// one may. An old key that is compromised vouches for nothing.
struct Rollover {
    Uscc body;
    Digest old_fingerprint{};
    Certificate new_certificate;
    Timestamp issued_at;
    Timestamp from;  ///< the new key signs from this instant
};

inline constexpr std::size_t max_rollover_bytes = 64 << 10;

/// A roll-over signed by both keys, as a file. Errors: bad_argument (a key is not its certificate's), signer_failed.
Result<Bytes> make_rollover(const Rollover& rollover, Signer& old_key, const Certificate& old_certificate,
                            Signer& new_key);

/// Reads the content of a signed object of kind rollover and checks the new key's signature; the old key's is the
/// envelope's. Errors: malformed_trust (also: the new key's signature does not hold), limit_exceeded.
Result<Rollover> read_rollover(const SignedObject& object);

}  // namespace elic
