#include "elic/crypto/sm2.h"

#include <algorithm>

#include "crypto/key_impl.h"
#include "crypto/openssl_ptr.h"
#include "elic/base/assert.h"

namespace elic {

namespace {

/// a || b || Gx || Gy of the curve (GB/T 32918.5), as Z takes them.
constexpr std::array<std::uint8_t, 128> curve_constants = {
    0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFC, 0x28, 0xE9, 0xFA, 0x9E, 0x9D, 0x9F,
    0x5E, 0x34, 0x4D, 0x5A, 0x9E, 0x4B, 0xCF, 0x65, 0x09, 0xA7, 0xF3, 0x97, 0x89, 0xF5, 0x15, 0xAB, 0x8F, 0x92, 0xDD,
    0xBC, 0xBD, 0x41, 0x4D, 0x94, 0x0E, 0x93, 0x32, 0xC4, 0xAE, 0x2C, 0x1F, 0x19, 0x81, 0x19, 0x5F, 0x99, 0x04, 0x46,
    0x6A, 0x39, 0xC9, 0x94, 0x8F, 0xE3, 0x0B, 0xBF, 0xF2, 0x66, 0x0B, 0xE1, 0x71, 0x5A, 0x45, 0x89, 0x33, 0x4C, 0x74,
    0xC7, 0xBC, 0x37, 0x36, 0xA2, 0xF4, 0xF6, 0x77, 0x9C, 0x59, 0xBD, 0xCE, 0xE3, 0x6B, 0x69, 0x21, 0x53, 0xD0, 0xA9,
    0x87, 0x7C, 0xC6, 0x2A, 0x47, 0x40, 0x02, 0xDF, 0x32, 0xE5, 0x21, 0x39, 0xF0, 0xA0};

/// DER of a SubjectPublicKeyInfo up to its point: id-ecPublicKey, the curve by name (1.2.156.10197.1.301, never by
/// explicit parameters), a bit string of 65 bytes. A key has this one form.
constexpr std::array<std::uint8_t, 26> spki_before_point = {0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48,
                                                            0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x81, 0x1C,
                                                            0xCF, 0x55, 0x01, 0x82, 0x2D, 0x03, 0x42, 0x00};

/// ENTL counts the user id's bits in 16 bits.
constexpr std::size_t max_user_id_bytes = 0xFFFF / 8;

Bytes spki_of(const std::array<std::uint8_t, 65>& point) {
    Bytes der(spki_before_point.size() + point.size());
    std::copy(point.begin(), point.end(), std::copy(spki_before_point.begin(), spki_before_point.end(), der.begin()));
    return der;
}

/// Of `first`, then of the parts.
Digest digest_of(BytesView first, std::initializer_list<BytesView> parts) {
    const openssl::DigestContext context(EVP_MD_CTX_new());
    Digest digest{};
    unsigned int size = 0;
    bool fine = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sm3(), nullptr) == 1;
    fine = fine && EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1;
    for (const auto& part : parts) fine = fine && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    fine = fine && EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1;
    ELIC_ASSERT(fine && size == digest.size());
    return digest;
}

/// Z: of the user and the key (GB/T 32918.2, 5.5).
Digest own_digest(const std::array<std::uint8_t, 65>& point, std::string_view user_id) {
    ELIC_ASSERT(user_id.size() <= max_user_id_bytes);
    const auto bits = static_cast<std::uint16_t>(user_id.size() * 8);  // ENTL
    const std::array<std::uint8_t, 2> entl = {static_cast<std::uint8_t>(bits >> 8), static_cast<std::uint8_t>(bits)};
    return digest_of(entl, {as_bytes(user_id), curve_constants, BytesView(point).subspan(1)});
}

}  // namespace

Result<PublicKey> PublicKey::from_spki(BytesView der) {
    // Compared, not parsed: one form only, and OpenSSL 3.0 takes 0.14 ms to parse it.
    constexpr std::size_t header = spki_before_point.size();
    if (der.size() != header + 65 || !std::equal(spki_before_point.begin(), spki_before_point.end(), der.begin())) {
        return fail(
            Errc::malformed_key,
            "not a SubjectPublicKeyInfo that names curve SM2 (1.2.156.10197.1.301), with an uncompressed point");
    }
    return from_point(der.subspan(header));
}

Result<PublicKey> PublicKey::from_point(BytesView point) {
    if (point.size() == 65 && point[0] == 4) point = point.subspan(1);
    if (point.size() != 64) return fail(Errc::malformed_key, "a public point is 04 || x || y or x || y");
    const auto on_curve = sm2::point_from(point.first<64>());
    if (!on_curve) return fail(Errc::malformed_key, "the point is not on the curve");
    std::array<std::uint8_t, 65> encoded = {4};
    std::copy(point.begin(), point.end(), encoded.begin() + 1);
    return PublicKey(std::make_shared<Impl>(encoded, *on_curve, own_digest(encoded, sm2_default_user_id)));
}

std::array<std::uint8_t, 65> PublicKey::point() const { return impl_->encoded; }

Bytes PublicKey::spki() const { return spki_of(impl_->encoded); }

Digest PublicKey::message_digest(BytesView message, std::string_view user_id) const {
    if (user_id == sm2_default_user_id) return digest_of(impl_->default_user, {message});
    return digest_of(own_digest(impl_->encoded, user_id), {message});
}

bool PublicKey::verify(BytesView message, const Sm2Signature& signature, std::string_view user_id) const noexcept {
    return user_id.size() <= max_user_id_bytes && verify_digest(message_digest(message, user_id), signature);
}

bool PublicKey::verify_parts(std::initializer_list<BytesView> message, const Sm2Signature& signature) const noexcept {
    return verify_digest(digest_of(impl_->default_user, message), signature);
}

bool PublicKey::verify_digest(const Digest& e, const Sm2Signature& signature) const noexcept {
    return impl_->verifier.holds(e, signature);
}

}  // namespace elic
