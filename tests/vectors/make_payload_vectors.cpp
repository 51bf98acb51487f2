// Makes testdata/vectors/payload: good codes of every sample, and codes that break one rule each. SM2 signatures are
// random, so vectors are made once and committed; files that are there already are left alone. Usage:
// make_payload_vectors FOLDER
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/file.h"
#include "base/hex.h"
#include "codec/digits.h"
#include "elic/payload/payload.h"
#include "payload/claims.h"
#include "vectors/vector_support.h"
#include "verify/license_json.h"

namespace {

using namespace elic;
using Value = cbor::Value;

constexpr KeyHint hint = {0x54, 0x45, 0x53, 0x54, 0, 0, 0, 1};  // "TEST"
constexpr cbor::Limits wide{.depth = 8, .entries = 4096, .bytes = 1 << 20};

class Maker {
public:
    explicit Maker(std::filesystem::path folder) : folder_(std::move(folder)), key_(test::fixed_key(1)) {}

    void good(const std::string& name, const std::string& comment, const Metadata& license) {
        const auto pack = test::pack_of(license.id.type());
        const auto claims = write_claims(license, *pack).value();
        const auto read =
            to_metadata(read_claims(claims).value(), claims, *pack, license.issuing_authority_name).value();
        write(name, comment, "ok", *pack, claims, "meaning: " + write_json(license_json(read)) + "\n");
    }

    /// Claims that break a rule; signed as if nothing were wrong.
    void bad(const std::string& name, const std::string& comment, const Metadata& license, const Bytes& claims,
             const std::string& expect = "malformed") {
        write(name, comment, expect, *test::pack_of(license.id.type()), claims, "");
    }

    /// The valid claims of `license` with a change made to the map.
    void change(const std::string& name, const std::string& comment, const Metadata& license,
                const std::function<void(cbor::Map&)>& make, const std::string& expect = "malformed") {
        auto value = cbor::read(write_claims(license, *test::pack_of(license.id.type())).value(), wide).value();
        auto map = *value.map();
        make(map);
        bad(name, comment, license, cbor::write(Value(std::move(map))), expect);
    }

    /// A text as it stands.
    void text(const std::string& name, const std::string& comment, const std::string& expect, const std::string& body) {
        save(name, "comment: " + comment + "\nexpect: " + expect + "\n\n" + body + "\n");
    }

    std::string valid_text(const Metadata& license) {
        return write_payload(
            sign_payload(write_claims(license, *test::pack_of(license.id.type())).value(), hint, key_).value());
    }

private:
    void write(const std::string& name, const std::string& comment, const std::string& expect, const TypePack& pack,
               const Bytes& claims, const std::string& more) {
        if (std::filesystem::exists(folder_ / (name + ".txt"))) return;
        const auto payload = sign_payload(claims, hint, key_).value();
        save(name, "comment: " + comment + "\nexpect: " + expect + "\npack: " + pack.code.text() + "/" +
                       std::to_string(pack.version) + ".json\nkey: " + to_hex(key_.public_key().point()) +
                       "\nclaims: " + to_hex(claims) +
                       "\ncose: " + to_hex(to_cose_sign1(hint, claims, payload.signature)) + "\n" + more + "\n" +
                       write_payload(payload) + "\n");
    }

    void save(const std::string& name, const std::string& content) {
        const auto file = folder_ / (name + ".txt");
        if (!std::filesystem::exists(file) && !write_file_durably(file, as_bytes(content))) std::abort();
        ++count;
    }

