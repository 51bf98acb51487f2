#include "elic/crypto/signer.h"

#include <chrono>

#include "base/hex.h"
#include "base/process.h"

namespace elic {

namespace {

constexpr std::chrono::seconds command_time_out{30};
constexpr std::size_t max_answer = 1024;

class CommandSigner final : public Signer {
public:
    CommandSigner(std::string command, PublicKey key) : command_(std::move(command)), key_(std::move(key)) {}

    const PublicKey& public_key() const override { return key_; }

    Result<Sm2Signature> sign_digest(const Digest& e) override {
        auto answer = run_command(command_, as_bytes(to_hex(e) + "\n"), max_answer, command_time_out);
        if (!answer) return fail(Errc::signer_failed, "the signer command: " + answer.error().context);
        auto text = as_text(*answer);
        while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
            text.remove_suffix(1);
        auto bytes = from_hex(text);
        Sm2Signature signature{};
        if (!bytes || bytes->size() != signature.size()) {
            return fail(Errc::signer_failed, "the signer command must answer with r and s as 128 hexadecimal digits");
        }
        std::copy(bytes->begin(), bytes->end(), signature.begin());
        return signature;
    }

private:
    std::string command_;
    PublicKey key_;
};

}  // namespace

Result<Sm2Signature> sign_message(Signer& signer, BytesView message) {
    const auto e = signer.public_key().message_digest(message);
    auto signature = signer.sign_digest(e);
    if (!signature) return signature;
    if (!signer.public_key().verify_digest(e, *signature)) {
        return fail(Errc::signer_failed, "the signer answered with a signature that its public key does not verify");
    }
    return signature;
}

std::unique_ptr<Signer> make_command_signer(std::string command, PublicKey key) {
    return std::make_unique<CommandSigner>(std::move(command), std::move(key));
}

}  // namespace elic
