// Makes testdata/vectors/trust: a trust list, a delegation, a roll-over and a list of genuine issues that are right,
// and such that break one rule each. The certificates in them are TEST ones with new keys; vectors are made once and
// committed. Usage: make_trust_vectors FOLDER
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/file.h"
#include "base/hex.h"
#include "codec/json.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/crypto/sm3.h"
#include "elic/trust/delegation.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/rollover.h"
#include "trust/trust_codec.h"
#include "vectors/vector_support.h"

namespace {

using namespace elic;
using Value = cbor::Value;

constexpr cbor::Limits wide{.depth = 8, .entries = 100000, .bytes = 1 << 22};

Timestamp instant(const char* text) { return Timestamp::parse(text).value(); }

Date day(const char* text) { return Date::parse(text).value(); }
Uscc province_code() { return Uscc::parse("11430199MB00TX017C").value(); }
Uscc city_code() { return Uscc::parse("11430199MB00TX0332").value(); }

struct Key {
    PrivateKey key;
    Certificate certificate;
};

/// The keys of all vectors.
struct Keys {
    PilotCa ca;
    Key province, city, city_next;
};

Key make_key(const PilotCa& ca, const char* subject, Timestamp now) {
    auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, subject).value();
    return {key, certify(ca, request, CertificatePurpose::issuing, now).value()};
}

Keys make_keys() {
    const auto now = instant("2026-11-22T10:00:00+08:00");
    const auto ca = make_pilot_ca(now).value();
    return {ca, make_key(ca, "CN=TEST province,O=TEST,C=CN", now), make_key(ca, "CN=TEST city,O=TEST,C=CN", now),
            make_key(ca, "CN=TEST city next,O=TEST,C=CN", now)};
}

/// Everything that a body can say.
IssuingBody make_province(const Keys& keys) {
    IssuingBody province{.code = province_code(), .name = "示例省政务服务局（测试）", .hosts = {"example.test"}};
    province.certificates = {{.fingerprint = keys.province.certificate.fingerprint(),
                              .from = instant("2026-11-01T00:00:00+08:00"),
                              .until = {},
                              .kinds = 0b101011101},
                             {.fingerprint = sm3(as_bytes("an older certificate")),
                              .from = instant("2025-01-01T00:00:00+08:00"),
                              .until = instant("2026-10-31T23:59:59+08:00"),
                              .kinds = 1,
                              .compromised_since = instant("2026-10-20T00:00:00+08:00")}};
    province.grants = {{.type = LicenseTypeCode::parse("11100000000013338W011").value(),
                        .areas = {AreaCode::parse("430000").value()},
                        .from = day("2026-01-01"),
                        .until = {},
                        .rights = 3},
                       {.type = LicenseTypeCode::parse("11100000MB0143028R001").value(),
                        .areas = {AreaCode::parse("000000").value()},
                        .from = day("2026-01-01"),
                        .until = day("2030-12-31")}};
    province.former_names = {{"示例省政务中心（测试）", day("2018-10-31")},
                             {"示例省政务局（测试）", day("2024-12-31")}};
    province.successor = {city_code(), day("2028-01-01")};
    return province;
}

IssuingBody make_city(const Keys& keys) {
    IssuingBody city{.code = city_code(), .name = "示例市市场监督管理局（测试）", .hosts = {}};
    for (const auto* key : {&keys.city, &keys.city_next}) {
        city.certificates.push_back({.fingerprint = key->certificate.fingerprint(),
                                     .from = instant("2026-11-01T00:00:00+08:00"),
                                     .until = {},
                                     .kinds = 1});
    }
    city.grants = {{.type = LicenseTypeCode::parse("11100000000013338W011").value(),
                    .areas = {AreaCode::parse("430100").value(), AreaCode::parse("430200").value()},
                    .from = day("2026-01-01"),
                    .until = {}}};
    return city;
}

TrustListContent make_content(const Keys& keys) {
    TrustListContent content{.number = 7,
                             .issued_at = instant("2026-11-23T10:00:00+08:00"),
                             .not_before = instant("2026-11-23T10:00:00+08:00"),
                             .next_update = instant("2027-11-23T10:00:00+08:00")};
    content.roots = {keys.ca.certificate.fingerprint()};
    for (const char* type : {"11100000000013338W011", "11100000MB0143028R001"}) {
        const auto pack = test::pack_of(LicenseTypeCode::parse(type).value());
        content.packs.push_back(
            {.digest = pack->digest, .type = pack->code, .version = 1, .name = pack->name, .words = 1});
    }
    content.bodies = {make_province(keys), {.code = city_code(), .name = "示例市市场监督管理局（测试）"}};
    return content;
}