    std::filesystem::path folder_;
    PrivateKey key_;

public:
    int count = 0;
};

Value* at(cbor::Map& map, std::int64_t key) {
    for (auto& [k, v] : map) {
        if (k.integer() != nullptr && *k.integer() == key) return &v;
    }
    return nullptr;
}

void drop(cbor::Map& map, std::int64_t key) {
    std::erase_if(map,
                  [&](const auto& pair) { return pair.first.integer() != nullptr && *pair.first.integer() == key; });
}

Value bytes(std::initializer_list<int> list) {
    Bytes b;
    for (int i : list) b.push_back(static_cast<std::uint8_t>(i));
    return Value(std::move(b));
}

void make_good(Maker& maker) {
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/samples")) {
        if (entry.path().extension() != ".json") continue;
        maker.good("ok-" + entry.path().stem().string(), "the sample of this type",
                   test::sample_license(entry.path().filename()));
    }
    auto license = test::sample_license("construction-safety.json");
    license.id = LicenseId::make(license.id.type(), license.id.issuer(), license.id.serial(), 2).value();
    maker.good("ok-revision-2", "key 5 is there from revision 2 on", license);
    auto uuid = test::sample_license("food-operation.json");
    uuid.id = LicenseId::make(uuid.id.type(), uuid.id.issuer(), "0A1B2C3D4E5F60718293A4B5C6D7E8F9", 1).value();
    maker.good("ok-serial-uuid", "a serial of 32 upper-case hexadecimal digits travels as 16 bytes", uuid);
    uuid.id = LicenseId::make(uuid.id.type(), uuid.id.issuer(), "007", 1).value();
    maker.good("ok-serial-leading-zero", "a serial with a leading zero travels as text", uuid);
    uuid.id = LicenseId::make(uuid.id.type(), uuid.id.issuer(), "0", 1).value();
    maker.good("ok-serial-zero", "serial 0 is an integer", uuid);
    uuid.id = LicenseId::make(uuid.id.type(), uuid.id.issuer(), "AB12", 1).value();
    maker.good("ok-serial-text", "a serial of letters and digits travels as text", uuid);
    auto passport = test::sample_license("construction-safety.json");
    passport.holders[0] = {.name = "示例·外宾", .code_type = HolderCodeType::parse("414").value(), .code = "E00000001"};
    for (auto& field : passport.face) {
        if (field.label == "姓名") field.text = passport.holders[0].name;
    }
    std::erase_if(passport.face, [](const FaceField& field) { return field.label == "身份证件号码"; });
    passport.face.push_back({.label = "身份证件号码", .key = "", .text = "E00000001"});
    maker.good("ok-holder-passport",
               "another kind of holder code travels as [kind, text]; sex and birth date no longer derive", passport);
    auto early = test::sample_license("construction-safety.json");
    early.signed_at = Timestamp::parse("1999-12-31T23:59:59Z").value();
    maker.good("ok-signed-before-2000", "a negative time", early);
}

void make_bad_shape(Maker& maker, const Metadata& license) {
    const auto claims = write_claims(license, *test::pack_of(license.id.type())).value();
    const auto raw = [&](const std::string& name, const std::string& comment, const std::function<void(Bytes&)>& make) {
        auto changed = claims;
        make(changed);
        maker.bad(name, comment, license, changed);
    };
    raw("cbor-trailing-byte", "a byte after the map", [](Bytes& b) { b.push_back(0); });
    raw("cbor-cut", "the last byte is missing", [](Bytes& b) { b.pop_back(); });
    raw("cbor-indefinite-map", "the map has no length", [](Bytes& b) {
        b[0] = 0xBF;
        b.push_back(0xFF);
    });
    raw("cbor-long-length", "the map's length is not in its shortest form", [](Bytes& b) {
        const auto count = static_cast<std::uint8_t>(b[0] & 0x1F);
        b[0] = 0xB8;
        b.insert(b.begin() + 1, count);
    });
    raw("cbor-long-integer", "key 1 is written in two bytes", [](Bytes& b) { b.insert(b.begin() + 1, 0x18); });
    raw("cbor-tag", "a tag before the map", [](Bytes& b) { b.insert(b.begin(), 0xC1); });
    raw("cbor-array", "an array instead of a map", [](Bytes& b) { b = {0x80}; });
    maker.change("cbor-depth", "four levels deep", license, [](cbor::Map& m) {
        m.emplace_back(std::int64_t{20}, cbor::Array{Value(cbor::Array{Value(cbor::Array{})})});
    });
    maker.change("cbor-entries", "more than 64 entries", license,
                 [](cbor::Map& m) { m.emplace_back(std::int64_t{20}, cbor::Array(64, Value(std::int64_t{1}))); });
    const auto append = [&](const std::string& name, const std::string& comment,
                            std::initializer_list<std::uint8_t> item) {
        auto changed = claims;
        ++changed[0];
        changed.insert(changed.end(), item);
        maker.bad(name, comment, license, changed);
    };
    append("cbor-unordered", "key 16 after the negative keys", {0x10, 0x01});
    append("cbor-float", "a float", {0x38, 0x17, 0xF9, 0x3C, 0x00});
    append("cbor-true", "a simple value other than null", {0x38, 0x17, 0xF5});
    append("cbor-repeated-key", "the last key twice", {0x27, 0x01});
    append("cbor-invalid-utf8", "a text that is not UTF-8", {0x61, 0x41, 0x61, 0xFF});
}

