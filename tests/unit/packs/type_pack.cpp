#include "elic/packs/type_pack.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "elic/packs/type_packs.h"
#include "packs/field_value.h"

using namespace elic;

namespace {

const std::string small =
    R"({"format": "elic type pack 0", "code": "11100000MB0143028R999", "version": 1, "provisional": true, "name": "示例证",
 "defining_authority": "示例部", "sources": ["invented"], "words": 1, "holders": {"min": 1, "max": 1, "code_types": ["001"], "carried": "value"},
 "validity": {"allowed": ["until"], "years": 3}, "fields": [FIELDS]})";

Result<TypePack> with_fields(const std::string& fields) {
    auto text = small;
    text.replace(text.find("FIELDS"), 6, fields);
    return read_type_pack(as_bytes(text));
}

const std::string name_field =
    R"({"n": 1, "label": "名称", "keys": ["MC"], "kind": "text", "required": "R", "derive": "holder.names"})";

}  // namespace

TEST_CASE("Every built-in pack reads, lies in its place and is frozen") {
    const auto packs = TypePacks::builtin();
    CHECK(packs.list().size() >= 10);
    std::ifstream frozen(std::string(ELIC_SOURCE_DIR) + "/schemas/types/frozen.txt");
    std::string all((std::istreambuf_iterator<char>(frozen)), {});
    for (const auto& entry : packs.list()) {
        INFO(entry.code.text());
        const auto pack = packs.load(entry.code, entry.version);
        REQUIRE(pack);
        CHECK(all.find(to_hex((*pack)->digest) + "  " + entry.code.text() + "/" + std::to_string(entry.version) +
                       ".json") != std::string::npos);
        CHECK(packs.load_newest(entry.code).value()->version >= entry.version);
    }
}

TEST_CASE("The national types have the fields their tables give") {
    const auto fields = [](const char* code) {
        return TypePacks::builtin().load_newest(LicenseTypeCode::parse(code).value()).value()->fields.size();
    };
    CHECK(fields("11100000000013338W011") >= 16);
    CHECK(fields("11100000000013338W009") >= 18);
    CHECK(fields("11100000MB03271699001") >= 14);
}

TEST_CASE("A pack that contradicts itself is refused") {
    CHECK(with_fields(name_field));
    const auto refused = [](const std::string& fields) {
        const auto pack = with_fields(fields);
        return !pack && pack.error().code == Errc::malformed_pack;
    };
    CHECK(refused(name_field + "," + name_field));
    CHECK(refused(
        R"({"n": 1, "label": "a", "kind": "text", "required": "R"}, {"n": 1, "label": "b", "kind": "text", "required": "R"})"));
    CHECK(refused(R"({"n": 25, "label": "a", "kind": "text", "required": "R"})"));
    CHECK(refused(R"({"label": "a", "kind": "text", "required": "R"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "code", "required": "R"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "text", "codes": [{"text": "x"}], "required": "R"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "image", "carried": "value", "required": "O"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "date", "carried": "digest", "required": "O"})"));
    CHECK(refused(
        R"({"n": 1, "label": "a", "kind": "text", "required": "R", "derive": "field:b"}, {"n": 2, "label": "b", "kind": "text", "required": "R"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "text", "required": "R", "derive": "moon"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "text", "required": "R", "colour": "red"})"));
    CHECK(refused(R"({"n": 1, "label": "a", "kind": "song", "required": "R"})"));
    CHECK(refused(""));
}

TEST_CASE("A pack of a later format is named as such") {
    auto text = small;
    text.replace(text.find("elic type pack 0"), 16, "elic type pack 7");
    text.replace(text.find("FIELDS"), 6, name_field);
    CHECK(read_type_pack(as_bytes(text)).error().code == Errc::newer_format);
}

TEST_CASE("A folder of packs is read without rebuilding anything") {
    const auto folder = std::filesystem::temp_directory_path() / ("elic-packs-" + std::to_string(::getpid()));
    REQUIRE(make_folders(folder / "11100000MB0143028R999"));
    auto text = small;
    text.replace(text.find("FIELDS"), 6, name_field);
    REQUIRE(write_file_durably(folder / "11100000MB0143028R999/1.json", as_bytes(text)));
    REQUIRE(write_file_durably(folder / "11100000MB0143028R999/2.json", as_bytes(text)));
    const auto packs = TypePacks::in_folder(folder);
    const auto code = LicenseTypeCode::parse("11100000MB0143028R999").value();
    CHECK(packs.list().size() == 2);
    CHECK(packs.load(code, 1).value()->name == "示例证");
    CHECK(packs.load(code, 2).error().code == Errc::malformed_pack);  // it says version 1
    CHECK(packs.load(code, 3).error().code == Errc::unknown_type);
    std::filesystem::remove_all(folder);
}

TEST_CASE("Fields of a draft take the form the face shows") {
    const auto pack =
        with_fields(R"({"n": 1, "label": "价格", "kind": "decimal", "scale": 2, "unit": "万元", "required": "R"},
        {"n": 2, "label": "日期", "kind": "date", "required": "R"}, {"n": 3, "label": "类", "kind": "code", "codes": [{"code": "A", "text": "甲（一）"}], "required": "R"},
        {"n": 4, "label": "范围", "kind": "codes", "codes": [{"text": "一"}, {"text": "二"}], "required": "R"}, {"n": 5, "label": "工期", "kind": "whole", "unit": "天", "required": "R"})")
            .value();
    const auto normal = [&](const char* field, const char* text) {
        return normalise_field(*pack.field_named(field), text).value_or("refused");
    };
    CHECK(normal("价格", "12865.4") == "12865.40万元");
    CHECK(normal("价格", "12865.40万元") == "12865.40万元");
    CHECK(normal("价格", "12865.405") == "refused");
    CHECK(normal("价格", "-1") == "refused");
    CHECK(normal("日期", "2026年3月1日") == "2026-03-01");
    CHECK(normal("日期", "长期") == "refused");
    CHECK(normal("类", "A") == "甲（一）");
    CHECK(normal("类", "甲(一)") == "甲（一）");
    CHECK(normal("类", "乙") == "refused");
    CHECK(normal("范围", "二、一") == "一、二");
    CHECK(normal("工期", "540") == "540天");
    CHECK(normal("工期", "0540") == "refused");
    CHECK_FALSE(lint_type_pack(pack).empty());
}
