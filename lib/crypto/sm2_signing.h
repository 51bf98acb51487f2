#pragma once

#include <span>

#include "crypto/sm2_scalar.h"
#include "elic/crypto/sm2.h"

// Signing by arithmetic of our own. Constant in time: no branch and no address depends on the key or the nonce; shown
// by tests/timing (docs/sm2-signing.md). What calls leave on the stack is overwritten.
namespace elic::sm2 {

/// What SM2 makes of one nonce (GB/T 32918.2, 6.1, A4 to A6).
struct Attempt {
    Sm2Signature signature;  ///< zeros when it is not usable
    std::uint64_t usable;    ///< 1; 0: another nonce is to be taken (A3, A5, A6, or one of two that are not computed)
};

/// A private key d, as (1 + d)^-1; zeroed when destroyed.
class SecretKey {
public:
    /// `d`, big-endian, lies in 1 .. n-2.
    explicit SecretKey(std::span<const std::uint8_t, 32> d) noexcept;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey();

    /// `nonce`, big-endian, is secret, drawn anew for each signature; usable are those of 1 .. n-1.
    Attempt sign(const Digest& e, std::span<const std::uint8_t, 32> nonce) const noexcept;

private:
    // Of their own, so that their frames lie where the stack is overwritten after them.
    [[gnu::noinline]] void take(std::span<const std::uint8_t, 32> d) noexcept;
    [[gnu::noinline]] Attempt compute(const Digest& e, std::span<const std::uint8_t, 32> nonce) const noexcept;

    Scalar factor_;
};

}  // namespace elic::sm2
