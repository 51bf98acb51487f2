#pragma once

#include <filesystem>

#include "elic/crypto/certificate.h"
#include "elic/crypto/private_key.h"
#include "session.h"

namespace elic::cli {

/// Reads a key file; asks for its passphrase when it is encrypted. Errors: those of read_file and PrivateKey::from_pem.
Result<PrivateKey> load_key(const std::filesystem::path& file, const PassphraseOptions& passphrase);

/// Errors: those of read_file and Certificate::parse, with the file's name.
Result<Certificate> load_certificate(const std::filesystem::path& file);

/// Before a command that signs in place of a key file: "exec:CMD".
inline constexpr std::string_view exec_prefix = "exec:";

/// Largest key, certificate or request file that is read.
inline constexpr std::size_t max_key_file = 64 << 10;
/// Largest seal file (.esl).
inline constexpr std::size_t max_seal_file = 4 << 20;

}  // namespace elic::cli
