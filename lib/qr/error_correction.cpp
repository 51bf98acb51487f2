#include "qr/error_correction.h"

#include <array>

#include "base/memo.h"

namespace elic::qr {

namespace {

constexpr std::size_t most_correction = 30;

std::uint8_t product(std::uint8_t a, std::uint8_t b) {
    unsigned sum = 0;
    for (int bit = 7; bit >= 0; --bit) {
        sum = (sum << 1) ^ ((sum >> 7) * 0x11D);
        sum ^= (b >> bit & 1U) * a;
    }
    return static_cast<std::uint8_t>(sum);
}

/// Up to 32 coefficients, the highest first, eight to a word.
using Polynomial = std::array<std::uint64_t, 4>;

/// What a coefficient that falls out adds to the remainder: the generator times it.
using Multiples = std::array<Polynomial, 256>;

Multiples make_multiples(std::size_t degree) {
    // (x - 1)(x - 2)(x - 4)...: coefficients without the leading one, the highest first.
    std::array<std::uint8_t, most_correction> generator{};
    generator[degree - 1] = 1;
    std::uint8_t root = 1;
    for (std::size_t factor = 0; factor < degree; ++factor) {
        for (std::size_t n = 0; n < degree; ++n) {
            generator[n] = product(generator[n], root);
            if (n + 1 < degree) generator[n] ^= generator[n + 1];
        }
        root = product(root, 2);
    }
    Multiples multiples{};
    for (std::size_t factor = 0; factor < multiples.size(); ++factor) {
        for (std::size_t n = 0; n < degree; ++n) {
            const std::uint64_t coefficient = product(generator[n], static_cast<std::uint8_t>(factor));
            multiples[factor][n / 8] |= coefficient << n % 8 * 8;
        }
    }
    return multiples;
}

std::shared_ptr<const Multiples> multiples_of(std::size_t degree) {
    static Memo<std::size_t, Multiples> kept(most_correction);
    return kept.get(degree, [&] { return make_multiples(degree); });
}

Polynomial remainder(BytesView data, const Multiples& multiples) {
    Polynomial rest{};
    for (const auto word : data) {
        const auto& added = multiples[(word ^ rest[0]) & 0xFF];
        for (std::size_t n = 0; n < rest.size(); ++n)
            rest[n] = (rest[n] >> 8 | (n + 1 < rest.size() ? rest[n + 1] << 56 : 0)) ^ added[n];
    }
    return rest;
}

}  // namespace

Bytes with_correction(BytesView data, const Blocks& blocks) {
    const auto multiples = multiples_of(blocks.correction);
    const std::size_t shorter = blocks.data / blocks.count, longer = blocks.data % blocks.count;
    Bytes words(blocks.data + blocks.count * blocks.correction);
    std::size_t begin = 0;
    for (std::size_t block = 0; block < blocks.count; ++block) {
        const bool has_more = block >= blocks.count - longer;
        const auto part = data.subspan(begin, shorter + (has_more ? 1 : 0));
        begin += part.size();
        // The first words of all blocks, then the second ones; the last ones only of the longer blocks.
        for (std::size_t n = 0; n < shorter; ++n) words[n * blocks.count + block] = part[n];
        if (has_more) words[shorter * blocks.count + block - (blocks.count - longer)] = part[shorter];
        const auto rest = remainder(part, *multiples);
        for (std::size_t n = 0; n < blocks.correction; ++n)
            words[blocks.data + n * blocks.count + block] = static_cast<std::uint8_t>(rest[n / 8] >> n % 8 * 8);
    }
    return words;
}

}  // namespace elic::qr
