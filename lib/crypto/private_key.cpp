#include "elic/crypto/private_key.h"

#include <algorithm>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "base/secret.h"
#include "crypto/key_impl.h"

namespace elic {

namespace {

constexpr std::size_t max_key_bytes = 64 << 10;
constexpr int pbkdf2_rounds = 600000;

/// What the library's passphrase callback is told, and what it tells back.
struct Asked {
    BytesView passphrase;
    bool asked = false;
};

int give_passphrase(char* buffer, int size, int /*writing*/, void* opaque) {
    auto* asked = static_cast<Asked*>(opaque);
    asked->asked = true;
    if (asked->passphrase.empty() || asked->passphrase.size() > static_cast<std::size_t>(size)) return -1;
    std::copy(asked->passphrase.begin(), asked->passphrase.end(), buffer);
    return static_cast<int>(asked->passphrase.size());
}

Result<PrivateKey> adopt_private_key(openssl::Key key) {
    if (key == nullptr || !openssl::is_sm2(key.get()))
        return fail(Errc::malformed_key, "not a private key on curve SM2 (1.2.156.10197.1.301)");
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
    if (pem.size() > max_key_bytes) return fail(Errc::limit_exceeded, "a key file is at most 64 KiB");
    const openssl::Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (bio == nullptr) return openssl::failure("read a key");
    Asked asked{.passphrase = passphrase};
    openssl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, give_passphrase, &asked));
    if (key == nullptr) {
        const auto reason = openssl::last_error();
        if (asked.asked) {
            return fail(Errc::wrong_passphrase, passphrase.empty() ? "the key is encrypted: give its passphrase"
                                                                   : "the passphrase does not open the key");
        }
        return fail(Errc::malformed_key, "not a PEM PKCS#8 private key: " + reason);
    }
    return adopt_private_key(std::move(key));
}

bool PrivateKey::is_encrypted(BytesView pem) noexcept {
    const auto text = as_text(pem);
    return text.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos ||
           text.find("Proc-Type: 4,ENCRYPTED") != std::string_view::npos;
}

Result<PrivateKey> PrivateKey::from_scalar(BytesView scalar) {
    if (scalar.size() != 32) return fail(Errc::malformed_key, "a private scalar has 32 bytes");
    const openssl::Group group(EC_GROUP_new_by_curve_name(NID_sm2));
    const openssl::Number d(BN_bin2bn(scalar.data(), 32, nullptr));
    const openssl::Number last(group != nullptr ? BN_dup(EC_GROUP_get0_order(group.get())) : nullptr);
    if (d == nullptr || last == nullptr || BN_sub_word(last.get(), 1) != 1) return openssl::failure("private scalar");
    if (BN_is_zero(d.get()) != 0 || BN_cmp(d.get(), last.get()) >= 0)
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
    if (passphrase.empty()) return fail(Errc::bad_argument, "the passphrase is empty");
    using Info = std::unique_ptr<PKCS8_PRIV_KEY_INFO, openssl::Freed<PKCS8_PRIV_KEY_INFO_free>>;
    using Encrypted = std::unique_ptr<X509_SIG, openssl::Freed<X509_SIG_free>>;
    const Info info(EVP_PKEY2PKCS8(impl_->key.get()));
    if (info == nullptr) return openssl::failure("PKCS#8");
    X509_ALGOR* scheme = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), pbkdf2_rounds, nullptr, 16, nullptr, NID_hmacWithSHA256);
    if (scheme == nullptr) return openssl::failure("PBES2");
    const Encrypted encrypted(PKCS8_set0_pbe(reinterpret_cast<const char*>(passphrase.data()),
                                             static_cast<int>(passphrase.size()), info.get(), scheme));
    if (encrypted == nullptr) {
        X509_ALGOR_free(scheme);
        return openssl::failure("PBES2");
    }
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    if (bio == nullptr || PEM_write_bio_PKCS8(bio.get(), encrypted.get()) != 1) return openssl::failure("write a key");
    return bytes_of(bio.get());
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
