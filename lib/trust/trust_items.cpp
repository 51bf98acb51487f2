#include "trust/trust_items.h"

#include <algorithm>

#include "base/text.h"

namespace elic::trust_items {

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_trust, what); }

cbor::Value digest_value(const Digest& digest) { return Bytes(digest.begin(), digest.end()); }

cbor::Value digests_value(const std::vector<Digest>& digests) {
    cbor::Array list;
    for (const auto& digest : digests) list.push_back(digest_value(digest));
    return list;
}

cbor::Value instant_value(Timestamp at) { return at.epoch_2000_seconds(); }

Result<Digest> read_digest(const cbor::Value* value, const std::string& what) {
    const auto* bytes = value != nullptr ? value->bytes() : nullptr;
    Digest digest{};
    if (bytes == nullptr || bytes->size() != digest.size())
        return malformed(what + ": a digest of 32 bytes is expected");
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

Result<std::vector<Digest>> read_digests(const cbor::Value* value, const std::string& what) {
    if (value == nullptr || value->array() == nullptr) return malformed(what + ": a list is expected");
    std::vector<Digest> digests;
    for (const auto& item : *value->array()) {
        auto digest = read_digest(&item, what);
        if (!digest) return tl::unexpected(digest.error());
        if (!digests.empty() && !(digests.back() < *digest)) return malformed(what + ": not in ascending order");
        digests.push_back(*digest);
    }
    return digests;
}

Result<Timestamp> read_instant(const cbor::Value* value, const std::string& what) {
    const auto* seconds = value != nullptr ? value->integer() : nullptr;
    if (seconds == nullptr) return malformed(what + ": seconds since 2000 are expected");
    auto instant = Timestamp::from_epoch_2000(*seconds);
    if (!instant) return malformed(what + ": " + instant.error().context);
    return instant;
}

Status check_clean_text(const std::string& text, const std::string& what) {
    if (text.empty()) return malformed(what + ": a text is expected");
    if (const auto fault = find_text_fault(text)) return malformed(what + ": " + describe(*fault));
    return {};
}

Result<std::string> read_clean_text(const cbor::Value* value, const std::string& what) {
    const auto* text = value != nullptr ? value->text() : nullptr;
    if (text == nullptr) return malformed(what + ": a text is expected");
    if (auto clean = check_clean_text(*text, what); !clean) return tl::unexpected(clean.error());
    return *text;
}

}  // namespace elic::trust_items
