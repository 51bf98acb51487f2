#include <cstdlib>

#include "elic/license/citizen_id.h"
#include "elic/license/diagnosis.h"
#include "elic/license/license_id.h"

// Any bytes have a diagnosis; what parses is its own text; what the diagnosis suggests and calls an identifier parses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = elic::as_text({bytes, size});
    const auto diagnosis = elic::diagnose(text);
    const auto id = elic::LicenseId::parse(text);
    if (id && (id->text() != text || !diagnosis.well_formed)) std::abort();
    if (const auto code = elic::Uscc::parse(text);
        code && code->packs() && elic::Uscc::from_packed(code->packed())->text() != text)
        std::abort();
    if (const auto code = elic::CitizenId::parse(text);
        code && code->packs() && elic::CitizenId::from_packed(code->packed())->text() != text)
        std::abort();
    return 0;
}
