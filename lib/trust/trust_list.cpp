#include "elic/trust/trust_list.h"

#include <algorithm>
#include <mutex>

#include "codec/cbor_walk.h"
#include "elic/crypto/sm3.h"
#include "trust/format_name.h"
#include "trust/trust_codec.h"
#include "trust/trust_items.h"

namespace elic {

namespace {

constexpr cbor::Limits chain_limits{.depth = 1, .entries = 27};

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_trust, "trust list: " + what); }

/// Looked at before the rest is read: a later version may have any shape.
Status check_format(BytesView file) {
    const auto said = format_said_by(file);
    if (!said) return malformed("not a trust list");
    switch (match_format(*said, domain_of(SignatureKind::trust_list))) {
        case FormatMatch::same:
            return {};
        case FormatMatch::newer:
            return fail(Errc::newer_format, "trust list: its format is newer than this program");
        case FormatMatch::older:
            return malformed("its format is no longer read: build it anew with `elic trust build`");
        case FormatMatch::other:
            break;
    }
    return malformed("not a trust list");
}

/// What the envelope holds, before anything is believed. The content stays in the file.
struct Envelope {
    Certificate signer;
    std::vector<Certificate> intermediates;
    BytesView content;
    Sm2Signature signature{};
};

tl::unexpected<Error> wrong_shape() {
    return malformed("[format, certificate, [certificates], content, signature] is expected");
}

Result<Envelope> read_envelope(BytesView file) {
    if (auto fine = check_format(file); !fine) return tl::unexpected(fine.error());
    if (file.size() > max_trust_bytes) return fail(Errc::limit_exceeded, "trust list: over 64 MiB");
    cbor::Walk walk(file);
    const auto count = walk.enter_array();
    if (!count || *count != 5 || !walk.text()) return wrong_shape();
    const auto own = walk.bytes();
    const auto chain = own ? walk.value(chain_limits) : tl::unexpected(own.error());
    if (!chain && chain.error().code == Errc::limit_exceeded) return fail_in("trust list", chain.error());
    const auto content = chain ? walk.bytes() : tl::unexpected(chain.error());
    const auto signature = content ? walk.bytes() : content;
    if (!signature || !walk.end() || chain->array() == nullptr ||
        signature->size() != std::tuple_size_v<Sm2Signature>) {
        return wrong_shape();
    }
    auto signer = trust_items::read_certificate(*own, "trust list");
    if (!signer) return tl::unexpected(signer.error());
    Envelope envelope{.signer = *signer, .intermediates = {}, .content = *content};
    for (const auto& item : *chain->array()) {
        auto certificate = trust_items::read_certificate(&item, "trust list");
        if (!certificate) return tl::unexpected(certificate.error());
        envelope.intermediates.push_back(*certificate);
    }
    std::copy(signature->begin(), signature->end(), envelope.signature.begin());
    return envelope;
}

}  // namespace

struct TrustList::Impl {
    Certificate signer;
    std::vector<Certificate> intermediates;
    Bytes file;
    BytesView content;  ///< in the file, as the views of the parts are
    TrustListParts parts;
    mutable std::once_flag digested = {};
    mutable Digest digest = {};

    std::optional<std::size_t> ordinal_of(std::string_view code) const {
        const auto at = std::lower_bound(parts.bodies.begin(), parts.bodies.end(), code,
                                         [](const auto& body, const auto& wanted) { return body.code < wanted; });
        if (at == parts.bodies.end() || at->code != code) return {};
        return static_cast<std::size_t>(at - parts.bodies.begin());
    }
};

Result<Bytes> TrustList::build(const TrustListContent& content, Signer& signer, const Certificate& signer_certificate,
                               std::span<const Certificate> intermediates) {
    if (!(signer.public_key() == signer_certificate.public_key())) {
        return fail(Errc::bad_argument, "the key is not the one of the certificate " + signer_certificate.subject());
    }
    auto bytes = write_trust_content(content);
    if (!bytes) return bytes;
    const auto hint = key_hint(signer_certificate.fingerprint());
    auto signature = sign_message(signer, signing_input(SignatureKind::trust_list, hint, *bytes));
    if (!signature) return tl::unexpected(signature.error());
    cbor::Array chain;
    for (const auto& certificate : intermediates) chain.emplace_back(certificate.der());
    cbor::Array envelope;
    envelope.emplace_back(std::string(domain_of(SignatureKind::trust_list)));
    envelope.emplace_back(signer_certificate.der());
    envelope.emplace_back(std::move(chain));
    envelope.emplace_back(std::move(*bytes));
    envelope.emplace_back(Bytes(signature->begin(), signature->end()));
    return cbor::write(std::move(envelope));
}

