#include "trust/trust_codec.h"

#include <algorithm>
#include <map>

#include "base/text.h"

namespace elic {

namespace {

constexpr cbor::Limits content_limits{.depth = 3, .entries = 2000000, .bytes = max_trust_bytes};
constexpr cbor::Limits body_limits{.depth = 4, .entries = 20000, .bytes = 1 << 20};

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_trust, what); }

cbor::Value digest_value(const Digest& digest) { return cbor::Value(Bytes(digest.begin(), digest.end())); }
cbor::Value instant_value(Timestamp at) { return cbor::Value(at.epoch_2000_seconds()); }

cbor::Value digests_value(const std::vector<Digest>& digests) {
    cbor::Array list;
    for (const auto& digest : digests) list.push_back(digest_value(digest));
    return cbor::Value(std::move(list));
}

Result<Digest> read_digest(const cbor::Value& value) {
    const auto* bytes = value.bytes();
    Digest digest{};
    if (bytes == nullptr || bytes->size() != digest.size()) return malformed("a digest of 32 bytes is expected");
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

Result<std::vector<Digest>> read_digests(const cbor::Value* value, const std::string& what) {
    if (value == nullptr || value->array() == nullptr) return malformed(what + ": a list is expected");
    std::vector<Digest> digests;
    for (const auto& item : *value->array()) {
        auto digest = read_digest(item);
        if (!digest) return tl::unexpected(digest.error());
        if (!digests.empty() && !(digests.back() < *digest)) return malformed(what + ": not in order");
        digests.push_back(*digest);
    }
    return digests;
}

Result<Timestamp> read_instant(const cbor::Value* value, const std::string& what) {
    const auto* number = value != nullptr ? value->integer() : nullptr;
    auto instant = number != nullptr ? Timestamp::from_epoch_2000(*number) : Result<Timestamp>(malformed(""));
    if (!instant) return malformed(what + ": seconds since 2000 are expected");
    return *instant;
}

Result<std::string> read_clean_text(const cbor::Value* value, const std::string& what) {
    const auto* text = value != nullptr ? value->text() : nullptr;
    if (text == nullptr || text->empty() || find_text_fault(*text)) return malformed(what + ": a clean text is expected");
    return *text;
}

cbor::Value pack_value(const PackEntry& pack) {
    cbor::Array row;
    row.push_back(digest_value(pack.digest));
    row.emplace_back(pack.type.text());
    row.emplace_back(std::int64_t{pack.version});
    row.emplace_back(pack.name);
    row.emplace_back(std::int64_t{pack.words});
    return cbor::Value(std::move(row));
}

Result<PackEntry> read_pack_entry(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 5) return malformed("packs: [digest, type, version, name, words] is expected");
    auto digest = read_digest((*row)[0]);
    auto type = (*row)[1].text() != nullptr ? LicenseTypeCode::parse(*(*row)[1].text()) : Result<LicenseTypeCode>(malformed("packs: a type code is expected"));
    auto name = read_clean_text(&(*row)[3], "packs: name");
    const auto* version = (*row)[2].integer();
    const auto* words = (*row)[4].integer();
    if (!digest) return tl::unexpected(digest.error());
    if (!type) return malformed("packs: " + type.error().context);
    if (!name) return tl::unexpected(name.error());
    if (version == nullptr || *version < 1 || *version > 999 || words == nullptr || *words < 1 || *words > 99) return malformed("packs: version 1..999, words 1..99");
    return PackEntry{.digest = *digest, .type = *type, .version = static_cast<int>(*version), .name = *name, .words = static_cast<int>(*words)};
}

bool pack_before(const PackEntry& a, const PackEntry& b) { return a.type != b.type ? a.type < b.type : a.version < b.version; }

Status check_packs(const std::vector<PackEntry>& packs) {
    std::map<std::array<std::uint8_t, 4>, int> prefixes;
    for (std::size_t i = 0; i < packs.size(); ++i) {
        if (i != 0 && !pack_before(packs[i - 1], packs[i])) return malformed("packs: not in order of type and version");
        const auto& d = packs[i].digest;
        if (++prefixes[{d[0], d[1], d[2], d[3]}] > 1) return malformed("packs: two digests begin alike");
    }
    return {};
}

