#include "elic/trust/delegation.h"

#include <algorithm>

#include "trust/trust_codec.h"
#include "trust/trust_items.h"

// The content of a delegation: its CBOR map of keys 1 to 9 (docs/format/trust.md, 7).

namespace elic {

using namespace trust_items;

namespace {

// A body's certificates are counted by its own reader; here each is one item more.
constexpr cbor::Limits delegation_limits{.depth = 2, .entries = 1000, .bytes = max_delegation_bytes};
constexpr std::size_t delegation_keys = 9;

/// The rules between the parts.
Status check(const Delegation& delegation) {
    if (delegation.parent == delegation.body.code) return malformed("a body cannot be its own parent");
    if (delegation.next_update < delegation.not_before) return malformed("next_update lies before not_before");
    const auto& listed = delegation.body.certificates;
    const auto& carried = delegation.certificates;
    const bool same = std::equal(listed.begin(), listed.end(), carried.begin(), carried.end(),
                                 [](const BodyCertificate& entry, const Certificate& certificate) {
                                     return entry.fingerprint == certificate.fingerprint();
                                 });
    if (!same) return malformed("the certificates carried are not those that the body lists, in its order");
    return {};
}

Result<Bytes> encode(const Delegation& delegation) {
    auto body = write_trust_body(delegation.body);
    if (!body) return body;
    cbor::Array certificates;
    for (const auto& certificate : delegation.certificates) certificates.emplace_back(certificate.der());
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, delegation.parent.text());
    map.emplace_back(std::int64_t{2}, delegation.body.code.text());
    map.emplace_back(std::int64_t{3}, static_cast<std::int64_t>(delegation.number));
    map.emplace_back(std::int64_t{4}, instant_value(delegation.issued_at));
    map.emplace_back(std::int64_t{5}, instant_value(delegation.not_before));
    map.emplace_back(std::int64_t{6}, instant_value(delegation.next_update));
    map.emplace_back(std::int64_t{7}, delegation.previous ? digest_value(*delegation.previous) : cbor::Value());
    map.emplace_back(std::int64_t{8}, std::move(*body));
    map.emplace_back(std::int64_t{9}, std::move(certificates));
    return cbor::write(std::move(map));
}

Result<IssuingBody> read_body(const cbor::Map& map) {
    auto child = read_uscc(&map[1].second, "body");
    if (!child) return tl::unexpected(child.error());
    const auto* bytes = map[7].second.bytes();
    if (bytes == nullptr) return malformed("body: bytes are expected");
    return read_trust_body(child->text(), *bytes);
}

Result<Delegation> read(BytesView content) {
    auto value = read_item(content, delegation_limits);
    if (!value) return tl::unexpected(value.error());
    const auto* map = map_of_keys(*value, delegation_keys);
    if (map == nullptr) return malformed("the content is a map of keys 1 to 9");
    auto parent = read_uscc(&(*map)[0].second, "parent");
    if (!parent) return tl::unexpected(parent.error());
    auto number = read_number(&(*map)[2].second, "number");
    if (!number) return tl::unexpected(number.error());
    auto issued_at = read_instant(&(*map)[3].second, "issued at");
    auto not_before = read_instant(&(*map)[4].second, "not before");
    auto next_update = read_instant(&(*map)[5].second, "next update");
    for (const auto* instant : {&issued_at, &not_before, &next_update}) {
        if (!*instant) return tl::unexpected(instant->error());
    }
    auto body = read_body(*map);
    if (!body) return tl::unexpected(body.error());
    Delegation delegation{.parent = *parent,
                          .number = *number,
                          .issued_at = *issued_at,
                          .not_before = *not_before,
                          .next_update = *next_update,
                          .previous = {},
                          .body = std::move(*body),
                          .certificates = {}};
    if (const auto& previous = (*map)[6].second; !previous.is_null()) {
        auto digest = read_digest(&previous, "previous");
        if (!digest) return tl::unexpected(digest.error());
        delegation.previous = *digest;
    }
    const auto* certificates = (*map)[8].second.array();
    if (certificates == nullptr) return malformed("certificates: a list is expected");
    for (const auto& item : *certificates) {
        auto certificate = read_certificate(&item, "certificates");
        if (!certificate) return tl::unexpected(certificate.error());
        delegation.certificates.push_back(*certificate);
    }
    if (auto fine = check(delegation); !fine) return tl::unexpected(fine.error());
    auto again = encode(delegation);
    if (!again) return tl::unexpected(again.error());
    if (!std::equal(again->begin(), again->end(), content.begin(), content.end()))
        return malformed("not the one encoding of what it says");
    return delegation;
}

}  // namespace

Result<Bytes> write_delegation(const Delegation& delegation) {
    auto fine = check_number(delegation.number, "number");
    if (fine) fine = check(delegation);
    if (!fine) return fail_in("delegation", fine.error());
    auto bytes = encode(delegation);
    if (!bytes) return fail_in("delegation", bytes.error());
    if (auto fits = cbor::read(*bytes, delegation_limits); !fits) {
        return malformed("delegation: " + fits.error().context);
    }
    return bytes;
}

Result<Delegation> read_delegation(BytesView content) {
    auto delegation = read(content);
    if (!delegation) return fail_in("delegation", delegation.error());
    return delegation;
}

}  // namespace elic
