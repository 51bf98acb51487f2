#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "crypto/sm2_curve.h"
#include "elic/crypto/sm2.h"

namespace elic::sm2 {

/// After how many signatures a key goes on with tables.
struct TablesAfter {
    unsigned small = 4;   ///< they take as long to make as two signatures to verify
    unsigned large = 64;  ///< as long as some twenty
};

/// Verifies signatures of one key, from any number of threads. Not constant in time: all that it is given is public.
class Verifier {
public:
    explicit Verifier(const AffinePoint& key, TablesAfter after = {}) noexcept;
    ~Verifier();

    /// GB/T 32918.2, 7.1, from e on.
    bool holds(const Digest& e, const Sm2Signature& signature) const noexcept;

    static constexpr int max_large_tables = 64;
    /// Which tables it goes on with by now. Not to be asked while other threads verify: for tests.
    bool has_small_tables() const noexcept { return small_.tables != nullptr; }
    bool has_large_tables() const noexcept { return large_.tables != nullptr; }

private:
    struct SmallTables;  ///< 4 KB
    struct LargeTables;  ///< 88 KB: max_large_tables keys have such at a time

    template <class Tables>
    struct Made {
        std::once_flag once;
        std::unique_ptr<const Tables> tables;
    };

    JacobianPoint sum_of_multiples(const Words& s, const Words& t) const noexcept;
    const SmallTables* small_tables() const noexcept;
    const LargeTables* large_tables() const noexcept;

    AffinePoint key_;
    TablesAfter after_;
    mutable std::atomic<unsigned> used_ = 0;
    mutable Made<SmallTables> small_;
    mutable Made<LargeTables> large_;
};

}  // namespace elic::sm2
