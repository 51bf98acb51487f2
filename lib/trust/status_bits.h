#pragma once

#include <cstdint>

#include "elic/base/bytes.h"

namespace elic {

/// The divisor of a Golomb code and what follows from it: a number is its quotient in unary, then its remainder as one
/// of `divisor` choices.
struct Golomb {
    explicit Golomb(std::uint64_t divisor);

    std::uint64_t divisor;     ///< 1 to 2^48
    std::uint64_t short_ones;  ///< remainders below this one take `least_bits`, others one bit more
    unsigned least_bits;
};

/// Bits of a status block, the most significant of each byte first (docs/format/status.md, 3).
class BitWriter {
public:
    void bits(std::uint64_t value, unsigned count);  ///< the lowest `count` (0..56) bits
    void unary(std::uint64_t value);                 ///< that many zeros, then a one

    /// One of `choices` values (at least 1, at most 2^48), each in the floor or the ceiling of log2(choices) bits.
    void uniform(std::uint64_t value, std::uint64_t choices);

    void golomb(std::uint64_t value, const Golomb& code);

    /// A number from 1 to 2^48 without other bound: Elias gamma.
    void gamma(std::uint64_t value);

    /// The bytes; the last one is filled up with zeros.
    Bytes finish();

private:
    Bytes bytes_;
    std::uint64_t pending_ = 0;
    unsigned pending_bits_ = 0;  ///< 0..7 between calls
};

/// Reads what BitWriter writes. After the first fault good() is false and every value is the smallest.
class BitReader {
public:
    explicit BitReader(BytesView bytes) : bytes_(bytes) {}

    bool good() const noexcept { return good_; }
    std::uint64_t left() const noexcept { return bytes_.size() * 8 - at_; }  ///< bits

    std::uint64_t bits(unsigned count);
    std::uint64_t unary(std::uint64_t most);  ///< more than `most` is a fault
    std::uint64_t uniform(std::uint64_t choices);
    std::uint64_t golomb(const Golomb& code, std::uint64_t most_quotient);
    std::uint64_t gamma();

    /// True when nothing failed and nothing is left but fewer than 8 zero bits.
    bool finish();

private:
    std::uint64_t window() const noexcept;  ///< the next 57 bits or more at the top; zeros after the end
    std::uint64_t fault() noexcept;

    BytesView bytes_;
    std::uint64_t at_ = 0;
    bool good_ = true;
};

}  // namespace elic
