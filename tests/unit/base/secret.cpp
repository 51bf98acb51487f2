#include "base/secret.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <type_traits>

using namespace elic;

TEST_CASE("wipe zeroes memory and accepts nothing") {
    Bytes bytes(100, 0xaa);
    wipe(bytes.data(), bytes.size());
    CHECK(std::count(bytes.begin(), bytes.end(), 0) == 100);
    wipe(nullptr, 0);
}

TEST_CASE("Secret moves its bytes and leaves nothing behind") {
    static_assert(!std::is_copy_constructible_v<Secret> && !std::is_copy_assignable_v<Secret>);
    Secret first(std::string_view("open sesame"));
    CHECK(as_text(first.view()) == "open sesame");
    Secret second(std::move(first));
    CHECK(first.empty());  // NOLINT(bugprone-use-after-move): that is the contract
    Secret third;
    third = std::move(second);
    CHECK(second.empty());  // NOLINT(bugprone-use-after-move)
    CHECK(as_text(third.view()) == "open sesame");
}
