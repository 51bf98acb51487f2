#include "elic/packs/type_packs.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <unistd.h>

#include "base/file.h"
#include "unit/packs/small_pack.h"

using namespace elic;

namespace {

const auto sample = LicenseTypeCode::parse("11100000MB0143028R999").value();

/// A folder of packs that goes away with the test.
struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("elic-type-packs-" + std::to_string(::getpid()));
    Folder() { std::filesystem::remove_all(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    void put(const std::string& name, const std::string& text) const {
        REQUIRE(make_folders((path / name).parent_path()));
        REQUIRE(write_file_durably(path / name, as_bytes(text)));
    }
};

}  // namespace

TEST_CASE("A folder that is not there holds no packs") {
    const auto packs = TypePacks::in_folder(Folder().path / "none");
    CHECK(packs.list().empty());
    CHECK(packs.load(sample, 1).error().code == Errc::unknown_type);
    CHECK(packs.load_newest(sample).error().code == Errc::unknown_type);
    CHECK(packs.file(sample, 1).error().code == Errc::unknown_type);
}

TEST_CASE("Files out of place are left out of the list, and packs come by code and version") {
    Folder folder;
    const auto base = sample.text() + "/";
    folder.put(base + "10.json", small_pack_text("\"version\": 1", "\"version\": 10"));
    folder.put(base + "9.json", small_pack_text("\"version\": 1", "\"version\": 9"));
    for (const char* name : {"01.json", "0.json", "-1.json", "a.json", "1.txt", "deeper/1.json", "99999999999.json"})
        folder.put(base + name, small_pack_text());
    folder.put("somewhere/1.json", small_pack_text());
    folder.put("1.json", small_pack_text());
    const auto packs = TypePacks::in_folder(folder.path);
    REQUIRE(packs.list().size() == 2);
    CHECK(packs.list().front().version == 9);
    CHECK(packs.load_newest(sample).value()->version == 10);
    CHECK(as_text(packs.file(sample, 9).value()) == small_pack_text("\"version\": 1", "\"version\": 9"));
}

TEST_CASE("A pack is read once and kept") {
    Folder folder;
    folder.put(sample.text() + "/1.json", small_pack_text());
    const auto packs = TypePacks::in_folder(folder.path);
    const auto first = packs.load(sample, 1).value();
    const auto copy = packs;
    CHECK(copy.load(sample, 1).value() == first);
}

TEST_CASE("A pack file over its limit or not a pack is refused") {
    Folder folder;
    folder.put(sample.text() + "/1.json", small_pack_text("invented", std::string((1 << 20) + 1, 'x')));
    folder.put(sample.text() + "/2.json", "[]");
    const auto packs = TypePacks::in_folder(folder.path);
    CHECK(packs.load(sample, 1).error().code == Errc::limit_exceeded);
    CHECK(packs.load(sample, 2).error().code == Errc::malformed_pack);
}
