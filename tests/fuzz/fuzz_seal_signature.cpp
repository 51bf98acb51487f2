#include "elic/base/assert.h"
#include "elic/document/seal_signature.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto signature = elic::read_seal_signature({bytes, size});
    if (!signature) return 0;
    ELIC_ASSERT(signature->der == elic::Bytes(bytes, bytes + size));
    const auto checks = elic::check_seal_signature(*signature, {.signature_xml = {}, .path = "S.xml"},
                                                   elic::Timestamp::parse("2026-11-26T09:00:00+08:00").value());
    ELIC_ASSERT(!checks.all_hold());  // nobody seals an empty description
    return 0;
}
