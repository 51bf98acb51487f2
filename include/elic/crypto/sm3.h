#pragma once

#include <span>

#include "elic/base/bytes.h"

namespace elic {

/// SM3 (GB/T 32905) of all bytes.
Digest sm3(BytesView bytes);

/// SM3 of each message into the digest of the same place: several at once where the machine has wide registers (AVX2,
/// AVX-512), one after the other elsewhere. As many digests as messages.
void sm3_many(std::span<const BytesView> messages, std::span<Digest> digests);

}  // namespace elic