void make_bad_base(Maker& maker, const Metadata& license) {
    const auto change = [&](const std::string& name, const std::string& comment,
                            const std::function<void(cbor::Map&)>& make) {
        maker.change(name, comment, license, make);
    };
    for (int key : {1, 2, 3, 6, 7, 10, 11, 12}) {
        change("key-" + std::to_string(key) + "-missing", "key " + std::to_string(key) + " is required",
               [key](cbor::Map& m) { drop(m, key); });
    }
    change("key-0", "key 0 does not exist", [](cbor::Map& m) { m.emplace_back(std::int64_t{0}, std::int64_t{1}); });
    change("key-24", "keys end at 23", [](cbor::Map& m) { m.emplace_back(std::int64_t{24}, std::int64_t{1}); });
    change("key-minus-25", "face fields end at 24",
           [](cbor::Map& m) { m.emplace_back(std::int64_t{-25}, std::int64_t{1}); });
    change("key-bytes", "a key that is neither integer nor text",
           [](cbor::Map& m) { m.emplace_back(bytes({1}), std::int64_t{1}); });
    change("pack-length", "three bytes of the digest", [](cbor::Map& m) { *at(m, 1) = bytes({1, 2, 3}); });
    change("issuer-text-packs", "text for a code that packs",
           [](cbor::Map& m) { *at(m, 2) = Value(std::string("11430199MB00TX017C")); });
    change("issuer-range", "a packed issuer out of its range", [](cbor::Map& m) {
        *at(m, 2) = bytes({255, 255, 255, 255, 0, 0, 0, 0, 0});
    });
    change("issuer-length", "8 bytes of issuer", [](cbor::Map& m) { *at(m, 2) = bytes({0, 0, 0, 0, 0, 0, 0, 0}); });
    change("serial-digits-as-text", "digits travel as an integer",
           [](cbor::Map& m) { *at(m, 3) = Value(std::string("123")); });
    change("serial-negative", "a negative serial", [](cbor::Map& m) { *at(m, 3) = Value(std::int64_t{-1}); });
    change("serial-lower-case", "a serial is of 0-9A-Z", [](cbor::Map& m) { *at(m, 3) = Value(std::string("abc")); });
    change("serial-bytes-15", "16 bytes or none", [](cbor::Map& m) { *at(m, 3) = Value(Bytes(15)); });
    change("number-text-packs", "text for a number that the pack's rule packs",
           [&](cbor::Map& m) { *at(m, 4) = Value(license.number); });
    change("number-range", "a packed number out of its range",
           [](cbor::Map& m) { *at(m, 4) = Value(std::int64_t{1} << 40); });
    change("revision-1", "the default is written",
           [](cbor::Map& m) { m.emplace_back(std::int64_t{5}, std::int64_t{1}); });
    change("revision-1000", "revisions end at 999",
           [](cbor::Map& m) { m.emplace_back(std::int64_t{5}, std::int64_t{1000}); });
    change("holders-empty", "at least one holder", [](cbor::Map& m) { *at(m, 6) = Value(cbor::Array{}); });
    change("holders-odd", "a name without a code", [](cbor::Map& m) { std::get<cbor::Array>(at(m, 6)->v).pop_back(); });
    change("holders-nine", "at most eight holders", [](cbor::Map& m) {
        auto& list = std::get<cbor::Array>(at(m, 6)->v);
        const auto one = list;
        for (int i = 0; i < 8; ++i) list.insert(list.end(), one.begin(), one.end());
    });
    change("holder-citizen-range", "a packed citizen number out of its range", [](cbor::Map& m) {
        std::get<cbor::Array>(at(m, 6)->v)[1] = bytes({255, 255, 255, 255, 255, 255});
    });
    change("holder-text-packs", "text for a citizen number that packs", [&](cbor::Map& m) {
        std::get<cbor::Array>(at(m, 6)->v)[1] =
            Value(cbor::Array{Value(std::int64_t{111}), Value(license.holders[0].code)});
    });
    change("holder-kind-unknown", "a kind of code that does not exist", [](cbor::Map& m) {
        std::get<cbor::Array>(at(m, 6)->v)[1] = Value(cbor::Array{Value(std::int64_t{777}), Value(std::string("E0"))});
    });
    change("issued-on-range", "a day after 2199", [](cbor::Map& m) { *at(m, 7) = Value(std::int64_t{73050}); });
    change("valid-from-default", "valid from = issued on is written",
           [](cbor::Map& m) { m.emplace_back(std::int64_t{8}, *at(m, 7)); });
    change("valid-until-before", "it ends before it begins",
           [](cbor::Map& m) { *at(m, 9) = Value(*at(m, 7)->integer() - 1); });
    change("signed-at-text", "a time that is no integer",
           [](cbor::Map& m) { *at(m, 10) = Value(std::string("2026")); });
    change("status-negative", "a negative index", [](cbor::Map& m) { *at(m, 12) = Value(std::int64_t{-1}); });
    maker.change(
        "critical-13", "keys 13 to 15 are for newer versions", license,
        [](cbor::Map& m) { m.emplace_back(std::int64_t{13}, std::int64_t{1}); }, "newer");
}

