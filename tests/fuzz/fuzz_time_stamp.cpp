#include "elic/base/assert.h"
#include "elic/document/time_stamp.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto stamp = elic::read_time_stamp({bytes, size});
    if (!stamp) return 0;
    ELIC_ASSERT(!elic::check_time_stamp(*stamp, {}).all_hold());  // nobody stamps nothing
    return 0;
}
