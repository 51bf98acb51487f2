#include "elic/base/assert.h"
#include "elic/ledger/exchange_view.h"

// A line is a row without fault, or has faults and no row, or is the end mark.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto line = elic::read_exchange_line({reinterpret_cast<const char*>(bytes), size});
    ELIC_ASSERT(line.row.has_value() + !line.faults.empty() + line.end_mark == 1);
    if (line.row) ELIC_ASSERT(elic::check_exchange_row(*line.row).empty());
    for (const auto& fault : line.faults) ELIC_ASSERT(!fault.rule.empty() && !fault.mend.empty());
    return 0;
}
