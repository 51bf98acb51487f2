#include "elic/base/assert.h"
#include "elic/document/electronic_seal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto seal = elic::read_electronic_seal({bytes, size});
    if (!seal) return 0;
    ELIC_ASSERT(seal->der == elic::Bytes(bytes, bytes + size));
    (void)elic::check_seal(*seal, elic::Timestamp::parse("2026-11-26T09:00:00+08:00").value());
    (void)elic::names_signer(*seal, seal->maker.der);
    return 0;
}
