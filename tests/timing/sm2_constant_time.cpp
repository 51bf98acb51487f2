// Does what is secret show in the time? Run by valgrind: memory that holds a secret is marked as undefined, and
// memcheck reports every branch that depends on it and every address that is made of it (A. Langley's ctgrind).
//
// Usage: valgrind --error-exitcode=9 sm2_constant_time sign | open | branch | address
// sign: elic's signing, of which nothing is to be reported. The others are what must be found: the arithmetic for open
// numbers on secret ones, a branch, an address.
#include <cstdio>
#include <cstring>
#include <valgrind/memcheck.h>

#include "crypto/sm2_multiples.h"
#include "crypto/sm2_signing.h"

using namespace elic;

namespace {

constexpr Words key = {0x123456789ABCDEF0, 0x0F1E2D3C4B5A6978, 0x5555555555555555, 0x0123456789ABCDEF};

/// A nonce, its memory marked as unknown.
Words secret(std::uint64_t n) {
    Words words = {0x9E3779B97F4A7C15 * (n + 1), 0xC2B2AE3D27D4EB4F ^ n, n, 0x7000000000000000 + n};
    (void)VALGRIND_MAKE_MEM_UNDEFINED(words.data(), sizeof(words));
    return words;
}

template <class Value>
Value published(Value value) {
    (void)VALGRIND_MAKE_MEM_DEFINED(&value, sizeof(value));
    return value;
}

int sign() {
    auto d = to_big_endian(key);
    (void)VALGRIND_MAKE_MEM_UNDEFINED(d.data(), sizeof(d));
    const sm2::SecretKey signing(d);
    for (std::uint64_t n = 0; n < 8; ++n) {
        const auto attempt = published(signing.sign(Digest{}, to_big_endian(secret(n))));
        if (attempt.usable != 1) return 1;
        for (const auto byte : attempt.signature) std::printf("%02x", byte);
        std::puts("");
    }
    return 0;
}

/// What verifies, given a nonce instead of a signature's number.
int open() {
    sm2::JacobianPoint total;
    const auto digits = sm2::digits_of<5>(secret(0));
    const auto odd = sm2::odd_multiples<8>(sm2::with_z(sm2::base_point));
    for (std::size_t n = digits.size(); n-- > 0;) total = sm2::sum_with(sm2::doubled(total), odd.data(), digits[n]);
    std::printf("%d\n", published(total.z.is_zero()) ? 1 : 0);
    return 0;
}

int branch() {
    const auto nonce = secret(0);
    if ((nonce[0] & 1) != 0) std::puts("odd");
    return 0;
}

int address() {
    static const std::array<std::uint8_t, 256> table = {1, 2, 3};
    volatile std::uint8_t read = table[secret(0)[1] & 0xFF];
    (void)read;
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::pair<const char*, int (*)()> modes[] = {
        {"sign", sign}, {"open", open}, {"branch", branch}, {"address", address}};
    for (const auto& [name, run] : modes) {
        if (argc == 2 && std::strcmp(argv[1], name) == 0) return RUNNING_ON_VALGRIND != 0 ? run() : 2;
    }
    std::fputs("usage: valgrind --error-exitcode=9 sm2_constant_time sign | open | branch | address\n", stderr);
    return 2;
}
