#include <cstdlib>

#include "codec/cbor.h"

// Law: what is read is written back as the same bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const elic::BytesView input(bytes, size);
    const auto value = elic::cbor::read(input, {.depth = 8, .entries = 4096, .bytes = 65536});
    if (value && elic::cbor::write(*value) != elic::Bytes(input.begin(), input.end())) std::abort();
    return 0;
}
