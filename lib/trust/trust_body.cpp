#include <algorithm>
#include <set>

#include "trust/trust_codec.h"
#include "trust/trust_items.h"

// One issuing body: its CBOR map (docs/format/trust.md, 5).

namespace elic {

using namespace trust_items;

namespace {

constexpr cbor::Limits body_limits{.depth = 4, .entries = 20000, .bytes = 1 << 20};
constexpr std::uint32_t all_kinds = (1U << signature_kinds) - 1;
constexpr std::uint8_t all_rights = right_of(GrantRight::issue) | right_of(GrantRight::delegate);
constexpr std::size_t always_there = 4;  ///< keys 1 to 4
constexpr std::int64_t former_names_key = 5;
constexpr std::int64_t successor_key = 6;

cbor::Value certificate_value(const BodyCertificate& certificate) {
    cbor::Array row;
    row.push_back(digest_value(certificate.fingerprint));
    row.push_back(instant_value(certificate.from));
    row.push_back(certificate.until ? instant_value(*certificate.until) : cbor::Value());
    row.emplace_back(std::int64_t{certificate.kinds});
    row.push_back(certificate.compromised_since ? instant_value(*certificate.compromised_since) : cbor::Value());
    return row;
}

cbor::Value grant_value(const TypeGrant& grant) {
    cbor::Array areas;
    for (const auto& area : grant.areas) areas.emplace_back(area.text());
    cbor::Array row;
    row.emplace_back(grant.type.text());
    row.emplace_back(std::move(areas));
    row.push_back(day_value(grant.from));
    row.push_back(grant.until ? day_value(*grant.until) : cbor::Value());
    row.emplace_back(std::int64_t{grant.rights});
    return row;
}

/// An instant, or none for null.
Result<std::optional<Timestamp>> read_open_instant(const cbor::Value& value, const std::string& what) {
    if (value.is_null()) return std::optional<Timestamp>();
    auto instant = read_instant(&value, what);
    if (!instant) return tl::unexpected(instant.error());
    return std::optional<Timestamp>(*instant);
}

Result<BodyCertificate> read_body_certificate(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 5)
        return malformed("certificates: [digest, from, until, kinds, compromised] is expected");
    auto digest = read_digest(&(*row)[0], "certificates");
    auto from = read_instant(&(*row)[1], "certificates: from");
    auto until = read_open_instant((*row)[2], "certificates: until");
    auto compromised = read_open_instant((*row)[4], "certificates: compromised");
    if (!digest) return tl::unexpected(digest.error());
    if (!from) return tl::unexpected(from.error());
    if (!until) return tl::unexpected(until.error());
    if (!compromised) return tl::unexpected(compromised.error());
    const auto* kinds = (*row)[3].integer();
    if (kinds == nullptr || *kinds < 0 || *kinds > all_kinds)
        return malformed("certificates: unknown kind of signature");
    return BodyCertificate{.fingerprint = *digest,
                           .from = *from,
                           .until = *until,
                           .kinds = static_cast<std::uint32_t>(*kinds),
                           .compromised_since = *compromised};
}

Result<std::vector<AreaCode>> read_areas(const cbor::Array& items) {
    std::vector<AreaCode> areas;
    for (const auto& item : items) {
        if (item.text() == nullptr) return malformed("grants: a division code is expected");
        auto area = AreaCode::parse(*item.text());
        if (!area) return malformed("grants: " + area.error().context);
        areas.push_back(*area);
    }
    return areas;
}

Result<TypeGrant> read_grant(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 5 || (*row)[0].text() == nullptr || (*row)[1].array() == nullptr)
        return malformed("grants: [type, areas, from, until, rights] is expected");
    auto type = LicenseTypeCode::parse(*(*row)[0].text());
    if (!type) return malformed("grants: " + type.error().context);
    auto areas = read_areas(*(*row)[1].array());
    if (!areas) return tl::unexpected(areas.error());
    auto from = read_day(&(*row)[2], "grants: from");
    if (!from) return tl::unexpected(from.error());
    TypeGrant grant{.type = *type, .areas = std::move(*areas), .from = *from, .until = {}};
    if (!(*row)[3].is_null()) {
        auto until = read_day(&(*row)[3], "grants: until");
        if (!until) return tl::unexpected(until.error());
        grant.until = *until;
    }
    const auto* rights = (*row)[4].integer();
    if (rights == nullptr || *rights < 1 || *rights > all_rights) return malformed("grants: unknown right");
    grant.rights = static_cast<std::uint8_t>(*rights);
    return grant;
}

Result<FormerName> read_former_name(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 2) return malformed("former names: [name, last day] is expected");
    auto name = read_clean_text(&(*row)[0], "former names");
    if (!name) return tl::unexpected(name.error());
    auto until = read_day(&(*row)[1], "former names: last day");
    if (!until) return tl::unexpected(until.error());
    return FormerName{.name = std::move(*name), .until = *until};
}

Result<Successor> read_successor(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 2) return malformed("successor: [code, first day] is expected");
    auto code = read_uscc(&(*row)[0], "successor");
    if (!code) return tl::unexpected(code.error());
    auto from = read_day(&(*row)[1], "successor: first day");
    if (!from) return tl::unexpected(from.error());
    return Successor{.code = std::move(*code), .from = *from};
}

Status check_certificates(const IssuingBody& body) {
    std::set<Digest> seen;
    for (const auto& certificate : body.certificates) {
        if (!seen.insert(certificate.fingerprint).second) return malformed("certificates: one is listed twice");
        if (certificate.until && *certificate.until < certificate.from)
            return malformed("certificates: until before from");
        if (certificate.kinds == 0 || certificate.kinds > all_kinds)
            return malformed("certificates: no kind of signature");
    }
    return {};
}

