#include "elic/crypto/sm2.h"

#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "crypto/key_impl.h"
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

/// The order n of the curve (GB/T 32918.5).
constexpr std::array<std::uint8_t, 32> curve_order = {0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                                      0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x72, 0x03, 0xDF, 0x6B, 0x21, 0xC6,
                                                      0x05, 0x2B, 0x53, 0xBB, 0xF4, 0x09, 0x39, 0xD5, 0x41, 0x23};

/// ENTL counts the user id's bits in 16 bits.
constexpr std::size_t max_user_id_bytes = 0xFFFF / 8;

/// 1 .. n - 1, big-endian.
bool is_in_order(BytesView number) {
    const bool zero = std::all_of(number.begin(), number.end(), [](std::uint8_t byte) { return byte == 0; });
    return !zero && std::lexicographical_compare(number.begin(), number.end(), curve_order.begin(), curve_order.end());
}

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

Result<PublicKey> adopt_public_key(openssl::Key key) {
    if (key == nullptr || !openssl::is_sm2(key.get()))
        return fail(Errc::malformed_key, "not a key on curve SM2 (1.2.156.10197.1.301)");
    auto impl = std::make_shared<PublicKey::Impl>();
    std::size_t size = 0;
    std::array<std::uint8_t, 65> point{};
    if (EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, point.data(), point.size(),
                                        &size) != 1 ||
        size != point.size() || point[0] != 4) {
        return fail(Errc::malformed_key, "the public point is not in the uncompressed form: " + openssl::last_error());
    }
    int explicit_parameters = 1;
    if (EVP_PKEY_get_int_param(key.get(), OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &explicit_parameters) != 1 ||
        explicit_parameters != 0) {
        return fail(Errc::malformed_key, "the key does not name its curve (explicit parameters)");
    }
    impl->point = point;
    impl->key = std::move(key);
    return PublicKey(std::move(impl));
}

Result<PublicKey> PublicKey::from_spki(BytesView der) {
    // Compared, not parsed: one form only, and OpenSSL 3.0 takes 0.14 ms to parse it.
    constexpr std::size_t header = spki_before_point.size();
    if (der.size() != header + 65 || !std::equal(spki_before_point.begin(), spki_before_point.end(), der.begin())) {
        return fail(Errc::malformed_key,
                    "not a SubjectPublicKeyInfo with an uncompressed point on curve SM2 (1.2.156.10197.1.301)");
    }
    return from_point(der.subspan(header));
}

Result<PublicKey> PublicKey::from_point(BytesView point) {
    std::array<std::uint8_t, 65> bytes{};
    bytes[0] = 4;
    if (point.size() == 65 && point[0] == 4) {
        std::copy(point.begin(), point.end(), bytes.begin());
    } else if (point.size() == 64) {
        std::copy(point.begin(), point.end(), bytes.begin() + 1);
    } else {
        return fail(Errc::malformed_key, "a public point is 04 || x || y or x || y");
    }
    char group[] = "SM2";
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
                               OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size()),
                               OSSL_PARAM_construct_end()};
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* raw = nullptr;
    if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters) != 1) {
        return fail(Errc::malformed_key, "the point is not on the curve: " + openssl::last_error());
    }
    openssl::Key key(raw);
    const openssl::KeyContext checker(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (checker == nullptr || EVP_PKEY_public_check_quick(checker.get()) != 1) {
        return fail(Errc::malformed_key, "the point is not on the curve: " + openssl::last_error());
    }
    return adopt_public_key(std::move(key));
}

std::array<std::uint8_t, 65> PublicKey::point() const { return impl_->point; }

Bytes PublicKey::spki() const { return spki_of(impl_->point); }

Digest PublicKey::message_digest(BytesView message, std::string_view user_id) const {
    return digest_of(own_digest(impl_->point, user_id), {message});
}

bool PublicKey::verify(BytesView message, const Sm2Signature& signature, std::string_view user_id) const noexcept {
    return user_id.size() <= max_user_id_bytes && verify_digest(message_digest(message, user_id), signature);
}

bool PublicKey::verify_parts(std::initializer_list<BytesView> message, const Sm2Signature& signature) const noexcept {
    return verify_digest(digest_of(own_digest(impl_->point, sm2_default_user_id), message), signature);
}

bool PublicKey::verify_digest(const Digest& e, const Sm2Signature& signature) const noexcept {
    const auto der = signature_to_der(signature);
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
    const bool holds = context != nullptr && EVP_PKEY_verify_init(context.get()) == 1 &&
                       EVP_PKEY_verify(context.get(), der.data(), der.size(), e.data(), e.size()) == 1;
    if (!holds) openssl::last_error();  // empties the queue
    return holds;
}

Result<Sm2Signature> signature_from_der(BytesView der) {
    const unsigned char* at = der.data();
    const openssl::Signature parsed(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (parsed == nullptr || at != der.data() + der.size()) {
        openssl::last_error();
        return fail(Errc::malformed_value, "not a DER signature (SEQUENCE of two INTEGERs)");
    }
    Sm2Signature signature{};
    const BIGNUM* r = ECDSA_SIG_get0_r(parsed.get());
    const BIGNUM* s = ECDSA_SIG_get0_s(parsed.get());
    if (BN_is_negative(r) != 0 || BN_is_negative(s) != 0 || BN_bn2binpad(r, signature.data(), 32) != 32 ||
        BN_bn2binpad(s, signature.data() + 32, 32) != 32) {
        openssl::last_error();
        return fail(Errc::malformed_value, "a signature's numbers have at most 32 bytes");
    }
    if (!is_in_order(BytesView(signature).first(32)) || !is_in_order(BytesView(signature).last(32)))
        return fail(Errc::malformed_value, "a signature's numbers lie in 1 .. n-1");
    const auto again = signature_to_der(signature);
    if (!std::equal(again.begin(), again.end(), der.begin(), der.end()))
        return fail(Errc::malformed_value, "a signature is not in its shortest DER form");
    return signature;
}

Bytes signature_to_der(const Sm2Signature& signature) {
    const openssl::Signature parsed(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(signature.data(), 32, nullptr);
    BIGNUM* s = BN_bin2bn(signature.data() + 32, 32, nullptr);
    ELIC_ASSERT(parsed != nullptr && r != nullptr && s != nullptr && ECDSA_SIG_set0(parsed.get(), r, s) == 1);
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(parsed.get(), &out);
    ELIC_ASSERT(size > 0);
    Bytes der(out, out + size);
    OPENSSL_free(out);
    return der;
}

}  // namespace elic
