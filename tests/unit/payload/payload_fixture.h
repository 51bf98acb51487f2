#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <random>

#include "base/hex.h"
#include "codec/cbor.h"
#include "elic/packs/type_pack.h"
#include "payload/claims.h"

namespace elic::test {

/// A type with a field of every kind and way to be carried; no license of it exists.
inline constexpr std::string_view pack_json = R"({
  "format": "elic type pack 0", "code": "11100000000013338W911", "version": 1, "provisional": true, "name": "样例证书",
  "defining_authority": "示例部", "sources": ["made for tests"], "words": 1,
  "holders": {"min": 1, "max": 2, "code_types": [], "carried": "value"},
  "validity": {"allowed": ["until", "long-term"]},
  "number": {"patterns": [[{"literal": "样字"}, {"choice": ["甲", "乙"]}, {"field": "类别"}, {"serial": 4, "from": 0}, {"digits": 3}]]},
  "fields": [
    {"n": 1, "label": "类别", "keys": ["LB"], "kind": "code", "codes": [{"code": "A", "text": "一类"}, {"code": "B", "text": "二类"}], "required": "R"},
    {"n": 2, "label": "姓名", "keys": ["XM"], "kind": "text", "required": "R", "derive": "holder.names"},
    {"n": 3, "label": "性别", "kind": "text", "required": "C", "derive": "holder.sex"},
    {"n": 4, "label": "范围", "kind": "list", "required": "O"},
    {"n": 5, "label": "专业", "kind": "codes", "codes": [{"code": "", "text": "土建"}, {"code": "", "text": "水利"}, {"code": "", "text": "机电"}], "required": "O"},
    {"n": 6, "label": "初次领证日期", "kind": "date", "required": "O"},
    {"n": 7, "label": "价格", "kind": "decimal", "scale": 2, "unit": "万元", "required": "O"},
    {"n": 8, "label": "工期", "kind": "whole", "unit": "天", "required": "O"},
    {"n": 9, "label": "企业代码", "kind": "uscc", "required": "O"},
    {"n": 10, "label": "负责人证件号", "kind": "citizen-id", "carried": "masked", "required": "O"},
    {"n": 11, "label": "明细", "kind": "text", "carried": "digest", "required": "O"},
    {"n": 12, "label": "照片", "kind": "image", "carried": "digest", "required": "O"},
    {"n": 13, "label": "备注", "labels": ["附注"], "keys": ["BZ"], "kind": "text", "max": 20, "required": "O"},
    {"n": 14, "label": "业态", "kind": "code", "open": true, "codes": [{"code": "", "text": "零售"}], "required": "O"},
    {"n": 15, "label": "住所", "kind": "text", "required": "O"},
    {"n": 16, "label": "经营场所", "kind": "text", "required": "O", "derive": "field:住所"},
    {"n": 18, "label": "负责人", "kind": "citizen-id", "required": "O"},
    {"label": "编号", "kind": "text", "required": "R", "derive": "number"},
    {"label": "有效期止", "kind": "text", "required": "C", "derive": "valid_until"},
    {"label": "发证机关", "kind": "text", "required": "R", "derive": "issuer.name"},
    {"label": "业务号", "kind": "text", "carried": "absent", "required": "O"},
    {"label": "语种", "kind": "text", "carried": "absent", "required": "O", "derive": "constant:中文"}
  ]
})";

inline TypePack pack_from(std::string_view json) { return read_type_pack(as_bytes(json)).value(); }

inline const TypePack& sample_pack() {
    static const TypePack pack = pack_from(pack_json);
    return pack;
}

/// The sample pack with one piece of its text replaced.
inline TypePack pack_with(std::string_view from, std::string_view to) {
    std::string json(pack_json);
    const auto at = json.find(from);
    REQUIRE(at != std::string::npos);
    return pack_from(json.replace(at, from.size(), to));
}

inline constexpr const char* issuer_name = "示例省政务服务局";

