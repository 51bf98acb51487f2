// Makes testdata/vectors/trust: a trust list that is right, and lists that break one rule each. The certificates in
// them are TEST ones with new keys; vectors are made once and committed. Usage: make_trust_vectors FOLDER
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/trust/root_pins.h"
#include "trust/trust_codec.h"
#include "vectors/vector_support.h"

namespace {

using namespace elic;
using Value = cbor::Value;

constexpr cbor::Limits wide{.depth = 8, .entries = 100000, .bytes = 1 << 22};

Timestamp instant(const char* text) { return Timestamp::parse(text).value(); }

TrustListContent make_content(const Digest& root, const Digest& office) {
    TrustListContent content{.number = 7,
                             .issued_at = instant("2026-11-23T10:00:00+08:00"),
                             .not_before = instant("2026-11-23T10:00:00+08:00"),
                             .next_update = instant("2027-11-23T10:00:00+08:00")};
    content.roots = {root};
    for (const char* type : {"11100000000013338W011", "11100000MB0143028R001"}) {
        const auto pack = test::pack_of(LicenseTypeCode::parse(type).value());
        content.packs.push_back(
            {.digest = pack->digest, .type = pack->code, .version = 1, .name = pack->name, .words = 1});
    }
    IssuingBody province{.code = Uscc::parse("11430199MB00TX017C").value(),
                         .name = "示例省政务服务局（测试）",
                         .hosts = {"example.test"}};
    province.certificates = {
        {.fingerprint = office, .from = instant("2026-11-01T00:00:00+08:00"), .until = {}, .kinds = 1}};
    province.grants = {{.type = content.packs[0].type,
                        .areas = {AreaCode::parse("430000").value()},
                        .from = Date::parse("2026-01-01").value()},
                       {.type = content.packs[1].type,
                        .areas = {AreaCode::parse("000000").value()},
                        .from = Date::parse("2026-01-01").value(),
                        .until = Date::parse("2030-12-31").value()}};
    content.bodies = {province,
                      {.code = Uscc::parse("11430199MB00TX0332").value(), .name = "示例市市场监督管理局（测试）"}};
    return content;
}

class Maker {
public:
    Maker(std::filesystem::path folder, PilotCa ca) : folder_(std::move(folder)), ca_(std::move(ca)) {}

    void save(const std::string& name, const std::string& comment, const std::string& expect, const Bytes& file,
              const std::string& more = "") {
        const auto text = "comment: " + comment + "\nexpect: " + expect + "\n" + more + "\n" + to_hex(file) + "\n";
        if (!write_file_durably(folder_ / (name + ".txt"), as_bytes(text))) std::abort();
    }

    /// The content with a change made to its map, signed as if nothing were wrong.
    void change(const std::string& name, const std::string& comment, const Bytes& content,
                const std::function<void(cbor::Map&)>& make) {
        auto map = *cbor::read(content, wide)->map();
        make(map);
        save(name, comment, "malformed", seal(cbor::write(Value(std::move(map))), SignatureKind::trust_list));
    }

    Bytes seal(const Bytes& content, SignatureKind kind, const std::string& format = "elic trust-list 0") {
        const auto signature =
            sign_message(ca_.key, signing_input(kind, key_hint(ca_.certificate.fingerprint()), content)).value();
        return cbor::write(cbor::Array{Value(format), Value(ca_.certificate.der()), Value(cbor::Array{}),
                                       Value(content), Value(Bytes(signature.begin(), signature.end()))});
    }

private:
    std::filesystem::path folder_;
    PilotCa ca_;
};

Value* at(cbor::Map& map, std::int64_t key) {
    for (auto& [k, v] : map) {
        if (*k.integer() == key) return &v;
    }
    std::abort();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const auto now = instant("2026-11-22T10:00:00+08:00");
    const auto ca = make_pilot_ca(now).value();
    const auto office_key = PrivateKey::generate().value();
    const auto office = certify(ca, make_certificate_request(office_key, "CN=TEST office,O=TEST,C=CN").value(),
                                CertificatePurpose::issuing, now)
                            .value();
    const auto content = write_trust_content(make_content(ca.certificate.fingerprint(), office.fingerprint())).value();
    Maker maker(argv[1], ca);
    maker.save("ok", "two bodies, two types", "ok", maker.seal(content, SignatureKind::trust_list),
               "signer: " + to_hex(ca.certificate.fingerprint()) +
                   "\nmeaning: {\"number\": 7, \"issued_at\": \"2026-11-23T10:00:00+08:00\", \"next_update\": "
                   "\"2027-11-23T10:00:00+08:00\", "
                   "\"packs\": [\"11100000000013338W011\", \"11100000MB0143028R001\"], \"bodies\": "
                   "{\"11430199MB00TX017C\": {\"name\": \"示例省政务服务局（测试）\", \"certificates\": [\"" +
                   to_hex(office.fingerprint()) +
                   "\"], \"grants\": [[\"11100000000013338W011\", [\"430000\"], \"2026-01-01\", null], "
                   "[\"11100000MB0143028R001\", [\"000000\"], \"2026-01-01\", "
                   "\"2030-12-31\"]]}, \"11430199MB00TX0332\": {\"name\": \"示例市市场监督管理局（测试）\", "
                   "\"certificates\": [], \"grants\": []}}}\n");
    maker.save("signature-of-a-payload", "signed with the domain of a code", "malformed",
               maker.seal(content, SignatureKind::payload));
    maker.save("signature-of-a-status-list", "signed with the domain of a status list", "malformed",
               maker.seal(content, SignatureKind::status_list));
    maker.save("format-newer", "a later format", "newer",
               maker.seal(content, SignatureKind::trust_list, "elic trust-list 1"));
    auto flipped = maker.seal(content, SignatureKind::trust_list);
    flipped[flipped.size() - 100] ^= 1;
    maker.save("bit-flipped", "one bit of the content", "malformed", flipped);
    auto longer = maker.seal(content, SignatureKind::trust_list);
    longer.push_back(0);
    maker.save("trailing-byte", "a byte after the end", "malformed", longer);
    maker.change("number-0", "lists count from 1", content, [](cbor::Map& m) { *at(m, 1) = Value(std::int64_t{0}); });
    maker.change("no-roots", "at least one root", content, [](cbor::Map& m) { *at(m, 6) = Value(cbor::Array{}); });
    maker.change("packs-out-of-order", "types ascend", content, [](cbor::Map& m) {
        auto& packs = std::get<cbor::Array>(at(m, 8)->v);
        std::swap(packs[0], packs[1]);
    });
    maker.change("packs-begin-alike", "two digests with the same first 4 bytes", content, [](cbor::Map& m) {
        auto& packs = std::get<cbor::Array>(at(m, 8)->v);
        auto& first = std::get<Bytes>(std::get<cbor::Array>(packs[0].v)[0].v);
        auto& second = std::get<Bytes>(std::get<cbor::Array>(packs[1].v)[0].v);
        std::copy_n(first.begin(), 4, second.begin());
    });
    maker.change("key-11", "a key that does not exist", content,
                 [](cbor::Map& m) { m.emplace_back(std::int64_t{11}, std::int64_t{1}); });
    maker.change("key-index-length", "records of 12 bytes", content,
                 [](cbor::Map& m) { std::get<Bytes>(at(m, 10)->v).pop_back(); });
    std::printf("made\n");
    return 0;
}
