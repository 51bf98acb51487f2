#pragma once

#include <map>
#include <optional>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"

namespace elic {

inline constexpr std::size_t max_bundle_bytes = 256u << 20;
inline constexpr std::size_t max_bundle_files = 200000;

/// A trust folder as one file (docs/format/trust-folder.md, 4).
struct Bundle {
    std::optional<Certificate> signer;   ///< who says that it is complete; the signature holds
    std::map<std::string, Bytes> files;  ///< every name is one of the folder's forms
};

/// Errors: limit_exceeded, bad_argument (key and certificate do not match), signer_failed.
Result<Bytes> write_bundle(const std::map<std::string, Bytes>& files, Signer* signer, const Certificate* certificate);

/// Strict. Errors: malformed_trust (also: the signature does not hold), newer_format, limit_exceeded.
Result<Bundle> read_bundle(BytesView file);

/// True when the file begins as a bundle of any version.
bool is_bundle(BytesView file) noexcept;

}  // namespace elic