Result<TrustList> TrustList::open(Bytes file) {
    auto envelope = read_envelope(file);
    if (!envelope) return tl::unexpected(envelope.error());
    const auto hint = key_hint(envelope->signer.fingerprint());
    if (!verify_signed(envelope->signer.public_key(), SignatureKind::trust_list, hint, envelope->content,
                       envelope->signature)) {
        return malformed("its signature does not hold");
    }
    auto parts = read_trust_content(envelope->content);
    if (!parts) return fail_in("trust list", parts.error());
    // std::make_shared cannot: once_flag neither moves nor copies, aggregates are built in place.
    return TrustList(std::shared_ptr<const Impl>(new Impl{.signer = envelope->signer,
                                                          .intermediates = std::move(envelope->intermediates),
                                                          .file = std::move(file),
                                                          .content = envelope->content,
                                                          .parts = std::move(*parts)}));
}

const Certificate& TrustList::signer() const noexcept { return impl_->signer; }
const std::vector<Certificate>& TrustList::signer_intermediates() const noexcept { return impl_->intermediates; }
const Digest& TrustList::digest() const noexcept {
    // Asked for by builders only; a digest of megabytes costs a verifier as much as the signature.
    std::call_once(impl_->digested, [this] { impl_->digest = sm3(impl_->file); });
    return impl_->digest;
}
std::uint64_t TrustList::number() const noexcept { return impl_->parts.number; }
Timestamp TrustList::issued_at() const noexcept { return impl_->parts.issued_at; }
Timestamp TrustList::not_before() const noexcept { return impl_->parts.not_before; }
Timestamp TrustList::next_update() const noexcept { return impl_->parts.next_update; }
const std::vector<Digest>& TrustList::roots() const noexcept { return impl_->parts.roots; }
const std::vector<Digest>& TrustList::intermediates() const noexcept { return impl_->parts.intermediates; }
const std::vector<PackEntry>& TrustList::packs() const noexcept { return impl_->parts.packs; }
std::size_t TrustList::body_count() const noexcept { return impl_->parts.bodies.size(); }

Result<IssuingBody> TrustList::body(const Uscc& code) const {
    const auto ordinal = impl_->ordinal_of(code.text());
    if (!ordinal) return fail(Errc::not_found, code.text() + " is not in the trust list");
    return body_at(*ordinal);
}

Result<IssuingBody> TrustList::body_at(std::size_t n) const {
    const auto& [code, bytes] = impl_->parts.bodies[n];
    return read_trust_body(code, bytes);
}

Result<std::vector<IssuingBody>> TrustList::bodies_with_key(const KeyHint& hint) const {
    const auto& index = impl_->parts.key_index;
    const std::size_t count = index.size() / key_record_bytes;
    std::size_t low = 0;
    std::size_t high = count;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const auto* record = index.data() + middle * key_record_bytes;
        if (std::lexicographical_compare(record, record + key_hint_bytes, hint.begin(), hint.end())) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    std::vector<IssuingBody> bodies;
    std::optional<std::size_t> before;
    for (; low < count; ++low) {
        const auto* record = index.data() + low * key_record_bytes;
        if (!std::equal(hint.begin(), hint.end(), record)) break;
        std::size_t ordinal = 0;
        for (std::size_t i = key_hint_bytes; i < key_record_bytes; ++i) ordinal = ordinal << 8 | record[i];
        if (before == ordinal) continue;  // two certificates of one body
        before = ordinal;
        auto body = body_at(ordinal);
        if (!body) return tl::unexpected(body.error());
        bodies.push_back(std::move(*body));
    }
    return bodies;
}

const PackEntry* TrustList::pack(const std::array<std::uint8_t, 4>& prefix) const noexcept {
    for (const auto& entry : impl_->parts.packs) {
        if (std::equal(prefix.begin(), prefix.end(), entry.digest.begin())) return &entry;
    }
    return nullptr;
}

const PackEntry* TrustList::pack(const LicenseTypeCode& type, int version) const noexcept {
    for (const auto& entry : impl_->parts.packs) {
        if (entry.type == type && entry.version == version) return &entry;
    }
    return nullptr;
}

Result<TrustListContent> TrustList::content() const {
    const auto& parts = impl_->parts;
    TrustListContent content{.number = parts.number,
                             .issued_at = parts.issued_at,
                             .not_before = parts.not_before,
                             .next_update = parts.next_update,
                             .previous = parts.previous,
                             .roots = parts.roots,
                             .intermediates = parts.intermediates,
                             .packs = parts.packs,
                             .bodies = {}};
    for (std::size_t n = 0; n < body_count(); ++n) {
        auto body = body_at(n);
        if (!body) return tl::unexpected(body.error());
        content.bodies.push_back(std::move(*body));
    }
    // The key index stands in the content: what encodes again to the same bytes has the index that its bodies give.
    auto again = write_trust_content(content);
    if (!again) return tl::unexpected(again.error());
    if (!std::ranges::equal(*again, impl_->content)) return malformed("not the one encoding of what it says");
    return content;
}

}  // namespace elic
