#pragma once

#include "elic/base/bytes.h"
#include "qr/symbol_sizes.h"

namespace elic::qr {

/// The code words of a symbol in their order: data, `blocks.data` of them, divided into blocks, each with its words of
/// error correction (Reed-Solomon over GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1; ISO/IEC 18004:2015, 7.5, 7.6).
Bytes with_correction(BytesView data, const Blocks& blocks);

}  // namespace elic::qr
