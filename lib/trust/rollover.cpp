#include "elic/trust/rollover.h"

#include <algorithm>

#include "trust/trust_items.h"

// The content of a roll-over: its CBOR map of keys 1 to 6 (docs/format/trust.md, 8).

namespace elic {

using namespace trust_items;

namespace {

constexpr cbor::Limits rollover_limits{.depth = 1, .entries = 16, .bytes = max_rollover_bytes};
constexpr std::size_t rollover_keys = 6;

/// Keys 1 to 5: what the new key signs.
cbor::Map words_of(const Rollover& rollover) {
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, rollover.body.text());
    map.emplace_back(std::int64_t{2}, digest_value(rollover.old_fingerprint));
    map.emplace_back(std::int64_t{3}, rollover.new_certificate.der());
    map.emplace_back(std::int64_t{4}, instant_value(rollover.issued_at));
    map.emplace_back(std::int64_t{5}, instant_value(rollover.from));
    return map;
}

Bytes new_key_input(const Rollover& rollover) {
    const auto hint = key_hint(rollover.new_certificate.fingerprint());
    return signing_input(SignatureKind::rollover, hint, cbor::write(words_of(rollover)));
}

Result<Rollover> read(const SignedObject& object) {
    if (object.kind != SignatureKind::rollover) return malformed("the object is none");
    auto value = read_item(object.content, rollover_limits);
    if (!value) return tl::unexpected(value.error());
    const auto* map = map_of_keys(*value, rollover_keys);
    if (map == nullptr) return malformed("the content is a map of keys 1 to 6");
    auto body = read_uscc(&(*map)[0].second, "body");
    if (!body) return tl::unexpected(body.error());
    auto old_fingerprint = read_digest(&(*map)[1].second, "old certificate");
    if (!old_fingerprint) return tl::unexpected(old_fingerprint.error());
    auto new_certificate = read_certificate(&(*map)[2].second, "new certificate");
    if (!new_certificate) return tl::unexpected(new_certificate.error());
    auto issued_at = read_instant(&(*map)[3].second, "issued at");
    if (!issued_at) return tl::unexpected(issued_at.error());
    auto from = read_instant(&(*map)[4].second, "from");
    if (!from) return tl::unexpected(from.error());
    const auto* bytes = (*map)[5].second.bytes();
    Sm2Signature signature{};
    if (bytes == nullptr || bytes->size() != signature.size()) return malformed("a signature of 64 bytes is expected");
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    Rollover rollover{.body = *body,
                      .old_fingerprint = *old_fingerprint,
                      .new_certificate = *new_certificate,
                      .issued_at = *issued_at,
                      .from = *from};
    if (object.signer != rollover.old_fingerprint) return malformed("another certificate signed than the old one");
    if (rollover.new_certificate.fingerprint() == rollover.old_fingerprint)
        return malformed("the new certificate is the old one");
    if (!rollover.new_certificate.public_key().verify(new_key_input(rollover), signature))
        return malformed("the new key's signature does not hold");
    return rollover;
}

}  // namespace

Result<Bytes> make_rollover(const Rollover& rollover, Signer& old_key, const Certificate& old_certificate,
                            Signer& new_key) {
    const auto& new_certificate = rollover.new_certificate;
    if (old_certificate.fingerprint() != rollover.old_fingerprint)
        return fail(Errc::bad_argument,
                    "roll-over: it names another old certificate than " + old_certificate.subject());
    if (new_certificate == old_certificate)
        return fail(Errc::bad_argument, "roll-over: the new certificate is the old one; get one for the new key");
    if (!(new_key.public_key() == new_certificate.public_key()))
        return fail(Errc::bad_argument, "the key is not the one of the certificate " + new_certificate.subject());
    auto signature = sign_message(new_key, new_key_input(rollover));
    if (!signature) return tl::unexpected(signature.error());
    auto map = words_of(rollover);
    map.emplace_back(std::int64_t{6}, Bytes(signature->begin(), signature->end()));
    return sign_object(SignatureKind::rollover, cbor::write(std::move(map)), old_key, old_certificate);
}

Result<Rollover> read_rollover(const SignedObject& object) {
    auto rollover = read(object);
    if (!rollover) return fail_in("roll-over", rollover.error());
    return rollover;
}

}  // namespace elic