cbor::Value certificate_value(const BodyCertificate& certificate) {
    cbor::Array row;
    row.push_back(digest_value(certificate.fingerprint));
    row.push_back(instant_value(certificate.from));
    row.push_back(certificate.until ? instant_value(*certificate.until) : cbor::Value());
    row.emplace_back(std::int64_t{certificate.kinds});
    return cbor::Value(std::move(row));
}

cbor::Value grant_value(const TypeGrant& grant) {
    cbor::Array areas;
    for (const auto& area : grant.areas) areas.emplace_back(area.text());
    cbor::Array row;
    row.emplace_back(grant.type.text());
    row.emplace_back(std::move(areas));
    row.emplace_back(std::int64_t{grant.from.days_since_2000()});
    row.push_back(grant.until ? cbor::Value(std::int64_t{grant.until->days_since_2000()}) : cbor::Value());
    return cbor::Value(std::move(row));
}

Bytes write_body(const IssuingBody& body) {
    cbor::Array hosts, certificates, grants;
    for (const auto& host : body.hosts) hosts.emplace_back(host);
    for (const auto& certificate : body.certificates) certificates.push_back(certificate_value(certificate));
    for (const auto& grant : body.grants) grants.push_back(grant_value(grant));
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, body.name);
    map.emplace_back(std::int64_t{2}, std::move(hosts));
    map.emplace_back(std::int64_t{3}, std::move(certificates));
    map.emplace_back(std::int64_t{4}, std::move(grants));
    return cbor::write(std::move(map));
}

Result<BodyCertificate> read_certificate(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 4) return malformed("certificates: [digest, from, until, kinds] is expected");
    auto digest = read_digest((*row)[0]);
    auto from = read_instant(&(*row)[1], "certificates: from");
    std::optional<Timestamp> until;
    if (!(*row)[2].is_null()) {
        auto end = read_instant(&(*row)[2], "certificates: until");
        if (!end) return tl::unexpected(end.error());
        until = *end;
    }
    const auto* kinds = (*row)[3].integer();
    if (!digest) return tl::unexpected(digest.error());
    if (!from) return tl::unexpected(from.error());
    if (kinds == nullptr || *kinds < 0 || *kinds >= 1 << signature_kinds) return malformed("certificates: unknown kind of signature");
    return BodyCertificate{.fingerprint = *digest, .from = *from, .until = until, .kinds = static_cast<std::uint32_t>(*kinds)};
}

Result<TypeGrant> read_grant(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 4) return malformed("grants: [type, areas, from, until] is expected");
    auto type = (*row)[0].text() != nullptr ? LicenseTypeCode::parse(*(*row)[0].text()) : Result<LicenseTypeCode>(malformed("grants: a type code is expected"));
    if (!type) return malformed("grants: " + type.error().context);
    const auto* areas = (*row)[1].array();
    if (areas == nullptr || areas->empty()) return malformed("grants: at least one area is expected");
    const auto* from = (*row)[2].integer();
    auto first = from != nullptr ? Date::from_days(*from) : Result<Date>(malformed(""));
    if (!first) return malformed("grants: from is a day");
    TypeGrant grant{.type = *type, .areas = {}, .from = *first, .until = {}};
    for (const auto& item : *areas) {
        auto area = item.text() != nullptr && item.text()->size() == 6 ? AreaCode::parse(*item.text()) : Result<AreaCode>(malformed(""));
        if (!area) return malformed("grants: an area is a division code");
        grant.areas.push_back(*area);
    }
    if (!(*row)[3].is_null()) {
        const auto* until = (*row)[3].integer();
        auto last = until != nullptr ? Date::from_days(*until) : Result<Date>(malformed(""));
        if (!last) return malformed("grants: until is a day");
        grant.until = *last;
    }
    return grant;
}

