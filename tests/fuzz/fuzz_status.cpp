#include <algorithm>

#include "elic/base/assert.h"
#include "elic/trust/status_list.h"

namespace {

bool same(const elic::Bytes& a, elic::BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

}  // namespace

// What reads as a list or as a delta is written as the same bytes, and every entry that is named has an answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const elic::BytesView content{bytes, size};
    if (const auto delta = elic::read_status_delta(content))
        ELIC_ASSERT(same(elic::write_status_delta(*delta).value(), content));
    const auto list = elic::read_status_list(content);
    if (!list) return 0;
    ELIC_ASSERT(same(elic::write_status_list(*list).value(), content));
    for (const auto& change : list->changes)
        ELIC_ASSERT(status_at(*list, change.index, change.effective).state == change.state);
    for (const auto& entry : list->entries) ELIC_ASSERT(status_at(*list, entry.index, list->base).state == entry.state);
    return 0;
}
