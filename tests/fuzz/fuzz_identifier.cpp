#include <cstdlib>

#include "elic/license/citizen_id.h"
#include "elic/license/diagnosis.h"
#include "elic/license/license_id.h"

// Any bytes have a diagnosis; what parses is its own text and well formed; so is what a diagnosis suggests.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const auto text = elic::as_text({bytes, size});
    const auto found = elic::diagnose(text);
    const auto id = elic::LicenseId::parse(text);
    if (id && (id->text() != text || !found.well_formed)) std::abort();
    if (!found.suggestion.empty() && !elic::diagnose(found.suggestion).well_formed) std::abort();
    const auto body = elic::Uscc::parse(text);
    if (body && body->packs() && elic::Uscc::from_packed(body->packed())->text() != text) std::abort();
    const auto person = elic::CitizenId::parse(text);
    if (person && person->packs() && elic::CitizenId::from_packed(person->packed())->text() != text) std::abort();
    return 0;
}
