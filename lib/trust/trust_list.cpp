#include "elic/trust/trust_list.h"

#include <algorithm>

#include "elic/crypto/sm3.h"
#include "trust/trust_codec.h"

namespace elic {

namespace {

constexpr std::string_view family = "elic trust-list ";
constexpr std::string_view current_format = "elic trust-list 0";
constexpr cbor::Limits envelope_limits{.depth = 2, .entries = 32, .bytes = max_trust_bytes};

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_trust, "trust list: " + what); }

}  // namespace

struct TrustList::Impl {
    Certificate signer;
    std::vector<Certificate> intermediates;
    Digest digest{};
    TrustListParts parts;

    std::optional<std::size_t> ordinal_of(const std::string& code) const {
        const auto at = std::lower_bound(parts.bodies.begin(), parts.bodies.end(), code, [](const auto& body, const auto& wanted) { return body.first < wanted; });
        if (at == parts.bodies.end() || at->first != code) return {};
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
    envelope.emplace_back(std::string(current_format));
    envelope.emplace_back(signer_certificate.der());
    envelope.emplace_back(std::move(chain));
    envelope.emplace_back(std::move(*bytes));
    envelope.emplace_back(Bytes(signature->begin(), signature->end()));
    return cbor::write(std::move(envelope));
}

Result<TrustList> TrustList::open(Bytes file) {
    auto value = cbor::read(file, envelope_limits);
    if (!value) return fail(value.error().code == Errc::limit_exceeded ? Errc::limit_exceeded : Errc::malformed_trust, "trust list: " + value.error().context);
    const auto* envelope = value->array();
    const auto* said = envelope != nullptr && !envelope->empty() ? (*envelope)[0].text() : nullptr;
    if (said == nullptr || !said->starts_with(family)) return malformed("not a trust list");
    if (*said != current_format) return fail(Errc::newer_format, "trust list: its format is not known to this version");
    if (envelope->size() != 5 || (*envelope)[1].bytes() == nullptr || (*envelope)[2].array() == nullptr || (*envelope)[3].bytes() == nullptr ||
        (*envelope)[4].bytes() == nullptr || (*envelope)[4].bytes()->size() != std::tuple_size_v<Sm2Signature>) {
        return malformed("[format, certificate, [certificates], content, signature] is expected");
    }
    auto signer = Certificate::parse(*(*envelope)[1].bytes());
    if (!signer || signer->der() != *(*envelope)[1].bytes()) return malformed("its signer's certificate cannot be read");
    std::vector<Certificate> intermediates;
    for (const auto& item : *(*envelope)[2].array()) {
        auto certificate = item.bytes() != nullptr ? Certificate::parse(*item.bytes()) : Result<Certificate>(malformed(""));
        if (!certificate || certificate->der() != *item.bytes()) return malformed("a certificate of its chain cannot be read");
        intermediates.push_back(*certificate);
    }
    const auto& content = *(*envelope)[3].bytes();
    Sm2Signature signature{};
    std::copy((*envelope)[4].bytes()->begin(), (*envelope)[4].bytes()->end(), signature.begin());
    const auto input = signing_input(SignatureKind::trust_list, key_hint(signer->fingerprint()), content);
    if (!signer->public_key().verify(input, signature)) return malformed("its signature does not hold");
    auto parts = read_trust_content(content);
    if (!parts) return fail_in("trust list", parts.error());
    return TrustList(std::make_shared<const Impl>(
        Impl{.signer = *signer, .intermediates = std::move(intermediates), .digest = sm3(file), .parts = std::move(*parts)}));
}

const Certificate& TrustList::signer() const noexcept { return impl_->signer; }
const std::vector<Certificate>& TrustList::signer_intermediates() const noexcept { return impl_->intermediates; }
const Digest& TrustList::digest() const noexcept { return impl_->digest; }
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
        if (std::lexicographical_compare(record, record + 8, hint.begin(), hint.end())) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    std::vector<IssuingBody> bodies;
    for (; low < count; ++low) {
        const auto* record = index.data() + low * key_record_bytes;
        if (!std::equal(hint.begin(), hint.end(), record)) break;
        std::size_t ordinal = 0;
        for (std::size_t i = 8; i < key_record_bytes; ++i) ordinal = ordinal << 8 | record[i];
        if (ordinal >= body_count()) return malformed("its key index points outside");
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
    TrustListContent content{.number = parts.number, .issued_at = parts.issued_at, .not_before = parts.not_before, .next_update = parts.next_update,
                             .previous = parts.previous, .roots = parts.roots, .intermediates = parts.intermediates, .packs = parts.packs, .bodies = {}};
    for (std::size_t n = 0; n < body_count(); ++n) {
        auto body = body_at(n);
        if (!body) return tl::unexpected(body.error());
        content.bodies.push_back(std::move(*body));
    }
    auto again = write_trust_content(content);
    if (!again) return tl::unexpected(again.error());
    auto read = read_trust_content(*again);
    if (!read || read->key_index != parts.key_index || read->bodies != parts.bodies) return malformed("not the one encoding of what it says");
    return content;
}

}  // namespace elic
