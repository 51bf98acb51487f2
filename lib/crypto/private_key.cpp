#include "elic/crypto/private_key.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include "base/secret.h"
#include "crypto/key_impl.h"
#include "crypto/pkcs8.h"

namespace elic {

namespace {

/// d lies in 1 .. n-2 (n-1 cannot sign: GB/T 32918.2 divides by 1 + d) and the public half is d times G.
Status check_halves(EVP_PKEY* key) {
    std::array<std::uint8_t, 32> native{};
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.data(), native.size()),
                               OSSL_PARAM_construct_end()};
    const bool read = EVP_PKEY_get_params(key, parameters) == 1;
    const openssl::Number d(BN_native2bn(native.data(), static_cast<int>(native.size()), nullptr));
    wipe(native.data(), native.size());
    const openssl::Group group(EC_GROUP_new_by_curve_name(NID_sm2));
    const openssl::Number last(group != nullptr ? BN_dup(EC_GROUP_get0_order(group.get())) : nullptr);
    if (d == nullptr || last == nullptr || BN_sub_word(last.get(), 1) != 1) return openssl::failure("private key");
    if (!read || BN_is_zero(d.get()) != 0 || BN_cmp(d.get(), last.get()) >= 0) {
        openssl::last_error();
        return fail(Errc::malformed_key, "a private scalar lies in 1 .. n-2");
    }
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    if (context == nullptr || EVP_PKEY_pairwise_check(context.get()) != 1) {
        openssl::last_error();
        return fail(Errc::malformed_key, "the private and the public half of the key do not belong together");
    }
    return {};
}

Result<PrivateKey> adopt_private_key(openssl::Key key) {
    if (key == nullptr || !openssl::is_sm2(key.get()))
        return fail(Errc::malformed_key, "not a private key on curve SM2 (1.2.156.10197.1.301)");
    if (auto sound = check_halves(key.get()); !sound) return tl::unexpected(sound.error());
    // The public half as a key of its own, so that nobody who holds it can reach the private one.
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    if (size <= 0) return openssl::failure("public half of a key");
    const Bytes spki(der, der + size);
    OPENSSL_free(der);
    auto half = PublicKey::from_spki(spki);
    if (!half) return tl::unexpected(half.error());
    auto impl = std::make_shared<PrivateKey::Impl>();
    impl->key = std::move(key);
    return PrivateKey(std::move(impl), std::move(*half));
}

Result<Bytes> bytes_of(BIO* bio) {
    char* memory = nullptr;
    const long size = BIO_get_mem_data(bio, &memory);
    if (size <= 0) return openssl::failure("write a key");
    return Bytes(memory, memory + size);
}

}  // namespace

Result<PrivateKey> PrivateKey::generate() {
    return adopt_private_key(openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")));
}

Result<PrivateKey> PrivateKey::from_pem(BytesView pem, BytesView passphrase) {
    auto key = read_pkcs8(pem, passphrase);
    if (!key) return tl::unexpected(key.error());
    return adopt_private_key(std::move(*key));
}

bool PrivateKey::is_encrypted(BytesView pem) noexcept {
    return as_text(pem).find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos;
}

Result<PrivateKey> PrivateKey::from_scalar(BytesView scalar) {
    if (scalar.size() != 32) return fail(Errc::malformed_key, "a private scalar has 32 bytes");
    const openssl::Group group(EC_GROUP_new_by_curve_name(NID_sm2));
    const openssl::Number d(BN_bin2bn(scalar.data(), 32, nullptr));
    if (group == nullptr || d == nullptr) return openssl::failure("private scalar");
    // Before a point is made of it: adopt_private_key looks closer.
    if (BN_is_zero(d.get()) != 0 || BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0)
        return fail(Errc::malformed_key, "a private scalar lies in 1 .. n-2");
    const openssl::Point point(EC_POINT_new(group.get()));
    std::array<std::uint8_t, 65> encoded{};
    if (point == nullptr || EC_POINT_mul(group.get(), point.get(), d.get(), nullptr, nullptr, nullptr) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded.data(), encoded.size(),
                           nullptr) != encoded.size()) {
        return openssl::failure("public point");
    }
    std::array<std::uint8_t, 32> native{};
    BN_bn2nativepad(d.get(), native.data(), static_cast<int>(native.size()));
    char name[] = "SM2";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()),
        OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.data(), native.size()), OSSL_PARAM_construct_end()};
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr));
    EVP_PKEY* raw = nullptr;
    const bool made = context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                      EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_KEYPAIR, parameters) == 1;
    wipe(native.data(), native.size());
    if (!made) return openssl::failure("private scalar");
    return adopt_private_key(openssl::Key(raw));
}

Result<Bytes> PrivateKey::to_encrypted_pem(BytesView passphrase) const {
    return write_encrypted_pkcs8(impl_->key.get(), passphrase);
}

Result<Bytes> PrivateKey::to_plain_pem() const {
    const openssl::Bio bio(BIO_new(BIO_s_secmem() != nullptr ? BIO_s_secmem() : BIO_s_mem()));
    if (bio == nullptr ||
        PEM_write_bio_PKCS8PrivateKey(bio.get(), impl_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
        return openssl::failure("write a key");
    }
    return bytes_of(bio.get());
}

Result<Sm2Signature> PrivateKey::sign_digest(const Digest& e) {
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, impl_->key.get(), nullptr));
    std::array<std::uint8_t, 80> der{};
    std::size_t size = der.size();
    if (context == nullptr || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_sign(context.get(), der.data(), &size, e.data(), e.size()) != 1) {
        return fail(Errc::signer_failed, "SM2 signing failed: " + openssl::last_error());
    }
    auto signature = signature_from_der(BytesView(der).first(size));
    if (!signature) return fail(Errc::signer_failed, signature.error().context);
    return signature;
}

}  // namespace elic
