#include "trust/trust_codec.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/fresh_memory.h"
#include "codec/cbor_walk.h"
#include "trust/trust_items.h"

// The content of a trust list: its CBOR map of keys 1 to 10 (docs/format/trust.md, 2).

namespace elic {

using namespace trust_items;

namespace {

constexpr cbor::Limits content_limits{.depth = 3, .entries = 2000000, .bytes = max_trust_bytes};
constexpr std::size_t content_keys = 10;
constexpr std::size_t uscc_characters = 18;
constexpr int max_pack_version = 999;
constexpr int max_word_list = 99;

cbor::Value pack_value(const PackEntry& pack) {
    cbor::Array row;
    row.push_back(digest_value(pack.digest));
    row.emplace_back(pack.type.text());
    row.emplace_back(std::int64_t{pack.version});
    row.emplace_back(pack.name);
    row.emplace_back(std::int64_t{pack.words});
    return row;
}

Result<PackEntry> read_pack_entry(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 5 || (*row)[1].text() == nullptr || (*row)[2].integer() == nullptr ||
        (*row)[4].integer() == nullptr) {
        return malformed("packs: [digest, type, version, name, words] is expected");
    }
    auto digest = read_digest(&(*row)[0], "packs");
    auto type = LicenseTypeCode::parse(*(*row)[1].text());
    auto name = read_clean_text(&(*row)[3], "packs: name");
    const auto version = *(*row)[2].integer();
    const auto words = *(*row)[4].integer();
    if (!digest) return tl::unexpected(digest.error());
    if (!type) return malformed("packs: " + type.error().context);
    if (!name) return tl::unexpected(name.error());
    if (version < 1 || version > max_pack_version || words < 1 || words > max_word_list) {
        return malformed("packs: version 1..999, words 1..99");
    }
    return PackEntry{.digest = *digest,
                     .type = *type,
                     .version = static_cast<int>(version),
                     .name = std::move(*name),
                     .words = static_cast<int>(words)};
}

bool pack_before(const PackEntry& a, const PackEntry& b) {
    return a.type != b.type ? a.type < b.type : a.version < b.version;
}

/// In order, and no two digests that begin alike: a code names its pack by the first 4 bytes (docs/format/payload.md).
Status check_packs(const std::vector<PackEntry>& packs) {
    std::set<std::array<std::uint8_t, 4>> prefixes;
    for (std::size_t i = 0; i < packs.size(); ++i) {
        if (i != 0 && !pack_before(packs[i - 1], packs[i])) {
            return malformed("packs: not in order of type and version, or listed twice");
        }
        const auto& d = packs[i].digest;
        if (!prefixes.insert({d[0], d[1], d[2], d[3]}).second) return malformed("packs: two digests begin alike");
    }
    return {};
}

/// Rules between the parts of the top level.
Status check_times(Timestamp not_before, Timestamp next_update) {
    if (next_update < not_before) return malformed("next_update lies before not_before");
    return {};
}

Bytes write_key_index(const std::vector<const IssuingBody*>& bodies) {
    std::vector<std::array<std::uint8_t, key_record_bytes>> records;
    for (std::size_t ordinal = 0; ordinal < bodies.size(); ++ordinal) {
        for (const auto& certificate : bodies[ordinal]->certificates) {
            std::array<std::uint8_t, key_record_bytes> record{};
            std::copy_n(certificate.fingerprint.begin(), key_hint_bytes, record.begin());
            for (std::size_t i = 0; i < 4; ++i) {
                record[key_hint_bytes + i] = static_cast<std::uint8_t>(ordinal >> (24 - 8 * i));
            }
            records.push_back(record);
        }
    }
    std::sort(records.begin(), records.end());
    Bytes bytes;
    for (const auto& record : records) bytes.insert(bytes.end(), record.begin(), record.end());
    return bytes;
}

/// Whole records, ascending (equal ones occur: two certificates of one body with one hint), each of a body that is
/// there.
Status check_key_index(BytesView index, std::size_t bodies) {
    if (index.size() % key_record_bytes != 0) return malformed("key index: records of 12 bytes are expected");
    for (std::size_t at = 0; at < index.size(); at += key_record_bytes) {
        const auto record = index.subspan(at, key_record_bytes);
        std::size_t ordinal = 0;
        for (std::size_t i = key_hint_bytes; i < key_record_bytes; ++i) ordinal = ordinal << 8 | record[i];
        if (ordinal >= bodies) return malformed("key index: points outside the bodies");
        if (at == 0) continue;
        const auto before = index.subspan(at - key_record_bytes, key_record_bytes);
        if (std::lexicographical_compare(record.begin(), record.end(), before.begin(), before.end())) {
            return malformed("key index: not in ascending order");
        }
    }
    return {};
}

Result<cbor::Map> write_bodies(const std::vector<const IssuingBody*>& bodies) {
    cbor::Map map;
    std::map<Digest, const IssuingBody*> certificates;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        const auto& body = *bodies[i];
        if (i != 0 && bodies[i - 1]->code == body.code)
            return malformed("body " + body.code.text() + " is listed twice");
        for (const auto& certificate : body.certificates) {
            // The certificate says which body signed: it can be of one only.
            if (!certificates.emplace(certificate.fingerprint, &body).second) {
                return malformed("body " + body.code.text() + ": a certificate of it is listed for another body too");
            }
        }
        auto bytes = write_trust_body(body);
        if (!bytes) return tl::unexpected(bytes.error());
        map.emplace_back(body.code.text(), std::move(*bytes));
    }
    return map;
}