Bytes write_key_index(const std::vector<const IssuingBody*>& bodies) {
    std::vector<std::array<std::uint8_t, key_record_bytes>> records;
    for (std::size_t ordinal = 0; ordinal < bodies.size(); ++ordinal) {
        for (const auto& certificate : bodies[ordinal]->certificates) {
            std::array<std::uint8_t, key_record_bytes> record{};
            std::copy_n(certificate.fingerprint.begin(), 8, record.begin());
            for (std::size_t i = 0; i < 4; ++i) record[8 + i] = static_cast<std::uint8_t>(ordinal >> (24 - 8 * i));
            records.push_back(record);
        }
    }
    std::sort(records.begin(), records.end());
    Bytes bytes;
    for (const auto& record : records) bytes.insert(bytes.end(), record.begin(), record.end());
    return bytes;
}

Status check_body(const IssuingBody& body) {
    if (body.name.empty() || find_text_fault(body.name)) return malformed(body.code.text() + ": name: a clean text is expected");
    for (const auto& host : body.hosts) {
        if (host.empty() || find_text_fault(host)) return malformed(body.code.text() + ": hosts: a clean text is expected");
    }
    for (const auto& grant : body.grants) {
        if (grant.areas.empty()) return malformed(body.code.text() + ": types: at least one area is expected");
    }
    return {};
}

}  // namespace

Result<Bytes> write_trust_content(const TrustListContent& content) {
    auto packs = content.packs;
    std::sort(packs.begin(), packs.end(), pack_before);
    if (auto fine = check_packs(packs); !fine) return tl::unexpected(fine.error());
    std::vector<const IssuingBody*> bodies;
    for (const auto& body : content.bodies) bodies.push_back(&body);
    std::sort(bodies.begin(), bodies.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
    cbor::Map body_map;
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        if (i != 0 && bodies[i - 1]->code == bodies[i]->code) return malformed("body " + bodies[i]->code.text() + " is listed twice");
        if (auto fine = check_body(*bodies[i]); !fine) return tl::unexpected(fine.error());
        body_map.emplace_back(bodies[i]->code.text(), write_body(*bodies[i]));
    }
    auto roots = content.roots;
    auto intermediates = content.intermediates;
    for (auto* digests : {&roots, &intermediates}) {
        std::sort(digests->begin(), digests->end());
        digests->erase(std::unique(digests->begin(), digests->end()), digests->end());
    }
    if (roots.empty()) return malformed("a trust list names at least one root");
    if (content.next_update < content.not_before) return malformed("next_update lies before not_before");
    cbor::Array pack_list;
    for (const auto& pack : packs) pack_list.push_back(pack_value(pack));
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, static_cast<std::int64_t>(content.number));
    map.emplace_back(std::int64_t{2}, instant_value(content.issued_at));
    map.emplace_back(std::int64_t{3}, instant_value(content.not_before));
    map.emplace_back(std::int64_t{4}, instant_value(content.next_update));
    map.emplace_back(std::int64_t{5}, content.previous ? digest_value(*content.previous) : cbor::Value());
    map.emplace_back(std::int64_t{6}, digests_value(roots));
    map.emplace_back(std::int64_t{7}, digests_value(intermediates));
    map.emplace_back(std::int64_t{8}, std::move(pack_list));
    map.emplace_back(std::int64_t{9}, std::move(body_map));
    map.emplace_back(std::int64_t{10}, write_key_index(bodies));
    return cbor::write(std::move(map));
}

