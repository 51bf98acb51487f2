#include "elic/license/metadata.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace elic;

// Elements that public systems require of a license: the sources of GB/T 36903 agree on them
TEST_CASE("The table of wire names has every required element, in the standard's order") {
    std::vector<std::string> initials;
    for (const auto& row : wire_names()) initials.emplace_back(row.initials);
    const std::vector<std::string> required = {"ZZMC",       "ZZLXDM",    "ZZBH",     "ZZBS",   "ZZBFJG",
                                               "ZZBFJGDM",   "ZZBFRQ",    "CZZT",     "CZZTDM", "CZZTDMLX",
                                               "CZZTDMLXDM", "ZZYXQQSRQ", "ZZYXQJZRQ"};
    REQUIRE(initials.size() >= required.size());
    CHECK(std::equal(required.begin(), required.end(), initials.begin()));
}

TEST_CASE("Every element of the table has a name of ours, an English and a Chinese one") {
    std::vector<std::string> elements;
    for (const auto& row : wire_names()) {
        CHECK_FALSE(std::string(row.element).empty());
        CHECK(std::string(row.english).starts_with("certificate"));
        CHECK_FALSE(std::string(row.chinese).empty());
        elements.emplace_back(row.element);
    }
    std::ranges::sort(elements);
    CHECK(std::ranges::adjacent_find(elements) == elements.end());
}
