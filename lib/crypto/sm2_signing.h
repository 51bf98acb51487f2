#pragma once

#include "crypto/sm2_scalar.h"
#include "elic/crypto/sm2.h"

// Signing by arithmetic of our own. Constant in time: no branch and no address depends on the key or the nonce; shown
// by tests/timing (docs/sm2.md).
namespace elic::sm2 {

/// What SM2 makes of one nonce (GB/T 32918.2, 6.1, A4 to A6).
struct Attempt {
    Sm2Signature signature;  ///< zeros when it is not usable
    std::uint64_t
        usable;  ///< 1, or 0: another nonce is to be taken (A5, A6; or one nonce of 2^255 that is not computed)
};

/// A private key d, as (1 + d)^-1; zeroed when destroyed.
class SecretKey {
public:
    /// `d` lies in 1 .. n-2.
    explicit SecretKey(const Words& d) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    /// `nonce` lies in 1 .. n-1, is secret, drawn anew for each signature.
    Attempt sign(const Digest& e, const Words& nonce) const noexcept;

private:
    Scalar factor_;
};

}  // namespace elic::sm2