/// The rules that hold for a body however it came about.
Status check_body(const IssuingBody& body) {
    if (auto clean = check_clean_text(body.name, "name"); !clean) return clean;
    for (const auto& host : body.hosts) {
        if (auto clean = check_clean_text(host, "hosts"); !clean) return clean;
    }
    if (auto fine = check_certificates(body); !fine) return fine;
    for (const auto& grant : body.grants) {
        if (grant.areas.empty()) return malformed("grants: at least one division code (000000 = the country)");
        if (grant.until && *grant.until < grant.from) return malformed("grants: until before from");
        if (grant.rights < 1 || grant.rights > all_rights) return malformed("grants: unknown right");
    }
    for (std::size_t i = 0; i < body.former_names.size(); ++i) {
        if (auto clean = check_clean_text(body.former_names[i].name, "former names"); !clean) return clean;
        if (i != 0 && body.former_names[i].until <= body.former_names[i - 1].until)
            return malformed("former names: last days must ascend");
    }
    if (body.successor && body.successor->code == body.code) return malformed("successor: the body itself");
    return {};
}

/// The lists of keys 2, 3 and 4.
Status read_lists(const cbor::Value& value, IssuingBody& body) {
    const cbor::Array* lists[3] = {};
    for (int i = 0; i < 3; ++i) {
        const auto* list = value.find(i + 2);
        if (list == nullptr || list->array() == nullptr) return malformed("hosts, certificates and grants are lists");
        lists[i] = list->array();
    }
    for (const auto& item : *lists[0]) {
        auto host = read_clean_text(&item, "hosts");
        if (!host) return tl::unexpected(host.error());
        body.hosts.push_back(std::move(*host));
    }
    for (const auto& item : *lists[1]) {
        auto certificate = read_body_certificate(item);
        if (!certificate) return tl::unexpected(certificate.error());
        body.certificates.push_back(*certificate);
    }
    for (const auto& item : *lists[2]) {
        auto grant = read_grant(item);
        if (!grant) return tl::unexpected(grant.error());
        body.grants.push_back(std::move(*grant));
    }
    return {};
}

/// The keys that a body may leave out: 5 and 6, in this order after the first four.
Status read_history(const cbor::Map& map, IssuingBody& body) {
    for (std::size_t i = always_there; i < map.size(); ++i) {
        const auto* key = map[i].first.integer();
        const auto& value = map[i].second;
        if (key != nullptr && *key == former_names_key) {
            if (value.array() == nullptr || value.array()->empty())
                return malformed("former names: a list is expected");
            for (const auto& item : *value.array()) {
                auto former = read_former_name(item);
                if (!former) return tl::unexpected(former.error());
                body.former_names.push_back(std::move(*former));
            }
        } else if (key != nullptr && *key == successor_key) {
            auto successor = read_successor(value);
            if (!successor) return tl::unexpected(successor.error());
            body.successor = std::move(*successor);
        } else {
            return malformed("a map of keys 1 to 6 is expected");
        }
    }
    return {};
}

Bytes encode(const IssuingBody& body) {
    cbor::Array hosts, certificates, grants, former_names;
    for (const auto& host : body.hosts) hosts.emplace_back(host);
    for (const auto& certificate : body.certificates) certificates.push_back(certificate_value(certificate));
    for (const auto& grant : body.grants) grants.push_back(grant_value(grant));
    for (const auto& former : body.former_names) {
        former_names.emplace_back(cbor::Array{cbor::Value(former.name), day_value(former.until)});
    }
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, body.name);
    map.emplace_back(std::int64_t{2}, std::move(hosts));
    map.emplace_back(std::int64_t{3}, std::move(certificates));
    map.emplace_back(std::int64_t{4}, std::move(grants));
    if (!former_names.empty()) map.emplace_back(former_names_key, std::move(former_names));
    if (body.successor) {
        cbor::Array row{cbor::Value(body.successor->code.text()), day_value(body.successor->from)};
        map.emplace_back(successor_key, std::move(row));
    }
    return cbor::write(std::move(map));
}

}  // namespace

Result<Bytes> write_trust_body(const IssuingBody& body) {
    const auto place = "body " + body.code.text();
    if (auto fine = check_body(body); !fine) return fail_in(place, fine.error());
    auto bytes = encode(body);
    if (auto again = cbor::read(bytes, body_limits); !again) return malformed(place + ": " + again.error().context);
    return bytes;
}

Result<IssuingBody> read_trust_body(std::string_view code, BytesView bytes) {
    const auto place = "body " + std::string(code);
    auto uscc = Uscc::parse(code);
    if (!uscc) return malformed("bodies: " + uscc.error().context);
    auto value = read_item(bytes, body_limits);
    if (!value) return fail_in(place, value.error());
    if (value->map() == nullptr) return malformed(place + ": a map of keys 1 to 6 is expected");
    auto name = read_clean_text(value->find(1), "name");
    if (!name) return fail_in(place, name.error());
    IssuingBody body{.code = *uscc, .name = *name, .hosts = {}, .certificates = {}, .grants = {}};
    if (auto fine = read_lists(*value, body); !fine) return fail_in(place, fine.error());
    if (auto fine = read_history(*value->map(), body); !fine) return fail_in(place, fine.error());
    if (auto fine = check_body(body); !fine) return fail_in(place, fine.error());
    const auto again = encode(body);
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end())) {
        return malformed(place + ": not the one encoding of what it says");
    }
    return body;
}

}  // namespace elic
