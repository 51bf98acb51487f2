#include "codec/digits.h"

#include <algorithm>
#include <array>

namespace elic {
namespace {

constexpr std::size_t block_bytes = 7;
/// Digits that hold 0..7 bytes: the least n with 10^n >= 256^k.
constexpr std::array<std::size_t, block_bytes + 1> digits_for{0, 3, 5, 8, 10, 13, 15, 17};
constexpr std::size_t block_digits = digits_for[block_bytes];

tl::unexpected<Error> malformed(std::size_t offset, const std::string& what) {
    return fail(Errc::malformed_digits, "offset " + std::to_string(offset) + ": " + what);
}

}  // namespace

std::string digits_from_bytes(BytesView bytes) {
    const std::size_t blocks = bytes.size() / block_bytes;
    std::string digits(blocks * block_digits + digits_for[bytes.size() % block_bytes], '0');
    std::size_t start = 0;
    while (!bytes.empty()) {
        const std::size_t count = std::min(block_bytes, bytes.size());
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < count; ++i) number = number << 8 | bytes[i];
        for (std::size_t at = start + digits_for[count]; at > start; number /= 10) {
            digits[--at] = static_cast<char>('0' + number % 10);
        }
        start += digits_for[count];
        bytes = bytes.subspan(count);
    }
    return digits;
}

Result<Bytes> bytes_from_digits(std::string_view digits) {
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (digits[i] < '0' || digits[i] > '9') return malformed(i, "a decimal digit is expected");
    }
    const std::size_t tail = digits.size() % block_digits;
    const auto tail_form = std::find(digits_for.begin(), digits_for.end(), tail);
    if (tail_form == digits_for.end()) {
        return malformed(digits.size() - tail,
                         "no number of bytes has " + std::to_string(tail) + " digits: some are missing or too many");
    }
    const auto tail_bytes = static_cast<std::size_t>(tail_form - digits_for.begin());
    Bytes bytes;
    bytes.reserve(digits.size() / block_digits * block_bytes + tail_bytes);
    for (std::size_t start = 0; start < digits.size(); start += block_digits) {
        const std::string_view block = digits.substr(start, block_digits);
        const std::size_t count = block.size() == block_digits ? block_bytes : tail_bytes;
        std::uint64_t number = 0;  // 17 digits fit in 57 bits
        for (const char digit : block) number = number * 10 + static_cast<std::uint64_t>(digit - '0');
        if (number >> (8 * count) != 0) return malformed(start, "a block is over its range");
        for (std::size_t i = count; i > 0; --i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * (i - 1))));
    }
    return bytes;
}

}  // namespace elic
