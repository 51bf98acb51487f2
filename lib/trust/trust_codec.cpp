#include "trust/trust_codec.h"

#include <algorithm>
#include <map>
#include <set>

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

Status take_bodies(cbor::Value& value, TrustListParts& parts) {
    auto* bodies = std::get_if<cbor::Map>(&value.v);
    if (bodies == nullptr) return malformed("bodies: a map is expected");
    parts.bodies.reserve(bodies->size());
    for (auto& [code, body] : *bodies) {
        auto* encoded = std::get_if<Bytes>(&body.v);
        if (code.text() == nullptr || code.text()->size() != uscc_characters || encoded == nullptr) {
            return malformed("bodies: credit code -> bytes is expected");
        }
        parts.bodies.emplace_back(*code.text(), std::move(*encoded));
    }
    return {};
}

/// Keys 5, 8, 9 and 10.
Status take_lists(cbor::Map& map, TrustListParts& parts) {
    if (const auto& previous = map[4].second; !previous.is_null()) {
        auto digest = read_digest(&previous, "previous");
        if (!digest) return tl::unexpected(digest.error());
        parts.previous = *digest;
    }
    const auto* packs = map[7].second.array();
    if (packs == nullptr) return malformed("packs: a list is expected");
    for (const auto& item : *packs) {
        auto pack = read_pack_entry(item);
        if (!pack) return tl::unexpected(pack.error());
        parts.packs.push_back(std::move(*pack));
    }
    if (auto fine = check_packs(parts.packs); !fine) return fine;
    if (auto taken = take_bodies(map[8].second, parts); !taken) return taken;
    auto* index = std::get_if<Bytes>(&map[9].second.v);
    if (index == nullptr) return malformed("key index: bytes are expected");
    if (auto fine = check_key_index(*index, parts.bodies.size()); !fine) return fine;
    parts.key_index = std::move(*index);
    return {};
}

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
    auto value = read_item(bytes, content_limits);
    if (!value) return tl::unexpected(value.error());
    auto* map = map_of_keys(*value, content_keys);
    if (map == nullptr) return malformed("the content is a map of keys 1 to 10");
    auto number = read_number(&(*map)[0].second, "number");
    if (!number) return tl::unexpected(number.error());
    auto issued_at = read_instant(&(*map)[1].second, "issued at");
    auto not_before = read_instant(&(*map)[2].second, "not before");
    auto next_update = read_instant(&(*map)[3].second, "next update");
    for (const auto* instant : {&issued_at, &not_before, &next_update}) {
        if (!*instant) return tl::unexpected(instant->error());
    }
    if (auto fine = check_times(*not_before, *next_update); !fine) return tl::unexpected(fine.error());
    auto roots = read_digests(&(*map)[5].second, "roots");
    auto intermediates = read_digests(&(*map)[6].second, "intermediates");
    if (!roots) return tl::unexpected(roots.error());
    if (!intermediates) return tl::unexpected(intermediates.error());
    if (roots->empty()) return malformed("roots: a trust list names at least one");
    TrustListParts parts{.number = *number,
                         .issued_at = *issued_at,
                         .not_before = *not_before,
                         .next_update = *next_update,
                         .previous = {},
                         .roots = std::move(*roots),
                         .intermediates = std::move(*intermediates),
                         .packs = {},
                         .bodies = {},
                         .key_index = {}};
    if (auto taken = take_lists(*map, parts); !taken) return tl::unexpected(taken.error());
    return parts;
}

}  // namespace elic
