#include <cstdlib>

#include "elic/trust/trust_list.h"
#include "trust/trust_codec.h"

// The envelope with its signature, and the content by itself: every body of content that reads can be asked for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (const auto list = elic::TrustList::open({bytes, bytes + size}); list) (void)list->content();
    const auto parts = elic::read_trust_content({bytes, size});
    if (!parts) return 0;
    for (const auto& [code, body] : parts->bodies) (void)elic::read_trust_body(code, body);
    return 0;
}