// What the vectors that are right mean, in the words of the independent reader.

Json meaning_of(const IssuingBody& body) {
    Json json{{"name", body.name}, {"certificates", Json::array()}, {"grants", Json::array()}};
    const auto open = [](const auto& value) { return value ? Json(value->format()) : Json(); };
    for (const auto& c : body.certificates) {
        json["certificates"].push_back(
            Json::array({to_hex(c.fingerprint), c.from.format(), open(c.until), c.kinds, open(c.compromised_since)}));
    }
    for (const auto& g : body.grants) {
        Json areas = Json::array();
        for (const auto& area : g.areas) areas.push_back(area.text());
        json["grants"].push_back(Json::array({g.type.text(), areas, g.from.format(), open(g.until), g.rights}));
    }
    json["former_names"] = Json::array();
    for (const auto& former : body.former_names)
        json["former_names"].push_back(Json::array({former.name, former.until.format()}));
    json["successor"] =
        body.successor ? Json::array({body.successor->code.text(), body.successor->from.format()}) : Json();
    return json;
}

Json meaning_of(const TrustListContent& content) {
    Json json{{"number", content.number},
              {"issued_at", content.issued_at.format()},
              {"next_update", content.next_update.format()},
              {"packs", Json::array()},
              {"bodies", Json::object()}};
    for (const auto& pack : content.packs) json["packs"].push_back(pack.type.text());
    for (const auto& body : content.bodies) json["bodies"][body.code.text()] = meaning_of(body);
    return json;
}

/// Signs contents, right or wrong, and writes vectors. Names begin with the kind: "delegation-ok".
class Maker {
public:
    Maker(std::filesystem::path folder, Keys keys) : folder_(std::move(folder)), keys_(std::move(keys)) {}

    Keys& keys() { return keys_; }

    /// Who signs objects of this kind.
    Key& signer(SignatureKind kind) { return kind == SignatureKind::delegation ? keys_.province : keys_.city; }

    void save(SignatureKind kind, const std::string& name, const std::string& comment, const std::string& expect,
              const Bytes& file, const Json& meaning = {}) {
        std::string text = "comment: " + comment + "\nexpect: " + expect + "\n";
        if (kind == SignatureKind::trust_list) {
            text += "signer: " + to_hex(keys_.ca.certificate.fingerprint()) + "\n";
        } else {
            text += "certificate: " + to_hex(signer(kind).certificate.der()) + "\n";
        }
        if (!meaning.is_null()) text += "meaning: " + write_json(meaning) + "\n";
        text += "\n" + to_hex(file) + "\n";
        const auto path = folder_ / (std::string(name_of(kind)) + "-" + name + ".txt");
        if (!write_file_durably(path, as_bytes(text))) std::abort();
    }

    /// The content with a change made to its map, signed as if nothing were wrong.
    void change(SignatureKind kind, const std::string& name, const std::string& comment, const Bytes& content,
                const std::function<void(cbor::Map&)>& make) {
        auto map = *cbor::read(content, wide)->map();
        make(map);
        save(kind, name, comment, "malformed", seal(kind, cbor::write(Value(std::move(map)))));
    }

    Bytes seal(SignatureKind kind, const Bytes& content) { return seal(kind, content, kind, domain_of(kind)); }

    /// `said` in the envelope, signed as `made`.
    Bytes seal(SignatureKind kind, const Bytes& content, SignatureKind made, std::string_view said) {
        const bool list = kind == SignatureKind::trust_list;
        auto& key = list ? keys_.ca.key : signer(kind).key;
        const auto& certificate = list ? keys_.ca.certificate : signer(kind).certificate;
        const auto hint = key_hint(certificate.fingerprint());
        const auto signature = sign_message(key, signing_input(made, hint, content)).value();
        cbor::Array envelope{Value(std::string(said))};
        if (list) {
            envelope.emplace_back(certificate.der());
            envelope.emplace_back(cbor::Array{});
        } else {
            envelope.emplace_back(Bytes(certificate.fingerprint().begin(), certificate.fingerprint().end()));
        }
        envelope.emplace_back(content);
        envelope.emplace_back(Bytes(signature.begin(), signature.end()));
        return cbor::write(Value(std::move(envelope)));
    }

