#include "elic/base/assert.h"
#include "elic/document/signed_data.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto data = elic::read_signed_data({bytes, size});
    if (!data) return 0;
    const auto checks = elic::check_signed_data(*data, {}, elic::Timestamp::parse("2026-11-26T09:00:00+08:00").value());
    ELIC_ASSERT(!checks.all_hold());  // nobody signs an empty description
    return 0;
}