/// Fields that the pack derives and those given, in the pack's order.
inline Metadata sample_license() {
    const auto issuer = Uscc::parse("11430199MB00TX017C").value();
    const auto day = [](const char* text) { return Date::parse(text).value(); };
    Metadata license{
        .id = LicenseId::make(sample_pack().code, issuer, "20260001", 1).value(),
        .license_name = "样例证书",
        .number = "样字乙B2026007",
        .issuing_authority_name = issuer_name,
        .holders = {{.name = "张样例",
                     .code_type = HolderCodeType::parse("111").value(),
                     .code = "430199198502280019"}},
        .issued_on = day("2026-03-01"),
        .validity = {.form = ValidityForm::until, .valid_from = day("2026-03-01"), .valid_until = day("2029-02-28")},
        .face = {},
        .signed_at = Timestamp::parse("2026-03-01T09:00:00+08:00").value(),
        .status = {.list = 1, .index = 77}};
    license.face = {{.label = "类别", .key = "LB", .text = "二类"},
                    {.label = "姓名", .key = "XM", .text = "张样例"},
                    {.label = "性别", .key = "", .text = "男"},
                    {.label = "编号", .key = "", .text = license.number},
                    {.label = "有效期止", .key = "", .text = "2029-02-28"},
                    {.label = "发证机关", .key = "", .text = issuer_name},
                    {.label = "语种", .key = "", .text = "中文"}};
    return license;
}

/// Sets, adds (in the pack's order) or, with an empty text, removes a field of the face.
inline void set_field(Metadata& license, const std::string& label, const std::string& text) {
    std::erase_if(license.face, [&](const FaceField& field) { return field.label == label; });
    if (text.empty()) return;
    const auto* rule = sample_pack().field_named(label);
    const auto rank = [](const std::string& name) {
        const auto& fields = sample_pack().fields;
        return std::find_if(fields.begin(), fields.end(), [&](const FieldRule& f) { return f.label == name; }) -
               fields.begin();
    };
    auto at = license.face.begin();
    while (at != license.face.end() && rank(at->label) < rank(label)) ++at;
    license.face.insert(
        at, {.label = label, .key = rule != nullptr && !rule->keys.empty() ? rule->keys.front() : "", .text = text});
}

inline const FaceField* field_of(const Metadata& license, const std::string& label) {
    for (const auto& field : license.face) {
        if (field.label == label) return &field;
    }
    return nullptr;
}

inline cbor::Map map_of(const Bytes& claims) {
    return *cbor::read(claims, {.depth = 8, .entries = 4096, .bytes = 1 << 20}).value().map();
}

/// Claims with a change made to their map.
inline Bytes changed(const Bytes& claims, const std::function<void(cbor::Map&)>& change) {
    auto map = map_of(claims);
    change(map);
    return cbor::write(cbor::Value(std::move(map)));
}

inline void put(cbor::Map& map, std::int64_t key, cbor::Value value) {
    std::erase_if(map,
                  [&](const auto& pair) { return pair.first.integer() != nullptr && *pair.first.integer() == key; });
    map.emplace_back(key, std::move(value));
}

inline void drop(cbor::Map& map, std::int64_t key) {
    std::erase_if(map,
                  [&](const auto& pair) { return pair.first.integer() != nullptr && *pair.first.integer() == key; });
}

inline Result<Metadata> read_all(const Bytes& claims, const TypePack& pack = sample_pack(),
                                 const std::string& issuer = issuer_name) {
    auto base = read_claims(claims);
    if (!base) return tl::unexpected(base.error());
    return to_metadata(*base, claims, pack, issuer);
}

/// Everything of a license that a code says; Metadata has no equality of its own.
inline bool says_the_same(const Metadata& a, const Metadata& b) {
    return a.id == b.id && a.license_name == b.license_name && a.number == b.number &&
           a.issuing_authority_name == b.issuing_authority_name && a.holders == b.holders &&
           a.issued_on == b.issued_on && a.validity == b.validity && a.face == b.face && a.signed_at == b.signed_at &&
           a.status == b.status;
}

}  // namespace elic::test
