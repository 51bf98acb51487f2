#include "elic/crypto/signer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/hex.h"
#include "elic/crypto/private_key.h"

using namespace elic;

namespace {

/// A script in a folder of its own; both go with it.
class Script {
public:
    explicit Script(const std::string& body) {
        std::string pattern = (std::filesystem::temp_directory_path() / "elic-signer-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        std::ofstream(folder_ / "sign.sh") << "#!/bin/sh\n" << body << "\n";
    }
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;
    ~Script() { std::filesystem::remove_all(folder_); }

    std::string command() const { return "sh '" + (folder_ / "sign.sh").string() + "'"; }
    std::filesystem::path file(const std::string& name) const { return folder_ / name; }

private:
    std::filesystem::path folder_;
};

Error error_of(const PublicKey& key, const std::string& script) {
    const Script made(script);
    const auto signer = make_command_signer(made.command(), key);
    const auto signature = sign_message(*signer, as_bytes("a license"));
    REQUIRE_FALSE(signature);
    CHECK(signature.error().code == Errc::signer_failed);
    return signature.error();
}

}  // namespace

TEST_CASE("A signer command is given e in hexadecimal and answers with r and s") {
    auto key = PrivateKey::generate().value();
    const auto e = key.public_key().message_digest(as_bytes("a license"));
    const auto signature = key.sign_digest(e).value();
    const Script script("cd \"$(dirname \"$0\")\" && cat > asked && echo " + to_hex(signature));
    const auto signer = make_command_signer(script.command(), key.public_key());
    CHECK(signer->public_key() == key.public_key());
    CHECK(sign_message(*signer, as_bytes("a license")).value() == signature);
    std::ifstream asked(script.file("asked"));
    CHECK(std::string(std::istreambuf_iterator<char>(asked), {}) == to_hex(e) + "\n");
    // The same answer for another message is a wrong signature
    CHECK(sign_message(*signer, as_bytes("another")).error().code == Errc::signer_failed);
}

TEST_CASE("A signer command that fails or answers with something else signs nothing") {
    auto key = PrivateKey::generate().value();
    auto other = PrivateKey::generate().value();
    const auto& public_key = key.public_key();
    const auto signature = sign_message(key, as_bytes("a license")).value();
    const auto hex = to_hex(signature);

    CHECK_THAT(error_of(public_key, "exit 3").context, Catch::Contains("3"));
    CHECK_THAT(error_of(public_key, "echo " + hex + "; exit 1").context, Catch::Contains("1"));
    CHECK_THAT(error_of(public_key, "true").context, Catch::Contains("128 hexadecimal"));
    CHECK_THAT(error_of(public_key, "echo nonsense").context, Catch::Contains("128 hexadecimal"));
    CHECK_THAT(error_of(public_key, "echo " + hex.substr(2)).context, Catch::Contains("128 hexadecimal"));
    CHECK_THAT(error_of(public_key, "echo " + hex + "00").context, Catch::Contains("128 hexadecimal"));
    CHECK_THAT(error_of(public_key, "echo signature: " + hex).context, Catch::Contains("128 hexadecimal"));
    CHECK_THAT(error_of(public_key, "yes | head -c 5000").context, Catch::Contains("1024"));
    CHECK_THAT(error_of(public_key, "printf %0128d 0").context, Catch::Contains("does not verify"));
    CHECK_THAT(error_of(other.public_key(), "echo " + hex).context, Catch::Contains("does not verify"));
}

TEST_CASE("A signature with r and s exchanged, or over the bare message digest, is refused") {
    auto key = PrivateKey::generate().value();
    const auto e = key.public_key().message_digest(as_bytes("a license"));
    const auto signature = key.sign_digest(e).value();
    Sm2Signature exchanged = signature;
    std::rotate(exchanged.begin(), exchanged.begin() + 32, exchanged.end());
    CHECK(key.public_key().verify_digest(e, signature));
    CHECK_FALSE(key.public_key().verify_digest(e, exchanged));
    CHECK_FALSE(key.public_key().verify(e, signature));  // e is not a message
}
