// Makes testdata/vectors/payload: good codes of every sample, and codes that break one rule each. SM2 signatures are
// random, so vectors are made once and committed; files that are there already are left alone. Usage:
// make_payload_vectors FOLDER
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/file.h"
#include "base/hex.h"
#include "codec/digits.h"
#include "elic/payload/payload.h"
#include "packs/word_list.h"
#include "payload/claims.h"
#include "payload/text_item.h"
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

    /// A good payload whose text went through what transport does.
    void carried(const std::string& name, const std::string& comment, const Metadata& license,
                 const std::function<std::string(std::string)>& transport) {
        transport_ = transport;
        good(name, comment, license);
        transport_ = nullptr;
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

    /// A genuine payload with a change that its signature does not cover.
    void forged(const std::string& name, const std::string& comment, const Metadata& license,
                const std::function<void(Payload&)>& make) {
        const auto pack = test::pack_of(license.id.type());
        auto payload = sign_payload(write_claims(license, *pack).value(), hint, key_).value();
        make(payload);
        if (!std::filesystem::exists(folder_ / (name + ".txt")))
            save_payload(name, comment, "signature", *pack, payload, "");
        else
            ++count;
    }

    /// Claims signed as another kind of content.
    Sm2Signature signed_as(SignatureKind kind, const Payload& payload) {
        return sign_message(key_, signing_input(kind, payload.hint, payload.claims)).value();
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
        if (std::filesystem::exists(folder_ / (name + ".txt"))) {
            ++count;
            return;
        }
        save_payload(name, comment, expect, pack, sign_payload(claims, hint, key_).value(), more);
    }

    void save_payload(const std::string& name, const std::string& comment, const std::string& expect,
                      const TypePack& pack, const Payload& payload, const std::string& more) {
        save(name, "comment: " + comment + "\nexpect: " + expect + "\npack: " + pack.code.text() + "/" +
                       std::to_string(pack.version) + ".json\nkey: " + to_hex(key_.public_key().point()) +
                       "\nclaims: " + to_hex(payload.claims) +
                       "\ncose: " + to_hex(to_cose_sign1(payload.hint, payload.claims, payload.signature)) + "\n" +
                       more + "\n" + (transport_ ? transport_(write_payload(payload)) : write_payload(payload)) + "\n");
    }

    void save(const std::string& name, const std::string& content) {
        const auto file = folder_ / (name + ".txt");
        if (!std::filesystem::exists(file) && !write_file_durably(file, as_bytes(content))) std::abort();
        ++count;
    }

    std::filesystem::path folder_;
    PrivateKey key_;
    std::function<std::string(std::string)> transport_;

public:
    int count = 0;
};

