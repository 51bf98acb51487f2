#include "elic/trust/signed_object.h"

#include <algorithm>
#include <string>

#include "codec/cbor.h"
#include "elic/base/assert.h"
#include "trust/format_name.h"
#include "trust/trust_items.h"

namespace elic {

using namespace trust_items;

namespace {

constexpr std::size_t envelope_parts = 4;
constexpr std::size_t envelope_entries = 16;  ///< read before they are counted: a part too many is malformed

/// Codes and trust lists have envelopes of their own (docs/format/payload.md; docs/format/trust.md, 2).
bool has_this_envelope(SignatureKind kind) {
    return kind != SignatureKind::payload && kind != SignatureKind::trust_list;
}

/// Which kind a domain string names. Errors: malformed_trust, newer_format.
Result<SignatureKind> kind_of(std::string_view said) {
    for (int number = 0; number < signature_kinds; ++number) {
        const auto kind = static_cast<SignatureKind>(number);
        if (!has_this_envelope(kind)) continue;
        const std::string name(name_of(kind));
        switch (match_format(said, domain_of(kind))) {
            case FormatMatch::same:
                return kind;
            case FormatMatch::newer:
                return fail(Errc::newer_format, name + ": its format is newer than this program");
            case FormatMatch::older:
                return malformed(name + ": its format is no longer read; make it anew");
            case FormatMatch::other:
                break;
        }
    }
    return malformed("not a signed object");
}

}  // namespace

bool SignedObject::holds(const PublicKey& key) const noexcept {
    return verify_signed(key, kind, key_hint(signer), content, signature);
}

Result<Bytes> sign_object(SignatureKind kind, Bytes content, Signer& signer, const Certificate& certificate) {
    ELIC_ASSERT(has_this_envelope(kind));
    if (!(signer.public_key() == certificate.public_key())) {
        return fail(Errc::bad_argument, "the key is not the one of the certificate " + certificate.subject());
    }
    const auto hint = key_hint(certificate.fingerprint());
    auto signature = sign_message(signer, signing_input(kind, hint, content));
    if (!signature) return tl::unexpected(signature.error());
    cbor::Array envelope;
    envelope.emplace_back(std::string(domain_of(kind)));
    envelope.push_back(digest_value(certificate.fingerprint()));
    envelope.emplace_back(std::move(content));
    envelope.emplace_back(Bytes(signature->begin(), signature->end()));
    return cbor::write(std::move(envelope));
}

Result<SignedObject> read_signed_object(BytesView file, std::size_t limit) {
    const auto said = format_said_by(file);
    if (!said) return malformed("not a signed object");
    auto kind = kind_of(*said);
    if (!kind) return tl::unexpected(kind.error());
    const std::string place(name_of(*kind));
    auto value = read_item(file, {.depth = 1, .entries = envelope_entries, .bytes = limit});
    if (!value) return fail_in(place, value.error());
    auto* parts = std::get_if<cbor::Array>(&value->v);
    auto* content = parts != nullptr && parts->size() == envelope_parts ? std::get_if<Bytes>(&(*parts)[2].v) : nullptr;
    const auto* signature = content != nullptr ? (*parts)[3].bytes() : nullptr;
    if (signature == nullptr || signature->size() != std::tuple_size_v<Sm2Signature>) {
        return malformed(place + ": [format, signer, content, signature] is expected");
    }
    auto signer = read_digest(&(*parts)[1], place + ": signer");
    if (!signer) return tl::unexpected(signer.error());
    SignedObject object{.kind = *kind, .signer = *signer, .content = std::move(*content), .signature = {}};
    std::copy(signature->begin(), signature->end(), object.signature.begin());
    return object;
}

}  // namespace elic
