#include <catch2/catch.hpp>

#include "base/hex.h"
#include "elic/trust/trust_list.h"
#include "vectors/vector_support.h"

using namespace elic;

namespace {

const std::vector<std::string> known_keys = {"comment", "expect", "signer", "meaning"};

std::string outcome(const test::Vector& vector) {
    const auto list = TrustList::open(from_hex(vector.body).value());
    if (!list)
        return list.error().code == Errc::newer_format      ? "newer"
               : list.error().code == Errc::malformed_trust ? "malformed"
                                                            : "other";
    return list->content() ? "ok" : "malformed";
}

}  // namespace

TEST_CASE("Every trust list vector is read as it says") {
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/vectors/trust")) {
        const auto vector = test::read_vector(entry.path(), known_keys);
        INFO(vector.name);
        CHECK(outcome(vector) == vector.header.at("expect"));
        ++count;
    }
    CHECK(count >= 12);
}