/// Face fields by label; an empty text takes the field away.
void set_field(Metadata& license, const std::string& label, const std::string& text) {
    for (auto& field : license.face) {
        if (field.label == label) field.text = text;
    }
    const auto pack = test::pack_of(license.id.type());
    const auto* rule = pack->field_named(label);
    const bool there =
        std::any_of(license.face.begin(), license.face.end(), [&](const auto& f) { return f.label == label; });
    if (!there)
        license.face.push_back(
            {.label = label, .key = rule != nullptr && !rule->keys.empty() ? rule->keys.front() : "", .text = text});
    std::erase_if(license.face, [](const FaceField& field) { return field.text.empty() && field.digest.empty(); });
}

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
    maker.change("cbor-too-long", "more than 2,200 bytes", license,
                 [](cbor::Map& m) { m.emplace_back(std::int64_t{20}, Value(Bytes(2100))); });
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
    append("cbor-float", "a float", {0x37, 0xF9, 0x3C, 0x00});
    append("cbor-true", "a simple value other than null", {0x37, 0xF5});
    append("cbor-repeated-key", "the last key twice", {0x2B, 0x01});
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
           [&](cbor::Map& m) { *at(m, 4) = write_text(license.number, 1).value(); });
    change("number-other-form",
           "a number of none of the type's forms: it would have no division to hold the authority to",
           [&](cbor::Map& m) { *at(m, 4) = write_text(license.number + "A", 1).value(); });
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
    change("signed-at-range", "a time after 2199", [](cbor::Map& m) { *at(m, 10) = Value(std::int64_t{6311520000}); });
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
    const auto words = WordList::builtin(1).value();
    auto pieces = words->encode("有限");
    const auto second = words->encode("公司");
    pieces.insert(pieces.end(), second.begin(), second.end());
    name("text-not-greedy", "two words where one line holds both", Value(pieces));
    Bytes expanding;
    for (int i = 0; i < 54; ++i) expanding.insert(expanding.end(), {200, 43});
    name("text-expansion", "54 times line 243, of 153 bytes: over 8,192 bytes", Value(expanding));
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
    name("text-mongolian-selector", "U+180B shapes a Mongolian letter and is unseen after any other",
         Value(std::string("\u5F20\u180B\u6837")));
    name("text-braille-blank", "U+2800 is not seen", Value(std::string("\u5F20\u2800\u6837")));
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
    change("face-by-label", "a label that the type has by number",
           [](cbor::Map& m) { m.emplace_back(std::string("姓名"), std::string("A1")); });
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
    maker.text("digits-too-many", "more than 6,000 digits", "malformed", "3691" + std::string(17 * 353, '0'));
    maker.text("lead-newer", "369 and another digit: a newer format", "newer", "3692" + text.substr(4));
    maker.text("lead-foreign", "another lead", "foreign", "4691" + text.substr(4));
    maker.text(
        "text-url", "a query link", "foreign",
        "https://zlaq.mohurd.gov.cn/fwmh/middlepage.html?ID=00&k=11&certype=11100000000013338W011&province=430000");
}

void make_more_good(Maker& maker) {
    auto serial = test::sample_license("food-operation.json");
    serial.id = LicenseId::make(serial.id.type(), serial.id.issuer(), "9223372036854775807", 1).value();
    maker.good("ok-serial-19-digits", "the largest serial that is an integer", serial);
    serial.id = LicenseId::make(serial.id.type(), serial.id.issuer(), "9223372036854775808", 1).value();
    maker.good("ok-serial-over-63-bits", "one more travels as text", serial);
    serial.id = LicenseId::make(serial.id.type(), Uscc::parse("11430199MB00TX010N").value(), "1", 1).value();
    maker.good("ok-issuer-text", "an issuer whose organisation code does not check does not pack", serial);
    auto open = test::sample_license("food-operation.json");
    set_field(open, "主体业态", "示例业态（其他）");
    maker.good("ok-open-code", "an open list: another text", open);
    set_field(open, "经营项目", "热食类食品制售");
    maker.good("ok-list-of-one", "one item of a list travels as a text", open);
    set_field(open, "投诉举报电话", "0730-1234567");
    maker.good("ok-differs-from-constant", "a field that could derive and says something else", open);
    auto extra = test::sample_license("emission-permit.json");
    extra.face.push_back({.label = "备注", .key = "", .text = "样例"});
    extra.face.push_back({.label = "附页", .key = "", .text = "2页"});
    maker.good("ok-extra-labels", "fields that the type does not have travel by their labels", extra);
    auto code = test::sample_license("construction-safety.json");
    set_field(code, "企业统一社会信用代码", "91430199MA00EX020G");
    maker.good("ok-field-uscc-text", "a field's code that does not pack travels as text", code);
    auto photo = test::sample_license("construction-safety.json");
    photo.face.push_back(
        {.label = "照片", .key = "ZP", .text = "", .carried = Carried::digest, .digest = Bytes(32, 0xA5)});
    maker.good("ok-image-digest", "a picture travels as its digest", photo);
    auto detail = test::sample_license("food-production.json");
    set_field(detail, "食品明细", "挂面（普通挂面、手工面）；面包");
    maker.good("ok-text-digest", "a text that the type carries as its digest", detail);
    auto two = test::sample_license("constructor-grade2.json");
    set_field(two, "注册专业", "建筑工程、机电工程");
    set_field(two, "机电工程有效期至", "2029-05-31");
    maker.good("ok-codes-two", "two entries of a list as a bit mask", two);
    const auto plain = test::sample_license("emission-permit.json");
    maker.carried("ok-transport-lines", "line breaks and white space inside and around", plain,
                  [](const std::string& text) {
                      return "  " + text.substr(0, 80) + "\n" + text.substr(80, 80) + " \t" + text.substr(160) + "  ";
                  });
    maker.carried("ok-transport-full-width", "full-width digits, as a Chinese input method types them", plain,
                  [](const std::string& text) {
                      std::string wide_digits;
                      for (char c : text)
                          wide_digits += "\xEF\xBC" + std::string(1, static_cast<char>(0x90 + (c - '0')));
                      return wide_digits;
                  });
    maker.carried("ok-transport-url", "a form for phone cameras: only the digits after # count", plain,
                  [](const std::string& text) { return "https://example.gov.cn/l/1#" + text; });
    auto old = test::sample_license("constructor-grade2.json");
    old.issued_on = Date::parse("1999-12-30").value();
    old.validity.valid_from = Date::parse("2000-01-01").value();
    set_field(old, "签发日期", "1999-12-30");
    maker.good("ok-issued-before-2000", "a negative day; valid from a later day", old);
}

