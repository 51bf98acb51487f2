// What signing leaves in memory: looked for where it was.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ELIC_STACK_IS_WATCHED  // which has frames of its own on it
#endif
#endif

#ifndef ELIC_STACK_IS_WATCHED
#include <catch2/catch.hpp>
#include <cstring>
#include <vector>

#include "crypto/sm2_signing.h"

using namespace elic;

namespace {

constexpr Words known_key = {0xF039B4B8F94B2B13, 0x76D6C8E9D8C8D5E1, 0x1234567890ABCDEF, 0x3945208F7B2144B1};

// How much of the stack is looked at: more than a signature uses.
constexpr std::size_t depth = 24000;

/// Fills the stack below with what no number is.
[[gnu::noinline]] void mark_stack() {
    volatile std::uint8_t below[depth];
    for (auto& byte : below) byte = 0xAA;
}

/// What of `words` lies there, at an address that is a multiple of 8; what was left there is read on purpose.
[[gnu::noinline]] int find_on_stack(const std::vector<Words>& words) {
    volatile std::uint64_t below[depth / 8];  // NOLINT
    int found = 0;
    for (const auto& word : words) {
        for (std::size_t n = 0; n + 4 <= depth / 8; ++n) {
            const bool there =
                below[n] == word[0] && below[n + 1] == word[1] && below[n + 2] == word[2] && below[n + 3] == word[3];
            found += there ? 1 : 0;
        }
    }
    return found;
}

/// A number, and it in Montgomery's form.
void add_forms(std::vector<Words>& words, const Words& number) {
    words.push_back(number);
    words.push_back(sm2::Scalar::of(number).words());
}

[[gnu::noinline]] void leave_on_stack(const Words& number) {
    volatile std::uint64_t copy[1000];
    for (std::size_t n = 0; n < 1000; ++n) copy[n] = number[n % 4];
    static_cast<void>(copy[0]);
}

}  // namespace

TEST_CASE("Neither key nor nonce stay on the stack or where the key was") {
    const Words nonce = {0x1111222233334445, 0x5555666677778888, 0x9999AAAABBBBCCCC, 0x2DDDEEEEFFFF0000};
    const auto d_bytes = to_big_endian(known_key), nonce_bytes = to_big_endian(nonce);
    const auto d = sm2::Scalar::of(known_key), one = sm2::Scalar::of({1, 0, 0, 0});
    std::vector<Words> key_forms, nonce_forms;
    add_forms(key_forms, known_key);
    add_forms(key_forms, (d + one).number());
    add_forms(key_forms, (d + one).inverse().number());
    add_forms(nonce_forms, nonce);
    Words other{};
    subtract(other, sm2::group_order, nonce);
    add_forms(nonce_forms, other);

    mark_stack();
    leave_on_stack(nonce);
    CHECK(find_on_stack({nonce}) > 0);  // so it would be found

    alignas(sm2::SecretKey) std::array<std::byte, sizeof(sm2::SecretKey)> place{};
    mark_stack();
    auto* key = new (place.data()) sm2::SecretKey(d_bytes);
    CHECK(find_on_stack(key_forms) == 0);
    mark_stack();
    const auto attempt = key->sign(Digest{}, nonce_bytes);
    CHECK(find_on_stack(key_forms) == 0);
    const auto r = sm2::Scalar::of(from_big_endian(BytesView(attempt.signature).first<32>()));
    add_forms(nonce_forms, (r + sm2::Scalar::of(nonce)).number());
    mark_stack();
    CHECK(key->sign(Digest{}, nonce_bytes).usable == 1);
    CHECK(find_on_stack(nonce_forms) == 0);
    key->~SecretKey();
    Words left{};
    std::memcpy(left.data(), place.data(), sizeof(left));
    CHECK(is_zero(left));
}
#endif
