#pragma once

// Included by one file for each set of instructions, which sets ELIC_LANES. Nothing here may be shared between those
// files: a function compiled for newer instructions must not be the one that an older machine runs. Hence no templates,
// no inline functions with names of their own, nothing of the standard library.

#include <cstdint>

namespace {

typedef std::uint32_t Words __attribute__((vector_size(ELIC_LANES * 4)));

#define ELIC_ROTATE(x, n) (((x) << (n)) | ((x) >> (32 - (n))))

constexpr std::uint32_t rotated(std::uint32_t x, int n) {
    return n % 32 == 0 ? x : (x << (n % 32)) | (x >> (32 - n % 32));
}

void load_words(Words* w, const std::uint8_t* const* blocks) {
    for (int j = 0; j < 16; ++j) {
        for (int lane = 0; lane < ELIC_LANES; ++lane) {
            std::uint32_t word = 0;
            __builtin_memcpy(&word, blocks[lane] + 4 * j, 4);
            w[j][lane] = __builtin_bswap32(word);
        }
    }
}

/// GB/T 32905, 5.3.2.
void expand(Words* w) {
    for (int j = 16; j < 68; ++j) {
        const Words x = w[j - 16] ^ w[j - 9] ^ ELIC_ROTATE(w[j - 3], 15);
        w[j] = x ^ ELIC_ROTATE(x, 15) ^ ELIC_ROTATE(x, 23) ^ ELIC_ROTATE(w[j - 13], 7) ^ w[j - 6];
    }
}

/// GB/T 32905, 5.3.3.
void compress_lanes(std::uint32_t* state, const std::uint8_t* const* blocks) {
    Words w[68];
    load_words(w, blocks);
    expand(w);
    Words v[8];
    __builtin_memcpy(v, state, sizeof v);
    Words a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6], h = v[7];
    for (int j = 0; j < 64; ++j) {
        const std::uint32_t constant = rotated(j < 16 ? 0x79CC4519U : 0x7A879D8AU, j);
        const Words a12 = ELIC_ROTATE(a, 12);
        const Words sum = a12 + e + constant;
        const Words ss1 = ELIC_ROTATE(sum, 7);
        const Words ff = j < 16 ? a ^ b ^ c : (a & b) | (c & (a | b));
        const Words gg = j < 16 ? e ^ f ^ g : g ^ (e & (f ^ g));
        const Words tt1 = ff + d + (ss1 ^ a12) + (w[j] ^ w[j + 4]);
        const Words tt2 = gg + h + ss1 + w[j];
        d = c;
        c = ELIC_ROTATE(b, 9);
        b = a;
        a = tt1;
        h = g;
        g = ELIC_ROTATE(f, 19);
        f = e;
        e = tt2 ^ ELIC_ROTATE(tt2, 9) ^ ELIC_ROTATE(tt2, 17);
    }
    const Words after[8] = {v[0] ^ a, v[1] ^ b, v[2] ^ c, v[3] ^ d, v[4] ^ e, v[5] ^ f, v[6] ^ g, v[7] ^ h};
    __builtin_memcpy(state, after, sizeof after);
}

}  // namespace
