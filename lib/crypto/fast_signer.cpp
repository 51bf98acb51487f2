#include "elic/crypto/fast_signer.h"

#include <openssl/core_names.h>

#include "base/process.h"
#include "base/secret.h"
#include "crypto/key_impl.h"
#include "crypto/sm2_signing.h"

namespace elic {

namespace {

/// Numbers drawn before a source of random numbers is held to be broken: of sound ones not one in 2^32 is refused.
constexpr int max_draws = 8;

/// A secret number; zeroed when destroyed.
struct SecretNumber {
    std::array<std::uint8_t, 32> bytes = {};
    Words words = {};

    SecretNumber() = default;
    SecretNumber(const SecretNumber&) = delete;
    SecretNumber& operator=(const SecretNumber&) = delete;
    ~SecretNumber() { wipe(this, sizeof(*this)); }
};

Status read_scalar(const EVP_PKEY* key, SecretNumber& out) {
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, out.bytes.data(), out.bytes.size()),
                               OSSL_PARAM_construct_end()};
    if (EVP_PKEY_get_params(key, parameters) != 1) return openssl::failure("private scalar");
    const openssl::Number number(BN_native2bn(out.bytes.data(), static_cast<int>(out.bytes.size()), nullptr));
    if (number == nullptr || BN_bn2binpad(number.get(), out.bytes.data(), static_cast<int>(out.bytes.size())) < 0)
        return openssl::failure("private scalar");
    out.words = from_big_endian(out.bytes);
    return {};
}

class FastSigner final : public Signer {
public:
    FastSigner(const SecretNumber& d, PublicKey key) : signing_(d.words), key_(std::move(key)) {}

    const PublicKey& public_key() const override { return key_; }

    Result<Sm2Signature> sign_digest(const Digest& e) override {
        SecretNumber nonce;
        for (int draw = 0; draw < max_draws; ++draw) {
            if (auto filled = fill_random(nonce.bytes); !filled)
                return fail(Errc::signer_failed, filled.error().context);
            nonce.words = from_big_endian(nonce.bytes);
            // That a number was refused says nothing of the one that is taken.
            if (is_zero(nonce.words) || !less(nonce.words, sm2::group_order)) continue;
            const auto attempt = signing_.sign(e, nonce.words);
            if (attempt.usable != 0) return attempt.signature;
        }
        return fail(Errc::signer_failed, "the system's random numbers are none: do not sign on this machine");
    }

private:
    sm2::SecretKey signing_;
    PublicKey key_;
};

/// By OpenSSL alone, of which nothing of ours is part.
bool openssl_verifies(EVP_PKEY* key, const Digest& e, const Sm2Signature& signature) {
    const auto der = signature_to_der(signature);
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const bool holds = context != nullptr && EVP_PKEY_verify_init(context.get()) == 1 &&
                       EVP_PKEY_verify(context.get(), der.data(), der.size(), e.data(), e.size()) == 1;
    if (!holds) openssl::last_error();
    return holds;
}

}  // namespace

Result<std::unique_ptr<Signer>> make_fast_signer(const PrivateKey& key) {
    SecretNumber d;
    if (auto read = read_scalar(key.impl().key.get(), d); !read) return tl::unexpected(read.error());
    auto signer = std::make_unique<FastSigner>(d, key.public_key());
    const Digest e = key.public_key().message_digest(as_bytes("elic: a trial"));
    auto trial = signer->sign_digest(e);
    if (!trial) return tl::unexpected(trial.error());
    if (!openssl_verifies(key.impl().key.get(), e, *trial))
        return fail(Errc::signer_failed, "elic's own signing fails on this machine: sign with OpenSSL");
    return std::unique_ptr<Signer>(std::move(signer));
}

}  // namespace elic
