#include <algorithm>
#include <catch2/catch.hpp>

#include "base/process.h"

using namespace elic;

TEST_CASE("fill_random fills all of it, differently each time") {
    Bytes first(1000);
    Bytes second(1000);
    REQUIRE(fill_random(first));
    REQUIRE(fill_random(second));
    CHECK(first != second);
    CHECK(std::count(first.begin(), first.end(), 0) < 100);
    CHECK(std::count(first.end() - 8, first.end(), 0) < 8);
    CHECK(fill_random({}));
}
