#include "trust/status_bits.h"

#include <bit>

#include "elic/base/assert.h"

namespace elic {

namespace {

constexpr unsigned most_bits_at_once = 56;  // with up to 7 bits pending, or skipped, these still fit in 64
constexpr unsigned most_gamma_bits = 48;

/// Bits that every one of `choices` values has at least: floor(log2(choices)).
unsigned floor_log2(std::uint64_t choices) { return static_cast<unsigned>(std::bit_width(choices)) - 1; }

/// How many of the values, the smallest ones, do with that many bits; the others take one more.
std::uint64_t short_values(std::uint64_t choices) { return (std::uint64_t{2} << floor_log2(choices)) - choices; }

}  // namespace

Golomb::Golomb(std::uint64_t divisor_)
    : divisor(divisor_), short_ones(short_values(divisor_)), least_bits(floor_log2(divisor_)) {}

void BitWriter::bits(std::uint64_t value, unsigned count) {
    ELIC_ASSERT(count <= most_bits_at_once && (value >> count) == 0);
    pending_ = pending_ << count | value;
    pending_bits_ += count;
    while (pending_bits_ >= 8) {
        pending_bits_ -= 8;
        bytes_.push_back(static_cast<std::uint8_t>(pending_ >> pending_bits_));
    }
    pending_ &= (1U << pending_bits_) - 1;
}

void BitWriter::unary(std::uint64_t value) {
    for (; value >= most_bits_at_once; value -= most_bits_at_once) bits(0, most_bits_at_once);
    bits(0, static_cast<unsigned>(value));
    bits(1, 1);
}

void BitWriter::uniform(std::uint64_t value, std::uint64_t choices) {
    ELIC_ASSERT(value < choices);
    const auto least = floor_log2(choices);
    const auto short_ones = short_values(choices);
    if (value < short_ones) {
        bits(value, least);
    } else {
        bits(value + short_ones, least + 1);
    }
}

void BitWriter::gamma(std::uint64_t value) {
    ELIC_ASSERT(value != 0);
    const auto width = floor_log2(value);
    unary(width);
    bits(value - (std::uint64_t{1} << width), width);
}

void BitWriter::golomb(std::uint64_t value, const Golomb& code) {
    unary(value / code.divisor);
    uniform(value % code.divisor, code.divisor);
}

Bytes BitWriter::finish() {
    if (pending_bits_ != 0) bits(0, 8 - pending_bits_);
    return std::move(bytes_);
}

std::uint64_t BitReader::fault() noexcept {
    good_ = false;
    at_ = bytes_.size() * 8;
    return 0;
}

std::uint64_t BitReader::window() const noexcept {
    const auto byte = static_cast<std::size_t>(at_ / 8);
    const auto rest = bytes_.size() - byte;
    std::uint64_t value = 0;
    if (rest >= 8) {
        for (std::size_t i = 0; i < 8; ++i) value = value << 8 | bytes_[byte + i];
    } else {
        for (std::size_t i = 0; i < rest; ++i) value |= std::uint64_t{bytes_[byte + i]} << (56 - 8 * i);
    }
    return value << (at_ % 8);
}

std::uint64_t BitReader::bits(unsigned count) {
    if (count == 0) return 0;
    if (count > most_bits_at_once || count > left()) return fault();
    const auto value = window() >> (64 - count);
    at_ += count;
    return value;
}

std::uint64_t BitReader::unary(std::uint64_t most) {
    std::uint64_t value = 0;
    for (;;) {
        const auto zeros =
            static_cast<unsigned>(std::countl_zero(window() >> (64 - most_bits_at_once))) - (64 - most_bits_at_once);
        if (zeros > left()) return fault();
        value += zeros;
        at_ += zeros;
        if (value > most) return fault();
        if (zeros < most_bits_at_once) break;
    }
    if (left() == 0) return fault();
    ++at_;
    return value;
}

std::uint64_t BitReader::uniform(std::uint64_t choices) {
    const auto least = floor_log2(choices);
    const auto short_ones = short_values(choices);
    const auto value = bits(least);
    if (value < short_ones) return value;
    return (value << 1 | bits(1)) - short_ones;
}

std::uint64_t BitReader::golomb(const Golomb& code, std::uint64_t most_quotient) {
    const auto ahead = window();
    const auto zeros = static_cast<unsigned>(std::countl_zero(ahead));
    const auto used = zeros + 1 + code.least_bits;
    if (used >= most_bits_at_once || used >= left() || zeros > most_quotient) {
        const auto quotient = unary(most_quotient);  // long, or near the end: step by step
        return quotient * code.divisor + uniform(code.divisor);
    }
    // All of it lies in the window. Shifting by one bit first keeps the shift below 64 where least_bits is 0.
    const auto rest = ahead << (zeros + 1);
    const auto remainder = rest >> 1 >> (63 - code.least_bits);
    const bool is_long = remainder >= code.short_ones;
    const auto longer = (rest >> (63 - code.least_bits)) - code.short_ones;
    at_ += used + (is_long ? 1 : 0);
    return zeros * code.divisor + (is_long ? longer : remainder);
}

std::uint64_t BitReader::gamma() {
    const auto width = static_cast<unsigned>(unary(most_gamma_bits));
    return (std::uint64_t{1} << width) + bits(width);
}

bool BitReader::finish() {
    if (!good_ || left() >= 8) return false;
    return bits(static_cast<unsigned>(left())) == 0;
}

}  // namespace elic
