#pragma once

#include <memory>

#include "elic/issue/issuer.h"
#include "session.h"

namespace elic::cli {

/// An office opened for work: its signer, the roots it relies on, its issuer.
struct OfficeSession {
    Office office;
    std::unique_ptr<Signer> signer;
    std::unique_ptr<Issuer> issuer;
};

/// An office and its signer: to sign what needs no draft.
struct SigningOffice {
    Office office;
    std::unique_ptr<Signer> signer;
};

/// Asks for the passphrase when the key is encrypted. Errors: those of open_office and open_signer.
Result<SigningOffice> open_for_signing(const std::filesystem::path& folder, const PassphraseOptions& passphrase);

/// Asks for the passphrase when the key is encrypted. Roots: the office's own pins, else the machine's.
/// Errors: those of open_office, open_signer and Issuer::open.
Result<OfficeSession> open_for_issuing(const std::filesystem::path& folder, const PassphraseOptions& passphrase,
                                       const Clock& clock);

/// Whose arithmetic signs with a key in a file: OpenSSL's, or elic's own (elic/crypto/fast_signer.h).
enum class Signing { openssl, fast };

/// Another signer with the same key, for a thread of its own. Errors: bad_argument (fast, with a command that signs).
Result<std::unique_ptr<Signer>> another_signer(const OfficeSession& work, Signing signing);

}  // namespace elic::cli
