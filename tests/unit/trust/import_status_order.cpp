#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

struct StatusImport : ImportWorld {
    StatusImport() { REQUIRE(build()); }
    Bytes list(std::uint64_t number) { return list_file(status(province(), number), world.office); }
    Bytes delta(std::uint64_t number, const Bytes& before) {
        return delta_file(province(), number, before, world.office);
    }
    std::uint64_t number() const { return open().status(province(), 1).value().list.number; }
};

}  // namespace

TEST_CASE("Deltas go on in the order of their numbers, 10 after 9") {
    StatusImport w;
    const auto full = w.list(8);
    const auto ninth = w.delta(9, full);
    const auto tenth = w.delta(10, ninth);
    REQUIRE(w.take({full, ninth, tenth}));
    REQUIRE(w.take({w.delta(11, tenth)}));
    CHECK(w.number() == 11);
}

TEST_CASE("Deltas up to the full list that stands in the folder do not count") {
    StatusImport w;
    const auto full = w.list(3);
    REQUIRE(w.take({full}));
    for (const std::uint64_t stale : {2, 3}) w.put(status_delta_name(province(), 1, stale), w.delta(stale, full));
    REQUIRE(w.take({w.delta(4, full)}));
    CHECK(w.number() == 4);
}

TEST_CASE("Where a file of a status list cannot be read no delta goes on from it, and a full list mends it") {
    StatusImport w;
    const auto full = w.list(1);
    const auto second = w.delta(2, full);
    REQUIRE(w.take({full, second}));
    w.block(status_delta_name(province(), 1, 2));
    const auto refused = w.refusal({w.delta(3, second)});
    CHECK(refused.code == Errc::not_found);
    CHECK_THAT(refused.context, Catch::Contains("the status list that this delta goes on from is not here"));
    REQUIRE(w.take({w.list(3)}));
    CHECK(w.number() == 3);
}

TEST_CASE("A delta that does not fit the list that it goes on from is refused") {
    StatusImport w;
    auto content = ImportWorld::status(province(), 1);
    content.allotted = 13;
    const auto full = ImportWorld::list_file(content, w.world.office);
    REQUIRE(w.take({full}));
    const auto refused = w.refusal({w.delta(2, full)});  // it has 12
    CHECK(refused.code == Errc::malformed_trust);
    CHECK_THAT(refused.context, Catch::Contains("the delta has fewer"));
    CHECK(w.number() == 1);
    CHECK(w.take({w.delta(3, full)}));  // it has 13
}

TEST_CASE("Of two status lists of one number the one that comes first is taken, and the second refused by its name") {
    StatusImport w;
    auto other = ImportWorld::status(province(), 1);
    other.allotted = 99;
    const auto refused = w.refusal({w.list(1), ImportWorld::list_file(other, w.world.office)});
    CHECK(refused.code == Errc::malformed_trust);
    CHECK_THAT(refused.context, Catch::StartsWith("file 2: another status list of number 1"));
}
