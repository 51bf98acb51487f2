#include <cstdlib>

#include "codec/digits.h"

// Laws: digits that are read are written back the same; bytes that are written are read back the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const elic::BytesView input(bytes, size);
    const auto read = elic::bytes_from_digits(elic::as_text(input));
    if (read && elic::digits_from_bytes(*read) != elic::as_text(input)) std::abort();
    const auto again = elic::bytes_from_digits(elic::digits_from_bytes(input));
    if (!again || *again != elic::Bytes(input.begin(), input.end())) std::abort();
    return 0;
}