void make_more_bad(Maker& maker) {
    const auto safety = test::sample_license("construction-safety.json");
    const auto business = test::sample_license("business-license.json");
    const auto food = test::sample_license("food-operation.json");
    const auto grade = test::sample_license("constructor-grade2.json");
    const auto marriage = test::sample_license("marriage.json");
    const auto change = [&](const Metadata& license, const std::string& name, const std::string& comment,
                            const std::function<void(cbor::Map&)>& make) {
        maker.change(name, comment, license, make);
    };
    const auto add = [](std::int64_t key, Value value) {
        return [key, value](cbor::Map& m) { m.emplace_back(key, value); };
    };
    const auto set = [](std::int64_t key, Value value) { return [key, value](cbor::Map& m) { *at(m, key) = value; }; };
    change(food, "serial-hex-as-text", "32 hexadecimal digits travel as 16 bytes",
           set(3, std::string("0A1B2C3D4E5F60718293A4B5C6D7E8F9")));
    change(food, "serial-19-digits-as-text", "digits below 2^63 travel as an integer",
           set(3, std::string("9223372036854775807")));
    change(food, "serial-long", "65 characters of serial", set(3, std::string(65, 'Z')));
    change(safety, "number-missing", "the type's number is not rebuilt, key 4 is required",
           [](cbor::Map& m) { drop(m, 4); });
    change(business, "number-rebuilt", "a number given although the type rebuilds it", add(4, std::int64_t{0}));
    change(business, "number-rebuilt-text", "a number's text given although the type rebuilds it",
           add(4, business.number));
    change(business, "validity-none", "a type whose licenses end or are long-term", [](cbor::Map& m) { drop(m, 9); });
    change(safety, "validity-long-term", "a type whose licenses end", set(9, Value()));
    change(safety, "validity-text", "an end that is neither days nor null", set(9, std::string("2029")));
    change(safety, "valid-until-range", "a day after 2199", set(9, std::int64_t{73050}));
    change(safety, "issued-on-null", "days are expected", set(7, Value()));
    change(safety, "holders-two", "the type has one holder", [](cbor::Map& m) {
        auto& list = std::get<cbor::Array>(at(m, 6)->v);
        const auto one = list;
        list.insert(list.end(), one.begin(), one.end());
    });
    const auto code = [&](const Metadata& license, const std::string& name, const std::string& comment, Value value) {
        change(license, name, comment, [value](cbor::Map& m) { std::get<cbor::Array>(at(m, 6)->v)[1] = value; });
    };
    code(safety, "holder-masked", "a masked code where the type carries whole ones",
         cbor::Array{std::int64_t{111}, std::string("430199********0019")});
    code(marriage, "holder-not-masked", "a whole code where the type carries masked ones",
         bytes({0x19, 0xA4, 0x52, 0xB2, 0x9C, 0x01}));
    code(marriage, "holder-mask-short", "a mask that shows more than it may",
         cbor::Array{std::int64_t{111}, std::string("43019919850228001*")});
    code(business, "holder-type", "a kind of code that cannot hold this type",
         bytes({0x19, 0xA4, 0x52, 0xB2, 0x9C, 0x01}));
    code(safety, "holder-code-long", "65 characters of code", cbor::Array{std::int64_t{414}, std::string(65, 'Q')});
    code(safety, "holder-code-length", "7 bytes are neither kind of packed code", Value(Bytes(7)));
    change(safety, "face-required-missing", "the type requires this field", [](cbor::Map& m) { drop(m, -7); });
    change(safety, "face-uscc-as-text", "text for a code that packs", set(-9, std::string("91430199MA00EX011J")));
    change(safety, "face-uscc-range", "a packed code out of its range",
           set(-9, bytes({255, 255, 255, 255, 0, 0, 0, 0, 0})));
    change(safety, "face-digest-length", "16 bytes for a picture's digest", add(-8, Value(Bytes(16))));
    change(safety, "face-too-long", "more characters than the type allows", set(-12, std::string(61, 'q')));
    change(safety, "face-null", "null is no field", set(-12, Value()));
    change(food, "face-list-of-one", "a list of one is a text", set(-6, cbor::Array{Value(std::string("Q1"))}));
    change(food, "face-list-separator", "an item that holds the separator",
           set(-6, cbor::Array{Value(std::string("Q1、Q2")), Value(std::string("Q3"))}));
    change(food, "face-list-as-text", "several items in one text", set(-6, std::string("Q1、Q2")));
    change(food, "face-open-code-in-list", "text for a value that the open list has", [&](cbor::Map& m) {
        *at(m, -5) = write_text(test::pack_of(food.id.type())->field(5)->codes.front().text, 1).value();
    });
    change(grade, "face-codes-zero", "an empty set", set(-7, std::int64_t{0}));
    change(grade, "face-codes-range", "a bit beyond the list", set(-7, std::int64_t{64}));
    change(test::sample_license("construction-permit.json"), "face-amount-negative", "a negative amount",
           set(-5, std::int64_t{-1}));
    change(test::sample_license("construction-permit.json"), "face-amount-long", "19 digits",
           set(-5, std::int64_t{1000000000000000000}));
    change(food, "face-constant", "the constant written", add(-9, std::string("12315")));
    change(food, "face-same-as", "a field that is the same as another, written", [](cbor::Map& m) {
        drop(m, -4);
        m.emplace_back(std::int64_t{-4}, Value(*at(m, -3)));
    });
    change(safety, "label-empty", "a label without a character",
           [](cbor::Map& m) { m.emplace_back(std::string(), std::string("Q1")); });
    change(safety, "label-unclean", "a zero-width character in a label",
           [](cbor::Map& m) { m.emplace_back(std::string("Q\xE2\x80\x8B"), std::string("Q1")); });
    change(safety, "label-value", "a label with an integer",
           [](cbor::Map& m) { m.emplace_back(std::string("Q"), std::int64_t{1}); });
    change(safety, "reserved-16-null", "a reserved key with null", add(16, Value()));
    change(safety, "reserved-23-unclean", "a reserved key with a text that turns round",
           add(23, cbor::Array{Value(std::string("a\xE2\x80\xAE"))}));
    maker.change("critical-15", "keys 13 to 15 are for newer versions", safety, add(15, std::string("Q")), "newer");
}

void make_forged(Maker& maker, const Metadata& license) {
    maker.forged("signature-claims-bit", "a bit of the claims flipped", license, [](Payload& p) { p.claims[20] ^= 1; });
    maker.forged("signature-hint-bit", "a bit of the key hint flipped: it is signed too", license,
                 [](Payload& p) { p.hint[7] ^= 1; });
    maker.forged("signature-r-bit", "a bit of r flipped", license, [](Payload& p) { p.signature[31] ^= 1; });
    maker.forged("signature-s-bit", "a bit of s flipped", license, [](Payload& p) { p.signature[63] ^= 1; });
    maker.forged("signature-zero", "r = s = 0", license, [](Payload& p) { p.signature.fill(0); });
    maker.forged("signature-trust-list", "signed as a trust list", license,
                 [&](Payload& p) { p.signature = maker.signed_as(SignatureKind::trust_list, p); });
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
    make_more_good(maker);
    make_more_bad(maker);
    make_forged(maker, license);
    std::printf("%d vectors\n", maker.count);
    return 0;
}
