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

cbor::Value certificate_value(const BodyCertificate& certificate) {
    cbor::Array row;
    row.push_back(digest_value(certificate.fingerprint));
    row.push_back(instant_value(certificate.from));
    row.push_back(certificate.until ? instant_value(*certificate.until) : cbor::Value());
    row.emplace_back(std::int64_t{certificate.kinds});
    return row;
}

cbor::Value grant_value(const TypeGrant& grant) {
    cbor::Array areas;
    for (const auto& area : grant.areas) areas.emplace_back(area.text());
    cbor::Array row;
    row.emplace_back(grant.type.text());
    row.emplace_back(std::move(areas));
    row.emplace_back(std::int64_t{grant.from.days_since_2000()});
    row.push_back(grant.until ? cbor::Value(std::int64_t{grant.until->days_since_2000()}) : cbor::Value());
    return row;
}

Result<BodyCertificate> read_certificate(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 4) return malformed("certificates: [digest, from, until, kinds] is expected");
    auto digest = read_digest(&(*row)[0], "certificates");
    auto from = read_instant(&(*row)[1], "certificates: from");
    if (!digest) return tl::unexpected(digest.error());
    if (!from) return tl::unexpected(from.error());
    BodyCertificate certificate{.fingerprint = *digest, .from = *from, .until = {}, .kinds = 0};
    if (!(*row)[2].is_null()) {
        auto until = read_instant(&(*row)[2], "certificates: until");
        if (!until) return tl::unexpected(until.error());
        certificate.until = *until;
    }
    const auto* kinds = (*row)[3].integer();
    if (kinds == nullptr || *kinds < 0 || *kinds > all_kinds)
        return malformed("certificates: unknown kind of signature");
    certificate.kinds = static_cast<std::uint32_t>(*kinds);
    return certificate;
}

Result<Date> read_day(const cbor::Value& value, const std::string& what) {
    const auto* days = value.integer();
    if (days == nullptr) return malformed(what + ": days since 2000 are expected");
    auto day = Date::from_days(*days);
    if (!day) return malformed(what + ": " + day.error().context);
    return day;
}

Result<TypeGrant> read_grant(const cbor::Value& value) {
    const auto* row = value.array();
    if (row == nullptr || row->size() != 4) return malformed("grants: [type, areas, from, until] is expected");
    const auto* type_text = (*row)[0].text();
    const auto* areas = (*row)[1].array();
    if (type_text == nullptr || areas == nullptr) return malformed("grants: [type, areas, from, until] is expected");
    auto type = LicenseTypeCode::parse(*type_text);
    if (!type) return malformed("grants: " + type.error().context);
    auto from = read_day((*row)[2], "grants: from");
    if (!from) return tl::unexpected(from.error());
    TypeGrant grant{.type = *type, .areas = {}, .from = *from, .until = {}};
    for (const auto& item : *areas) {
        if (item.text() == nullptr) return malformed("grants: a division code is expected");
        auto area = AreaCode::parse(*item.text());
        if (!area) return malformed("grants: " + area.error().context);
        grant.areas.push_back(*area);
    }
    if (!(*row)[3].is_null()) {
        auto until = read_day((*row)[3], "grants: until");
        if (!until) return tl::unexpected(until.error());
        grant.until = *until;
    }
    return grant;
}

/// The rules that hold for a body however it came about.
Status check_body(const IssuingBody& body) {
    if (auto clean = check_clean_text(body.name, "name"); !clean) return clean;
    for (const auto& host : body.hosts) {
        if (auto clean = check_clean_text(host, "hosts"); !clean) return clean;
    }
    std::set<Digest> seen;
    for (const auto& certificate : body.certificates) {
        if (!seen.insert(certificate.fingerprint).second) return malformed("certificates: one is listed twice");
        if (certificate.until && *certificate.until < certificate.from)
            return malformed("certificates: until before from");
        if (certificate.kinds == 0 || certificate.kinds > all_kinds)
            return malformed("certificates: no kind of signature");
    }
    for (const auto& grant : body.grants) {
        if (grant.areas.empty()) return malformed("grants: at least one division code (000000 = the country)");
        if (grant.until && *grant.until < grant.from) return malformed("grants: until before from");
    }
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
        auto certificate = read_certificate(item);
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

}  // namespace

Result<Bytes> write_trust_body(const IssuingBody& body) {
    if (auto fine = check_body(body); !fine) return fail_in("body " + body.code.text(), fine.error());
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

Result<IssuingBody> read_trust_body(const std::string& code, BytesView bytes) {
    const auto place = "body " + code;
    auto uscc = Uscc::parse(code);
    if (!uscc) return malformed("bodies: " + uscc.error().context);
    auto value = cbor::read(bytes, body_limits);
    if (!value) {
        const bool limit = value.error().code == Errc::limit_exceeded;
        return fail(limit ? Errc::limit_exceeded : Errc::malformed_trust, place + ": " + value.error().context);
    }
    if (value->map() == nullptr || value->map()->size() != 4)
        return malformed(place + ": a map of keys 1 to 4 is expected");
    auto name = read_clean_text(value->find(1), "name");
    if (!name) return fail_in(place, name.error());
    IssuingBody body{.code = *uscc, .name = *name, .hosts = {}, .certificates = {}, .grants = {}};
    if (auto fine = read_lists(*value, body); !fine) return fail_in(place, fine.error());
    auto again = write_trust_body(body);
    if (!again) return tl::unexpected(again.error());
    if (!std::equal(again->begin(), again->end(), bytes.begin(), bytes.end())) {
        return malformed(place + ": not the one encoding of what it says");
    }
    return body;
}

}  // namespace elic
