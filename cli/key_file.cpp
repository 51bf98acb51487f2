#include "key_file.h"

#include "base/custody.h"
#include "base/file.h"

namespace elic::cli {

Result<PrivateKey> load_key(const std::filesystem::path& file, const PassphraseOptions& passphrase) {
    if (auto fine = check_secret(file); !fine) return tl::unexpected(fine.error());
    auto pem = read_file(file, max_key_file);
    if (!pem) return tl::unexpected(pem.error());
    auto secret = passphrase.read(PrivateKey::is_encrypted(*pem), file.string());
    if (!secret) {
        wipe(pem->data(), pem->size());
        return tl::unexpected(secret.error());
    }
    auto key = PrivateKey::from_pem(*pem, secret->view());
    wipe(pem->data(), pem->size());
    if (!key) return fail_in(file.string(), key.error());
    return key;
}

Result<Certificate> load_certificate(const std::filesystem::path& file) {
    auto bytes = read_file(file, max_key_file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto certificate = Certificate::parse(*bytes);
    if (!certificate) return fail_in(file.string(), certificate.error());
    return certificate;
}

}  // namespace elic::cli