std::vector<Digest> ordered(std::vector<Digest> digests) {
    std::sort(digests.begin(), digests.end());
    digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
    return digests;
}

/// Reads the content, whose keys are 1 to 10, from its beginning to its end.
class ContentReader {
public:
    explicit ContentReader(BytesView bytes) : walk_(bytes) {}

    Result<TrustListParts> read() {
        if (auto keys = walk_.enter_map(); !keys || *keys != content_keys)
            return malformed("the content is a map of keys 1 to 10");
        auto parts = numbers();
        for (auto step : {&ContentReader::previous, &ContentReader::digests, &ContentReader::packs,
                          &ContentReader::bodies, &ContentReader::key_index}) {
            if (!parts) return parts;
            if (auto taken = (this->*step)(*parts); !taken) return tl::unexpected(taken.error());
        }
        if (auto end = walk_.end(); !end) return malformed(end.error().context);
        return parts;
    }

private:
    /// The value of the next key, which must be the one expected.
    Result<cbor::Value> next() {
        if (auto key = next_key(); !key) return tl::unexpected(key.error());
        auto value = walk_.value(content_limits);
        if (value || value.error().code == Errc::limit_exceeded) return value;
        return malformed(value.error().context);
    }

    /// The next value, as one of the trust items.
    template <class Item>
    Result<Item> read_with(Result<Item> (*reads)(const cbor::Value*, const std::string&), const char* what) {
        auto value = next();
        if (!value) return tl::unexpected(value.error());
        return reads(&*value, what);
    }

    Status next_key() {
        auto key = walk_.value(content_limits);
        const auto* number = key ? key->integer() : nullptr;
        if (number == nullptr || *number != ++key_) return malformed("the content is a map of keys 1 to 10");
        return {};
    }

    /// Keys 1 to 4.
    Result<TrustListParts> numbers() {
        auto number = read_with(read_number, "number");
        auto issued_at = number ? read_with(read_instant, "issued at") : tl::unexpected(number.error());
        auto not_before = issued_at ? read_with(read_instant, "not before") : issued_at;
        auto next_update = not_before ? read_with(read_instant, "next update") : not_before;
        if (!next_update) return tl::unexpected(next_update.error());
        if (auto fine = check_times(*not_before, *next_update); !fine) return tl::unexpected(fine.error());
        return TrustListParts{.number = *number,
                              .issued_at = *issued_at,
                              .not_before = *not_before,
                              .next_update = *next_update,
                              .previous = {},
                              .roots = {},
                              .intermediates = {},
                              .packs = {},
                              .bodies = {},
                              .key_index = {}};
    }

    /// Key 5.
    Status previous(TrustListParts& parts) {
        auto value = next();
        if (!value) return tl::unexpected(value.error());
        if (value->is_null()) return {};
        auto digest = read_digest(&*value, "previous");
        if (!digest) return tl::unexpected(digest.error());
        parts.previous = *digest;
        return {};
    }

    /// Keys 6 and 7.
    Status digests(TrustListParts& parts) {
        auto roots = read_with(read_digests, "roots");
        auto intermediates = roots ? read_with(read_digests, "intermediates") : roots;
        if (!intermediates) return tl::unexpected(intermediates.error());
        if (roots->empty()) return malformed("roots: a trust list names at least one");
        parts.roots = std::move(*roots);
        parts.intermediates = std::move(*intermediates);
        return {};
    }

