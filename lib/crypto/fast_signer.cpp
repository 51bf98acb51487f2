#include "elic/crypto/fast_signer.h"

#include <algorithm>
#include <bit>
#include <openssl/core_names.h>

#include "base/process.h"
#include "base/secret.h"
#include "crypto/fast_signer_impl.h"
#include "crypto/key_impl.h"
#include "crypto/sm2_signing.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

/// About one nonce in 2^32 is refused: after as many something is broken.
constexpr int max_draws = 8;

/// Bytes that are zeroed when they go.
template <std::size_t Size>
struct SecretBytes {
    std::array<std::uint8_t, Size> bytes = {};

    SecretBytes() = default;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes() { wipe(bytes.data(), bytes.size()); }
};

Status read_scalar(const EVP_PKEY* key, SecretBytes<32>& out) {
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, out.bytes.data(), out.bytes.size()),
                               OSSL_PARAM_construct_end()};
    if (EVP_PKEY_get_params(key, parameters) != 1) return openssl::failure("private scalar");
    if constexpr (std::endian::native == std::endian::little) std::reverse(out.bytes.begin(), out.bytes.end());
    return {};
}

class FastSigner final : public Signer {
public:
    FastSigner(const SecretBytes<32>& d, PublicKey key, RandomSource random)
        : signing_(d.bytes), key_(std::move(key)), random_(random) {
        constexpr std::string_view what = "elic: of a key, for nonces";
        SecretBytes<what.size() + 32> input;
        std::copy(d.bytes.begin(), d.bytes.end(), std::copy(what.begin(), what.end(), input.bytes.begin()));
        hedge_.bytes = sm3(input.bytes);
    }

    const PublicKey& public_key() const override { return key_; }

    Result<Sm2Signature> sign_digest(const Digest& e) override {
        auto signature = draw_and_sign(e);
        wipe_stack();
        return signature;
    }

private:
    /// A nonce is made of random bytes, of what is signed and of the key: where the source fails and gives the same
    /// twice, two digests still have two nonces, and one digest has one signature.
    [[gnu::noinline]] Result<Sm2Signature> draw_and_sign(const Digest& e) {
        for (std::uint8_t draw = 0; draw < max_draws; ++draw) {
            SecretBytes<97> input;
            auto* const at = input.bytes.data();
            std::copy(hedge_.bytes.begin(), hedge_.bytes.end(), at);
            std::copy(e.begin(), e.end(), at + 32);
            if (auto filled = random_(std::span(at + 64, 32)); !filled)
                return fail(Errc::signer_failed, filled.error().context);
            at[96] = draw;
            SecretBytes<32> nonce;
            nonce.bytes = sm3(input.bytes);
            const auto attempt = signing_.sign(e, nonce.bytes);
            if (attempt.usable != 0) return attempt.signature;
        }
        return fail(Errc::signer_failed, "no number drawn was fit for a signature: do not sign on this machine");
    }

    sm2::SecretKey signing_;
    SecretBytes<32> hedge_;
    PublicKey key_;
    RandomSource random_;
};

}  // namespace

Status try_out(Signer& signer, const PrivateKey& key) {
    const Digest e = key.public_key().message_digest(as_bytes("elic: a trial"));
    auto signature = signer.sign_digest(e);
    if (!signature) return tl::unexpected(signature.error());
    const auto der = signature_to_der(*signature);
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.impl().key.get(), nullptr));
    if (context != nullptr && EVP_PKEY_verify_init(context.get()) == 1 &&
        EVP_PKEY_verify(context.get(), der.data(), der.size(), e.data(), e.size()) == 1) {
        return {};
    }
    openssl::last_error();
    return fail(Errc::signer_failed, "elic's own signing fails on this machine: sign with OpenSSL");
}

Result<std::unique_ptr<Signer>> make_fast_signer(const PrivateKey& key, RandomSource random) {
    std::unique_ptr<Signer> signer;
    {
        SecretBytes<32> d;
        if (auto read = read_scalar(key.impl().key.get(), d); !read) return tl::unexpected(read.error());
        signer = std::make_unique<FastSigner>(d, key.public_key(), random);
    }
    wipe_stack();
    if (auto fine = try_out(*signer, key); !fine) return tl::unexpected(fine.error());
    return signer;
}

Result<std::unique_ptr<Signer>> make_fast_signer(const PrivateKey& key) { return make_fast_signer(key, fill_random); }

}  // namespace elic