    /// What is the same for every kind: the envelope, the signature, the number of the format.
    void envelopes(SignatureKind kind, const Bytes& content, const Json& meaning) {
        const auto file = seal(kind, content);
        save(kind, "ok", "right", "ok", file, meaning);
        for (int made = 0; made < signature_kinds; ++made) {
            const auto other = static_cast<SignatureKind>(made);
            if (other == kind) continue;
            save(kind, "signed-as-" + std::string(name_of(other)), "signed with the domain of another kind",
                 "malformed", seal(kind, content, other, domain_of(kind)));
        }
        auto said = std::string(domain_of(kind));
        said.back() = '2';
        save(kind, "format-newer", "a later format", "newer", seal(kind, content, kind, said));
        said.back() = '0';
        save(kind, "format-older", "a format that is no longer read", "malformed", seal(kind, content, kind, said));
        auto flipped = file;
        flipped[flipped.size() - 100] ^= 1;
        save(kind, "bit-flipped", "one bit of the content", "malformed", flipped);
        auto longer = file;
        longer.push_back(0);
        save(kind, "trailing-byte", "a byte after the end", "malformed", longer);
        auto parts = *cbor::read(file, wide)->array();
        parts.pop_back();
        save(kind, "no-signature", "a part too few", "malformed", cbor::write(Value(std::move(parts))));
    }

private:
    std::filesystem::path folder_;
    Keys keys_;
};

Value& at(cbor::Map& map, std::int64_t key) {
    for (auto& [k, v] : map) {
        if (*k.integer() == key) return v;
    }
    std::abort();
}

cbor::Array& rows(cbor::Map& map, std::int64_t key) { return std::get<cbor::Array>(at(map, key).v); }
cbor::Array& row(cbor::Map& map, std::int64_t key, std::size_t n) { return std::get<cbor::Array>(rows(map, key)[n].v); }

void make_lists(Maker& maker) {
    constexpr auto kind = SignatureKind::trust_list;
    const auto said = make_content(maker.keys());
    const auto content = write_trust_content(said).value();
    maker.envelopes(kind, content, meaning_of(said));
    const auto change = [&](const char* name, const char* comment, const std::function<void(cbor::Map&)>& make) {
        maker.change(kind, name, comment, content, make);
    };
    change("number-0", "lists count from 1", [](cbor::Map& m) { at(m, 1) = Value(std::int64_t{0}); });
    change("no-roots", "at least one root", [](cbor::Map& m) { at(m, 6) = Value(cbor::Array{}); });
    change("packs-out-of-order", "types ascend", [](cbor::Map& m) { std::swap(rows(m, 8)[0], rows(m, 8)[1]); });
    change("packs-begin-alike", "two digests with the same first 4 bytes", [](cbor::Map& m) {
        const auto first = *row(m, 8, 0)[0].bytes();
        std::copy_n(first.begin(), 4, std::get<Bytes>(row(m, 8, 1)[0].v).begin());
    });
    change("key-11", "a key that does not exist",
           [](cbor::Map& m) { m.emplace_back(std::int64_t{11}, std::int64_t{1}); });
    change("key-index-length", "records of 12 bytes", [](cbor::Map& m) { std::get<Bytes>(at(m, 10).v).pop_back(); });
    change("next-update", "next update before not before", [](cbor::Map& m) { at(m, 4) = Value(std::int64_t{1}); });
    // The first body is the province.
    const auto body = [&](const char* name, const char* comment, const std::function<void(cbor::Map&)>& make) {
        change(name, comment, [&](cbor::Map& m) {
            auto& bytes = std::get<cbor::Map>(at(m, 9).v)[0].second;
            auto map = *cbor::read(*bytes.bytes(), wide)->map();
            make(map);
            bytes = Value(cbor::write(Value(std::move(map))));
        });
    };
    body("body-key-7", "a key that does not exist", [](cbor::Map& m) { m.emplace_back(std::int64_t{7}, Value()); });
    body("body-certificate-of-version-0", "a row without the fifth part",
         [](cbor::Map& m) { row(m, 3, 0).pop_back(); });
    body("body-certificate-until", "until before from", [](cbor::Map& m) { row(m, 3, 1)[2] = std::int64_t{1}; });
    body("body-certificate-kind-9", "a kind that does not exist",
         [](cbor::Map& m) { row(m, 3, 0)[3] = std::int64_t{512}; });
    body("body-certificate-no-kind", "a certificate for nothing",
         [](cbor::Map& m) { row(m, 3, 0)[3] = std::int64_t{0}; });
    body("body-grant-of-version-0", "a row without the fifth part", [](cbor::Map& m) { row(m, 4, 0).pop_back(); });
    body("body-grant-no-right", "a grant of nothing", [](cbor::Map& m) { row(m, 4, 0)[4] = std::int64_t{0}; });
    body("body-grant-right-4", "a right that does not exist", [](cbor::Map& m) { row(m, 4, 0)[4] = std::int64_t{4}; });
    body("body-grant-until", "until before from", [](cbor::Map& m) { row(m, 4, 1)[3] = std::int64_t{1}; });
    body("body-grant-no-area", "no division", [](cbor::Map& m) { row(m, 4, 0)[1] = cbor::Array{}; });
    body("body-former-names-empty", "left out when there are none", [](cbor::Map& m) { rows(m, 5).clear(); });
    body("body-former-names-order", "last days ascend", [](cbor::Map& m) { std::swap(rows(m, 5)[0], rows(m, 5)[1]); });
    body("body-successor-itself", "the body itself", [](cbor::Map& m) { rows(m, 6)[0] = province_code().text(); });
    body("body-name-zero-width", "a zero-width space", [](cbor::Map& m) { at(m, 1) = std::string("局\u200B"); });
}

