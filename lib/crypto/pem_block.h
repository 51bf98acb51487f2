#pragma once

#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// DER begins with a SEQUENCE whose length takes more than one byte; no text does.
inline bool looks_like_der(BytesView bytes) noexcept {
    return bytes.size() > 1 && bytes[0] == 0x30 && bytes[1] >= 0x80;
}

/// The one block of a PEM text, which has the given label ("CERTIFICATE", "X509 CRL"). Text around it is skipped, a
/// second block is not. `what` is the block's name in the error. Errors: malformed_certificate.
Result<Bytes> read_pem_block(BytesView text, std::string_view label, const char* what);

}  // namespace elic
