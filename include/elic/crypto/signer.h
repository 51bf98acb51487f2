#pragma once

#include <memory>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/sm2.h"

namespace elic {

/// Whatever holds a private key: a file, a command, an agency's crypto machine. The seam: digest in,
/// signature out. Implementations need not be thread-safe.
class Signer {
public:
    virtual ~Signer() = default;

    virtual const PublicKey& public_key() const = 0;

    /// Signs e = SM3(Z || M) (GB/T 32918.2, step A5 on). Errors: signer_failed.
    virtual Result<Sm2Signature> sign_digest(const Digest& e) = 0;
};

/// Signs a message with the default user id and verifies the signature before it is returned, so that no
/// wrong signature leaves. Errors: signer_failed.
Result<Sm2Signature> sign_message(Signer& signer, BytesView message);

/// A signer that runs `command` with /bin/sh for every signature: 64 hexadecimal digits of e and a line break on its
/// standard input; expects r || s as 128 hexadecimal digits on its standard output within 30 s.
std::unique_ptr<Signer> make_command_signer(std::string command, PublicKey key);

}  // namespace elic
