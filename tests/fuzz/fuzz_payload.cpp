#include <algorithm>
#include <cstdlib>

#include "elic/packs/type_packs.h"
#include "elic/payload/payload.h"
#include "payload/claims.h"

// As text: what reads is written the same. As claims: what a pack reads is written to the same bytes (to_metadata
// refuses anything else).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = elic::normalise_code_text(elic::as_text({bytes, size}));
    if (const auto payload = elic::read_payload(text); payload && elic::write_payload(*payload) != text) std::abort();
    const auto claims = elic::read_claims({bytes, size});
    if (!claims) return 0;
    static const auto packs = elic::TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        const auto pack = packs.load(entry.code, entry.version);
        if ((*pack)->prefix() == claims->pack) (void)elic::to_metadata(*claims, {bytes, size}, **pack, "示例");
    }
    return 0;
}
