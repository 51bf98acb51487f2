#include "trust/folder_names.h"
#include "unit/trust/import_world.h"
#include "unit/trust/unlistable_folder.h"
#include "unit/trust/unreadable_body.h"

using namespace elic;

// What the state of the whole folder has to do with an import or an export.

TEST_CASE("While a list has a body that does not read nobody knows what it names: only what is there comes in") {
    ImportWorld w;
    w.world.source.pack_files.pop_back();
    REQUIRE(w.build());
    REQUIRE(w.take({w.city_file()}));
    const auto name = list_name(w.world.ca.certificate.fingerprint());
    w.put(name, list_with_unreadable_body(w.world));
    const auto masked = Bytes(masked_pack_json.begin(), masked_pack_json.end());
    for (const auto& file : {w.city_key.certificate.der(), masked, w.county_file()}) {
        const auto before = w.contents();
        const auto report = w.take({file});
        REQUIRE_FALSE(report);
        CHECK(report.error().code == Errc::malformed_trust);
        CHECK_THAT(report.error().context, Catch::StartsWith(name + ": "));
        CHECK(w.contents() == before);
    }
    CHECK_FALSE(w.take({w.city_file()}).has_value());  // another signature: a file that is new
    const auto same = read_file(w.file(delegation_name(province(), city())), 1 << 20).value();
    const auto report = w.take({same});
    REQUIRE(report);
    CHECK_FALSE(report->changed);
    CHECK(report->lines == std::vector<std::string>{"unchanged " + delegation_name(province(), city())});
}

TEST_CASE("An import of nothing is refused by an empty folder and changes no other") {
    ImportWorld w;
    const auto empty = w.take({});
    REQUIRE_FALSE(empty);
    CHECK(empty.error().code == Errc::not_found);
    CHECK_THAT(empty.error().context, Catch::Contains("there is no trust list here yet"));
    CHECK_FALSE(file_exists(w.path()));
    REQUIRE(w.build());
    const auto report = w.take({}).value();
    CHECK_FALSE(report.changed);
    CHECK(report.version == "000001");
    CHECK(report.lines.empty());
}

TEST_CASE("Nothing is taken into a folder whose versions cannot be listed or that has no number left") {
    ImportWorld w;
    make_unlistable(w.folder / "other/versions");
    const auto unlisted = import_into_trust_folder({{"city", w.city_file()}}, w.folder / "other");
    REQUIRE_FALSE(unlisted);
    CHECK(unlisted.error().code == Errc::io);
    CHECK_THAT(unlisted.error().context, Catch::Contains("versions: cannot be listed"));
    REQUIRE(w.build());
    std::filesystem::rename(w.path() / "versions/000001", w.path() / "versions/999999");
    const auto last = w.take({w.city_file()});
    REQUIRE_FALSE(last);
    CHECK(last.error().code == Errc::limit_exceeded);
    CHECK_THAT(last.error().context, Catch::Contains("no version number is left"));
}

TEST_CASE("A folder is exported whole or not at all") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto refused = [&] {
        const auto bundle = export_trust_folder(w.path(), nullptr, nullptr);
        REQUIRE_FALSE(bundle);
        return bundle.error();
    };
    SECTION("without a list") {
        std::filesystem::remove_all(w.file("lists"));
        CHECK(refused().code == Errc::not_found);
        CHECK_THAT(refused().context, Catch::Contains("holds no trust list"));
    }
    SECTION("with a part that cannot be listed") {
        make_unlistable(w.file("genuine"));
        CHECK(refused().code == Errc::io);
        CHECK_THAT(refused().context, Catch::Contains("genuine: cannot be listed"));
    }
    SECTION("with a file that cannot be read") {
        const auto name = certificate_name(w.world.office.certificate.fingerprint());
        w.block(name);
        CHECK(refused().code == Errc::io);
        CHECK_THAT(refused().context, Catch::Contains(name));
    }
}
