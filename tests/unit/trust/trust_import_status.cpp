#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

TEST_CASE("A status list and its deltas are taken in, in order, and read as one") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto full = ImportWorld::list_file(ImportWorld::status(province(), 1), w.world.office);
    const auto second = ImportWorld::delta_file(province(), 2, full, w.world.office);
    const auto third = ImportWorld::delta_file(province(), 3, second, w.world.office);
    CHECK(w.refusal({second}).code == Errc::not_found);
    REQUIRE(w.take({second, full}));
    CHECK(w.open().status(province(), 1).value().list.number == 2);
    CHECK(w.open().status(province(), 2).error().code == Errc::not_found);
    REQUIRE(w.take({third}));
    const auto status = w.open().status(province(), 1).value();
    CHECK(status.list.number == 3);
    CHECK(status.list.allotted == 13);
    CHECK(status.files.size() == 3);
    CHECK(w.open().status_lists().value() == std::vector<std::pair<Uscc, std::uint64_t>>{{province(), 1}});
    CHECK_FALSE(w.take({full, second, third}).value().changed);
}

TEST_CASE("A delta that does not go on from what is there is refused") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto full = ImportWorld::list_file(ImportWorld::status(province(), 1), w.world.office);
    const auto second = ImportWorld::delta_file(province(), 2, full, w.world.office);
    const auto third = ImportWorld::delta_file(province(), 3, second, w.world.office);
    REQUIRE(w.take({full}));
    CHECK_THAT(w.refusal({third}).context, Catch::Contains("does not go on from"));
    CHECK(w.open().status(province(), 1).value().list.number == 1);
}

TEST_CASE("A newer full list drops what came before it; an older one is refused") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto full = ImportWorld::list_file(ImportWorld::status(province(), 1), w.world.office);
    const auto second = ImportWorld::delta_file(province(), 2, full, w.world.office);
    const auto newest = ImportWorld::list_file(ImportWorld::status(province(), 3), w.world.office);
    REQUIRE(w.take({full, second}));
    const auto report = w.take({newest}).value();
    CHECK(has_line(report, "added " + status_list_name(province(), 1, 3)));
    CHECK(has_line(report, "removed " + status_list_name(province(), 1, 1)));
    CHECK(has_line(report, "removed " + status_delta_name(province(), 1, 2)));
    CHECK(w.open().status(province(), 1).value().files.size() == 1);
    CHECK_THAT(w.refusal({full}).context, Catch::Contains("older than what is there"));
    CHECK_THAT(w.refusal({second}).context, Catch::Contains("older than what is there"));
    auto other = ImportWorld::status(province(), 3);
    other.allotted = 99;
    CHECK_THAT(w.refusal({ImportWorld::list_file(other, w.world.office)}).context,
               Catch::Contains("another status list of number 3"));
}

TEST_CASE("A status list is signed by the issuer, by one above it or by its successor; a stranger's is refused") {
    ImportWorld w;
    w.world.other_body().certificates[0].kinds = kinds_of(every_kind);
    REQUIRE(w.build());
    REQUIRE(w.take({w.city_file(), w.county_file()}));
    const auto list = ImportWorld::status(county(), 1);
    CHECK(w.refusal({ImportWorld::list_file(list, w.world.other)}).code == Errc::not_found);
    CHECK(w.refusal({ImportWorld::list_file(ImportWorld::status(city(), 1), w.county_key)}).code == Errc::not_found);
    SECTION("itself") { CHECK(w.take({ImportWorld::list_file(list, w.county_key)})); }
    SECTION("its parent") { CHECK(w.take({ImportWorld::list_file(list, w.city_key)})); }
    SECTION("its grandparent") { CHECK(w.take({ImportWorld::list_file(list, w.world.office)})); }
    SECTION("its successor") {
        auto gone = body_of(county(), w.county_key.certificate);
        gone.successor = Successor{.code = stranger(), .from = on("2026-11-01")};
        REQUIRE(w.take({w.delegation(city(), w.city_key, gone, w.county_key.certificate, 2)}));
        CHECK(w.take({ImportWorld::list_file(list, w.world.other)}));
    }
}

TEST_CASE("A status list by a certificate that may make none is refused") {
    ImportWorld w;
    w.world.body().certificates[0].kinds = kinds_of({SignatureKind::payload});
    REQUIRE(w.build());
    const auto file = ImportWorld::list_file(ImportWorld::status(province(), 1), w.world.office);
    CHECK(w.refusal({file}).code == Errc::not_found);
}

TEST_CASE("A status list that is damaged is an error of its own and is mended by the next") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto full = ImportWorld::list_file(ImportWorld::status(province(), 1), w.world.office);
    const auto second = ImportWorld::delta_file(province(), 2, full, w.world.office);
    REQUIRE(w.take({full, second}));
    w.damage(status_list_name(province(), 1, 1));
    CHECK(w.open().status(province(), 1).error().code == Errc::malformed_trust);
    CHECK(w.open().bodies(province()).value().size() == 1);
    REQUIRE(w.take({ImportWorld::list_file(ImportWorld::status(province(), 3), w.world.office)}));
    CHECK(w.open().status(province(), 1).value().list.number == 3);
}

TEST_CASE("Lists of genuine issues stand beside each other; a stranger's is refused, a damaged one passed over") {
    ImportWorld w;
    w.world.other_body().certificates[0].kinds = kinds_of(every_kind);
    REQUIRE(w.build());
    const auto file = ImportWorld::genuine_file(province(), w.world.office);
    REQUIRE(w.take({file, ImportWorld::genuine_file(stranger(), w.world.other)}));
    CHECK(w.refusal({ImportWorld::genuine_file(province(), w.world.other)}).code == Errc::not_found);
    CHECK(w.open().genuine_issuers().value().size() == 2);
    REQUIRE(w.open().genuine_lists(province()).value().size() == 1);
    CHECK(w.open().genuine_lists(province()).value()[0].list.holds(sm3(as_bytes("one"))));
    w.damage(genuine_name(province(), sm3(file)));
    const auto trust = w.open();
    CHECK(trust.genuine_lists(province()).value().empty());
    CHECK(trust.passed_over().size() == 1);
    CHECK(trust.genuine_lists(stranger()).value().size() == 1);
}
