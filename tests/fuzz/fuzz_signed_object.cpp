#include <algorithm>
#include <cstdlib>

#include "elic/trust/delegation.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/rollover.h"

// Delegation, roll-over and list of genuine issues, through the envelope and each by itself (no fuzzer makes a
// signature, and none of the readers looks at the envelope's). What reads is written to the same bytes.
namespace {

constexpr std::size_t largest = 1 << 20;

void expect_same(const elic::Result<elic::Bytes>& written, elic::BytesView read) {
    if (!written || !std::equal(written->begin(), written->end(), read.begin(), read.end())) std::abort();
}

void read_content(elic::SignedObject object) {
    using namespace elic;
    if (const auto delegation = read_delegation(object.content))
        expect_same(write_delegation(*delegation), object.content);
    if (const auto list = read_genuine_list(object.content)) {
        expect_same(write_genuine_list(*list), object.content);
        for (const auto& digest : list->digests) {
            if (!list->holds(digest)) std::abort();
        }
    }
    object.kind = SignatureKind::rollover;
    (void)read_rollover(object);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const elic::BytesView all(bytes, size);
    if (auto object = elic::read_signed_object(all, largest)) read_content(std::move(*object));
    read_content(
        {.kind = elic::SignatureKind::rollover, .signer = {}, .content = {bytes, bytes + size}, .signature = {}});
    return 0;
}
