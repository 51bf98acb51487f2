#include "elic/base/assert.h"
#include "elic/crypto/revocation_list.h"

// Next update is never before this update: that would be a list without an instant at which it holds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto list = elic::RevocationList::parse({bytes, size});
    if (!list || !list->next_update()) return 0;
    ELIC_ASSERT(*list->next_update() >= list->this_update());
    return 0;
}