void make_bad_text(Maker& maker, const Metadata& license) {
    const auto name = [&](const std::string& file, const std::string& comment, Value value) {
        maker.change(file, comment, license,
                     [&](cbor::Map& m) { std::get<cbor::Array>(at(m, 6)->v)[0] = std::move(value); });
    };
    name("text-longer-form", "UTF-8 where word code is shorter", Value(std::string("示例市样本建设工程有限公司")));
    name("text-word-code-tie", "word code where UTF-8 is as short", bytes({3}));
    name("text-empty", "an empty text", Value(std::string()));
    name("text-cut-token", "a word of two bytes cut off", bytes({5, 6, 7, 200}));
    name("text-unknown-word", "a code beyond the list", bytes({5, 6, 7, 255, 255}));
    name("text-escaped-known", "a character that the list holds, written as a code point",
         bytes({5, 6, 0, 0, 0x5E, 0x02}));
    name("text-no-character", "a code point that is no character", bytes({5, 6, 7, 0, 0x11, 0, 0}));
    name("text-not-greedy", "two words where one line holds both",
         bytes({5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}));
    name("text-not-nfc", "a letter and a combining mark", Value(std::string("e\xCC\x81")));
    name("text-control", "a line break", Value(std::string("a\nb")));
    name("text-bidirectional", "U+202E turns the text round",
         Value(std::string("a\xE2\x80\xAE"
                           "b")));
    name("text-zero-width", "U+200B cannot be seen",
         Value(std::string("a\xE2\x80\x8B"
                           "b")));
    name("text-private-use", "U+E000 means nothing",
         Value(std::string("a\xEE\x80\x80"
                           "b")));
    name("text-number", "a number for a name", Value(std::int64_t{5}));
}

void make_bad_face(Maker& maker, const Metadata& license) {
    const auto pack = test::pack_of(license.id.type());
    const auto change = [&](const std::string& name, const std::string& comment,
                            const std::function<void(cbor::Map&)>& make) {
        maker.change(name, comment, license, make);
    };
    change("face-unknown-number", "the type has no such field",
           [](cbor::Map& m) { m.emplace_back(std::int64_t{-24}, std::int64_t{1}); });
    change("face-code-range", "a code that the list lacks", [](cbor::Map& m) { *at(m, -1) = Value(std::int64_t{99}); });
    change("face-code-as-text", "text for a value that the list has",
           [](cbor::Map& m) { *at(m, -1) = Value(std::string("B")); });
    change("face-derivable", "the holder's name written again",
           [&](cbor::Map& m) { m.emplace_back(std::int64_t{-2}, std::get<cbor::Array>(at(m, 6)->v)[0]); });
    change("face-date-range", "a date after 2199", [](cbor::Map& m) { *at(m, -7) = Value(std::int64_t{80000}); });
    change("face-date-text", "a date as text", [](cbor::Map& m) { *at(m, -7) = Value(std::string("2020-03-05")); });
    change("face-by-label", "a label that the type does not have",
           [](cbor::Map& m) { m.emplace_back(std::string("备注"), std::string("无")); });
    change("pack-other", "the digest of no pack", [](cbor::Map& m) { *at(m, 1) = bytes({0, 0, 0, 0}); });
}

void make_bad_digits(Maker& maker, const Metadata& license) {
    const auto text = maker.valid_text(license);
    maker.text("digits-tail-length", "a last block of 1, 2, 4, ... digits is impossible", "malformed",
               "3691" + std::string(17 * 12 + 1, '0'));
    maker.text("digits-block-range", "a block over 2^56-1", "malformed",
               "3691" + std::string(17, '9') + text.substr(21));
    maker.text("digits-letter", "a letter between the digits", "malformed", text.substr(0, 50) + "A" + text.substr(51));
    maker.text("digits-too-short", "no room for claims", "malformed", "3691" + std::string(17 * 10, '0') + "000");
    maker.text("digits-cut", "the last digits are missing", "malformed", text.substr(0, text.size() - 1));
    maker.text("lead-newer", "369 and another digit: a newer format", "newer", "3692" + text.substr(4));
    maker.text("lead-foreign", "another lead", "foreign", "4691" + text.substr(4));
    maker.text(
        "text-url", "a query link", "foreign",
        "https://zlaq.mohurd.gov.cn/fwmh/middlepage.html?ID=00&k=11&certype=11100000000013338W011&province=430000");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    Maker maker(argv[1]);
    make_good(maker);
    const auto license = test::sample_license("construction-safety.json");
    make_bad_shape(maker, license);
    make_bad_base(maker, license);
    make_bad_text(maker, license);
    make_bad_face(maker, license);
    make_bad_digits(maker, license);
    std::printf("%d vectors\n", maker.count);
    return 0;
}