void make_delegations(Maker& maker) {
    constexpr auto kind = SignatureKind::delegation;
    auto& keys = maker.keys();
    const Delegation said{.parent = province_code(),
                          .number = 3,
                          .issued_at = instant("2026-11-23T10:00:00+08:00"),
                          .not_before = instant("2026-11-23T10:00:00+08:00"),
                          .next_update = instant("2027-11-23T10:00:00+08:00"),
                          .previous = sm3(as_bytes("the delegation before")),
                          .body = make_city(keys),
                          .certificates = {keys.city.certificate, keys.city_next.certificate}};
    const auto content = write_delegation(said).value();
    maker.envelopes(kind, content,
                    {{"parent", said.parent.text()},
                     {"code", said.body.code.text()},
                     {"number", said.number},
                     {"issued_at", said.issued_at.format()},
                     {"not_before", said.not_before.format()},
                     {"next_update", said.next_update.format()},
                     {"previous", to_hex(*said.previous)},
                     {"body", meaning_of(said.body)}});
    const auto change = [&](const char* name, const char* comment, const std::function<void(cbor::Map&)>& make) {
        maker.change(kind, name, comment, content, make);
    };
    change("own-parent", "parent and body are one", [](cbor::Map& m) { at(m, 1) = at(m, 2); });
    change("parent-check", "a wrong check character",
           [](cbor::Map& m) { at(m, 1) = std::string("11430199MB00TX0171"); });
    change("number-0", "delegations count from 1", [](cbor::Map& m) { at(m, 3) = std::int64_t{0}; });
    change("next-update", "next update before not before", [](cbor::Map& m) { at(m, 6) = std::int64_t{1}; });
    change("previous-length", "a digest of 31 bytes", [](cbor::Map& m) { at(m, 7) = Bytes(31); });
    change("body-trailing-byte", "a byte after the body",
           [](cbor::Map& m) { std::get<Bytes>(at(m, 8).v).push_back(0); });
    change("certificate-missing", "one of the body's certificates", [](cbor::Map& m) { rows(m, 9).pop_back(); });
    change("certificate-too-many", "one twice", [](cbor::Map& m) { rows(m, 9).push_back(rows(m, 9)[0]); });
    change("certificates-order", "not in the order of the body",
           [](cbor::Map& m) { std::swap(rows(m, 9)[0], rows(m, 9)[1]); });
    change("certificate-other", "not the one that the body lists",
           [&](cbor::Map& m) { rows(m, 9)[1] = keys.province.certificate.der(); });
    change("key-10", "a key that does not exist", [](cbor::Map& m) { m.emplace_back(std::int64_t{10}, Value()); });
}