Result<TrustListParts> read_trust_content(BytesView bytes) {
    auto value = cbor::read(bytes, content_limits);
    if (!value) return fail(value.error().code == Errc::limit_exceeded ? Errc::limit_exceeded : Errc::malformed_trust, value.error().context);
    auto* map = std::get_if<cbor::Map>(&value->v);
    if (map == nullptr || map->size() != 10) return malformed("the content is a map of keys 1 to 10");
    const auto* number = value->find(1) != nullptr ? value->find(1)->integer() : nullptr;
    auto issued_at = read_instant(value->find(2), "issued at");
    auto not_before = read_instant(value->find(3), "not before");
    auto next_update = read_instant(value->find(4), "next update");
    auto roots = read_digests(value->find(6), "roots");
    auto intermediates = read_digests(value->find(7), "intermediates");
    if (number == nullptr || *number < 1) return malformed("number: 1 or more is expected");
    for (const auto* instant : {&issued_at, &not_before, &next_update}) {
        if (!*instant) return tl::unexpected(instant->error());
    }
    if (!roots) return tl::unexpected(roots.error());
    if (!intermediates) return tl::unexpected(intermediates.error());
    if (roots->empty()) return malformed("a trust list names at least one root");
    TrustListParts parts{.number = static_cast<std::uint64_t>(*number), .issued_at = *issued_at, .not_before = *not_before, .next_update = *next_update,
                         .previous = {}, .roots = std::move(*roots), .intermediates = std::move(*intermediates), .packs = {}, .bodies = {}, .key_index = {}};
    const auto* previous = value->find(5);
    if (previous == nullptr) return malformed("previous is missing");
    if (!previous->is_null()) {
        auto digest = read_digest(*previous);
        if (!digest) return tl::unexpected(digest.error());
        parts.previous = *digest;
    }
    const auto* packs = value->find(8);
    if (packs == nullptr || packs->array() == nullptr) return malformed("packs: a list is expected");
    for (const auto& item : *packs->array()) {
        auto pack = read_pack_entry(item);
        if (!pack) return tl::unexpected(pack.error());
        parts.packs.push_back(std::move(*pack));
    }
    if (auto fine = check_packs(parts.packs); !fine) return tl::unexpected(fine.error());
    for (auto& [key, item] : *map) {
        const auto* key_number = key.integer();
        if (key_number == nullptr) return malformed("the content is a map of keys 1 to 10");
        if (*key_number == 9) {
            auto* bodies = std::get_if<cbor::Map>(&item.v);
            if (bodies == nullptr) return malformed("bodies: a map is expected");
            parts.bodies.reserve(bodies->size());
            for (auto& [code, body] : *bodies) {
                auto* encoded = std::get_if<Bytes>(&body.v);
                if (code.text() == nullptr || code.text()->size() != 18 || encoded == nullptr) return malformed("bodies: code -> bytes is expected");
                parts.bodies.emplace_back(*code.text(), std::move(*encoded));
            }
        } else if (*key_number == 10) {
            auto* index = std::get_if<Bytes>(&item.v);
            if (index == nullptr || index->size() % key_record_bytes != 0) return malformed("key index: records of 12 bytes are expected");
            parts.key_index = std::move(*index);
        } else if (*key_number < 1 || *key_number > 10) {
            return malformed("the content is a map of keys 1 to 10");
        }
    }
    return parts;
}

Result<IssuingBody> read_trust_body(const std::string& code, BytesView bytes) {
    auto uscc = Uscc::parse(code);
    if (!uscc) return malformed("bodies: " + uscc.error().context);
    auto value = cbor::read(bytes, body_limits);
    if (!value || value->map() == nullptr || value->map()->size() != 4) return malformed("body " + code + " cannot be read");
    auto name = read_clean_text(value->find(1), "body " + code + ": name");
    if (!name) return tl::unexpected(name.error());
    IssuingBody body{.code = *uscc, .name = *name, .hosts = {}, .certificates = {}, .grants = {}};
    const cbor::Array* lists[3] = {};
    for (int i = 0; i < 3; ++i) {
        const auto* list = value->find(i + 2);
        if (list == nullptr || list->array() == nullptr) return malformed("body " + code + ": a list is expected");
        lists[i] = list->array();
    }
    for (const auto& item : *lists[0]) {
        auto host = read_clean_text(&item, "body " + code + ": host");
        if (!host) return tl::unexpected(host.error());
        body.hosts.push_back(std::move(*host));
    }
    for (const auto& item : *lists[1]) {
        auto certificate = read_certificate(item);
        if (!certificate) return fail_in("body " + code, certificate.error());
        body.certificates.push_back(*certificate);
    }
    for (const auto& item : *lists[2]) {
        auto grant = read_grant(item);
        if (!grant) return fail_in("body " + code, grant.error());
        body.grants.push_back(std::move(*grant));
    }
    return body;
}

}  // namespace elic
