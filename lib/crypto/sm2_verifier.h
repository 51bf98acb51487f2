#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "crypto/sm2_curve.h"
#include "elic/crypto/sm2.h"

namespace elic::sm2 {

/// Verifies signatures of one key, from any number of threads. Not constant in time: all that it is given is public.
class Verifier {
public:
    explicit Verifier(const AffinePoint& key) noexcept;
    ~Verifier();

    /// GB/T 32918.2, 7.1, from e on.
    bool holds(const Digest& e, const Sm2Signature& signature) const noexcept;

    /// Whether it goes on with tables by now. Not to be asked while other threads verify: for tests.
    bool has_tables() const noexcept { return tables_ != nullptr; }

private:
    struct Tables;  ///< made for a key that verifies more than a few signatures: each takes half as long from then on

    JacobianPoint sum_of_multiples(const Words& s, const Words& t) const noexcept;
    const Tables* tables() const noexcept;

    AffinePoint key_;
    mutable std::atomic<unsigned> used_ = 0;
    mutable std::once_flag made_;
    mutable std::unique_ptr<const Tables> tables_;
};

}  // namespace elic::sm2