void make_rollovers(Maker& maker) {
    constexpr auto kind = SignatureKind::rollover;
    auto& keys = maker.keys();
    const Rollover said{.body = city_code(),
                        .old_fingerprint = keys.city.certificate.fingerprint(),
                        .new_certificate = keys.city_next.certificate,
                        .issued_at = instant("2026-11-23T10:00:00+08:00"),
                        .from = instant("2026-12-01T00:00:00+08:00")};
    const auto file = make_rollover(said, keys.city.key, keys.city.certificate, keys.city_next.key).value();
    const auto content = read_signed_object(file, max_rollover_bytes).value().content;
    maker.envelopes(kind, content,
                    {{"body", said.body.text()},
                     {"old", to_hex(said.old_fingerprint)},
                     {"new", to_hex(said.new_certificate.fingerprint())},
                     {"issued_at", said.issued_at.format()},
                     {"from", said.from.format()}});
    const auto change = [&](const char* name, const char* comment, const std::function<void(cbor::Map&)>& make) {
        maker.change(kind, name, comment, content, make);
    };
    /// Signed anew by the new key, so that only the change is wrong.
    const auto agreed = [&](const char* name, const char* comment, SignatureKind made, Key& new_key,
                            const std::function<void(cbor::Map&)>& make) {
        change(name, comment, [&](cbor::Map& m) {
            make(m);
            m.pop_back();
            const auto input = signing_input(made, key_hint(new_key.certificate.fingerprint()), cbor::write(Value(m)));
            const auto signature = sign_message(new_key.key, input).value();
            m.emplace_back(std::int64_t{6}, Bytes(signature.begin(), signature.end()));
        });
    };
    change("new-signature-wrong", "another day than the new key signed",
           [](cbor::Map& m) { at(m, 5) = std::int64_t{1}; });
    change("new-signature-missing", "a key too few", [](cbor::Map& m) { m.pop_back(); });
    change("new-signature-length", "63 bytes", [](cbor::Map& m) { std::get<Bytes>(at(m, 6).v).pop_back(); });
    agreed("new-signature-kind", "the new key signed another kind", SignatureKind::delegation, keys.city_next,
           [](cbor::Map&) {});
    agreed("old-other", "another old certificate than the signer", kind, keys.city_next,
           [](cbor::Map& m) { at(m, 2) = Bytes(32); });
    agreed("same-certificate", "from a certificate to itself", kind, keys.city,
           [&](cbor::Map& m) { at(m, 3) = keys.city.certificate.der(); });
    agreed("body-check", "a wrong check character", kind, keys.city_next,
           [](cbor::Map& m) { at(m, 1) = std::string("11430199MB00TX0333"); });
}

void make_genuine_lists(Maker& maker) {
    constexpr auto kind = SignatureKind::genuine_list;
    GenuineList said{.issuer = city_code(), .as_of = instant("2026-11-23T10:00:00+08:00"), .digests = {}};
    for (const char* code : {"one", "two", "three"}) said.digests.push_back(sm3(as_bytes(code)));
    std::sort(said.digests.begin(), said.digests.end());
    Json digests = Json::array();
    for (const auto& digest : said.digests) digests.push_back(to_hex(digest));
    const auto content = write_genuine_list(said).value();
    maker.envelopes(kind, content,
                    {{"issuer", said.issuer.text()}, {"as_of", said.as_of.format()}, {"digests", digests}});
    const auto change = [&](const char* name, const char* comment, const std::function<void(cbor::Map&)>& make) {
        maker.change(kind, name, comment, content, make);
    };
    change("order", "digests ascend", [](cbor::Map& m) {
        auto& bytes = std::get<Bytes>(at(m, 3).v);
        std::rotate(bytes.begin(), bytes.begin() + 32, bytes.end());
    });
    change("twice", "one digest twice", [](cbor::Map& m) {
        auto& bytes = std::get<Bytes>(at(m, 3).v);
        std::copy_n(bytes.begin(), 32, bytes.begin() + 32);
    });
    change("length", "digests of 32 bytes", [](cbor::Map& m) { std::get<Bytes>(at(m, 3).v).pop_back(); });
    change("issuer-check", "a wrong check character",
           [](cbor::Map& m) { at(m, 1) = std::string("11430199MB00TX0333"); });
    change("as-of", "no instant", [](cbor::Map& m) { at(m, 2) = Value(); });
    change("key-4", "a key that does not exist", [](cbor::Map& m) { m.emplace_back(std::int64_t{4}, Value()); });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    Maker maker(argv[1], make_keys());
    make_lists(maker);
    make_delegations(maker);
    make_rollovers(maker);
    make_genuine_lists(maker);
    std::printf("made\n");
    return 0;
}
