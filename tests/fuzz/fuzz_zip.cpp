#include "container/packing/write_zip.h"
#include "container/zip.h"
#include "elic/base/assert.h"

// What unpacks can be packed again and unpacks to the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto archive = elic::read_zip({bytes, size}, {.entry = 1 << 20, .total = 4 << 20});
    if (!archive) return 0;
    const auto again = elic::read_zip(elic::write_zip(archive->parts));
    ELIC_ASSERT(again && again->parts == archive->parts && again->warnings.empty());
    return 0;
}