    /// Key 8.
    Status packs(TrustListParts& parts) {
        auto value = next();
        if (!value) return tl::unexpected(value.error());
        const auto* rows = value->array();
        if (rows == nullptr) return malformed("packs: a list is expected");
        for (const auto& row : *rows) {
            auto pack = read_pack_entry(row);
            if (!pack) return tl::unexpected(pack.error());
            parts.packs.push_back(std::move(*pack));
        }
        return check_packs(parts.packs);
    }

    /// Key 9: credit code -> bytes, in the order of the codes (RFC 8949 4.2.1: they are of one length).
    Status bodies(TrustListParts& parts) {
        if (auto key = next_key(); !key) return key;
        auto count = walk_.enter_map();
        if (!count) return malformed("bodies: a map is expected");
        if (*count > content_limits.entries) {
            return fail(Errc::limit_exceeded, "more than " + std::to_string(content_limits.entries) + " bodies");
        }
        parts.bodies.reserve(*count);
        take_at_once(parts.bodies.data(), parts.bodies.capacity() * sizeof(EncodedBody));
        for (std::size_t n = 0; n < *count; ++n) {
            auto code = walk_.text();
            auto body = code ? walk_.bytes() : tl::unexpected(code.error());
            if (!body || code->size() != uscc_characters) return malformed("bodies: credit code -> bytes is expected");
            if (n != 0 && !(parts.bodies.back().code < *code)) return malformed("bodies: not in ascending order");
            parts.bodies.push_back({.code = *code, .bytes = *body});
        }
        return {};
    }

    /// Key 10.
    Status key_index(TrustListParts& parts) {
        if (auto key = next_key(); !key) return key;
        auto index = walk_.bytes();
        if (!index) return malformed("key index: bytes are expected");
        parts.key_index = *index;
        return check_key_index(*index, parts.bodies.size());
    }

    cbor::Walk walk_;
    std::int64_t key_ = 0;
};

}  // namespace

Result<Bytes> write_trust_content(const TrustListContent& content) {
    if (auto fine = check_number(content.number, "number"); !fine) return tl::unexpected(fine.error());
    if (content.roots.empty()) return malformed("roots: a trust list names at least one");
    if (auto fine = check_times(content.not_before, content.next_update); !fine) return tl::unexpected(fine.error());
    auto packs = content.packs;
    std::sort(packs.begin(), packs.end(), pack_before);
    if (auto fine = check_packs(packs); !fine) return tl::unexpected(fine.error());
    cbor::Array pack_list;
    for (const auto& pack : packs) pack_list.push_back(pack_value(pack));
    for (const auto& row : pack_list) {
        if (auto fine = read_pack_entry(row); !fine) return tl::unexpected(fine.error());
    }
    std::vector<const IssuingBody*> bodies;
    for (const auto& body : content.bodies) bodies.push_back(&body);
    std::sort(bodies.begin(), bodies.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
    auto body_map = write_bodies(bodies);
    if (!body_map) return tl::unexpected(body_map.error());
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, static_cast<std::int64_t>(content.number));
    map.emplace_back(std::int64_t{2}, instant_value(content.issued_at));
    map.emplace_back(std::int64_t{3}, instant_value(content.not_before));
    map.emplace_back(std::int64_t{4}, instant_value(content.next_update));
    map.emplace_back(std::int64_t{5}, content.previous ? digest_value(*content.previous) : cbor::Value());
    map.emplace_back(std::int64_t{6}, digests_value(ordered(content.roots)));
    map.emplace_back(std::int64_t{7}, digests_value(ordered(content.intermediates)));
    map.emplace_back(std::int64_t{8}, std::move(pack_list));
    map.emplace_back(std::int64_t{9}, std::move(*body_map));
    map.emplace_back(std::int64_t{10}, write_key_index(bodies));
    return cbor::write(std::move(map));
}

Result<TrustListParts> read_trust_content(BytesView bytes) {
    if (bytes.size() > max_trust_bytes) {
        return fail(Errc::limit_exceeded, "more than " + std::to_string(max_trust_bytes) + " bytes");
    }
    return ContentReader(bytes).read();
}

}  // namespace elic
