#include "trust/trust_items.h"

#include <algorithm>
#include <limits>

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
cbor::Value day_value(Date day) { return std::int64_t{day.days_since_2000()}; }

Result<cbor::Value> read_item(BytesView bytes, const cbor::Limits& limits) {
    auto value = cbor::read(bytes, limits);
    if (value || value.error().code == Errc::limit_exceeded) return value;
    return malformed(value.error().context);
}

cbor::Map* map_of_keys(cbor::Value& value, std::size_t keys) {
    auto* map = std::get_if<cbor::Map>(&value.v);
    if (map == nullptr || map->size() != keys) return nullptr;
    for (std::size_t i = 0; i < keys; ++i) {
        const auto* key = (*map)[i].first.integer();
        if (key == nullptr || *key != static_cast<std::int64_t>(i + 1)) return nullptr;
    }
    return map;
}

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

Result<Date> read_day(const cbor::Value* value, const std::string& what) {
    const auto* days = value != nullptr ? value->integer() : nullptr;
    if (days == nullptr) return malformed(what + ": days since 2000 are expected");
    auto day = Date::from_days(*days);
    if (!day) return malformed(what + ": " + day.error().context);
    return day;
}

Result<Uscc> read_uscc(const cbor::Value* value, const std::string& what) {
    const auto* text = value != nullptr ? value->text() : nullptr;
    if (text == nullptr) return malformed(what + ": a credit code is expected");
    auto code = Uscc::parse(*text);
    if (!code) return malformed(what + ": " + code.error().context);
    return code;
}

Status check_number(std::uint64_t number, const std::string& what) {
    if (number >= 1 && number <= std::uint64_t{std::numeric_limits<std::int64_t>::max()}) return {};
    return malformed(what + ": 1 or more is expected");
}

Result<std::uint64_t> read_number(const cbor::Value* value, const std::string& what) {
    const auto* number = value != nullptr ? value->integer() : nullptr;
    if (number == nullptr || *number < 1) return malformed(what + ": 1 or more is expected");
    return static_cast<std::uint64_t>(*number);
}

Result<Certificate> read_certificate(const cbor::Value* value, const std::string& what) {
    const auto* bytes = value != nullptr ? value->bytes() : nullptr;
    if (bytes == nullptr) return malformed(what + ": a certificate is a byte string");
    return read_certificate(*bytes, what);
}

Result<Certificate> read_certificate(BytesView der, const std::string& what) {
    auto certificate = Certificate::parse(der);
    if (!certificate) return malformed(what + ": a certificate cannot be read: " + certificate.error().context);
    if (!std::ranges::equal(certificate->der(), der)) return malformed(what + ": a certificate is not in DER");
    return certificate;
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
