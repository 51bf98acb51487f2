#include "verify/detail.h"

#include <catch2/catch.hpp>

#include "base/text.h"

using namespace elic;

TEST_CASE("A detail is one line and not long") {
    CHECK(detail_of("CN=示例") == "CN=示例");
    CHECK(detail_of("a\nb").find('\n') == std::string::npos);
    CHECK(detail_of(std::string(400, 'x')) == std::string(400, 'x'));
    CHECK(detail_of(std::string(401, 'x')) == std::string(400, 'x') + "...");
    CHECK(detail_of(std::string(100000, 'x')) == std::string(400, 'x') + "...");
}

TEST_CASE("A long detail is not cut inside a character") {
    std::string text = "x";
    for (int i = 0; i < 1000; ++i) text += "证";
    const auto detail = detail_of(text);
    CHECK(detail.size() <= 403);
    CHECK_FALSE(find_text_fault(detail));
}
