#include "elic/license/citizen_id.h"

#include <catch2/catch.hpp>
#include <random>

using namespace elic;

// Example printed in GB 11643-1999
TEST_CASE("CitizenId takes a number apart") {
    const auto id = CitizenId::parse("11010519491231002X");
    REQUIRE(id);
    CHECK(id->area() == "110105");
    CHECK(id->birth_date().format() == "1949-12-31");
    CHECK_FALSE(id->male());
    // Invented: division 430199 was never assigned
    CHECK(CitizenId::parse("430199198502280019")->male());
}

TEST_CASE("CitizenId says what is wrong and never shows the number") {
    const auto error_of = [](const char* text) { return CitizenId::parse(text).error().context; };
    CHECK(error_of("110105194912310021") == "a citizen number: the check character is wrong, expected X");
    CHECK(error_of("11010519491231002x") == "a citizen number: the X at the end is written in upper case");
    CHECK(error_of("110105194902300025") == "a citizen number: characters 7 to 14 are no date of birth");
    CHECK(error_of("1101O519491231002X") == "a citizen number: character 5 is no digit");
    CHECK(error_of("110105194912310") == "a citizen number has 18 characters");
}

TEST_CASE("CitizenId refuses every change of one character") {
    for (const std::string right : {"11010519491231002X", "430199198502280019"}) {
        for (std::size_t i = 0; i < right.size(); ++i) {
            for (int c = 0; c < 256; ++c) {
                auto changed = right;
                changed[i] = static_cast<char>(c);
                CHECK((changed == right || !CitizenId::parse(changed)));
            }
        }
    }
}

TEST_CASE("Every packed form that unpacks is the packed form of one citizen number") {
    std::mt19937_64 random(2);
    int unpacked = 0;
    for (int i = 0; i < 20000; ++i) {
        std::array<std::uint8_t, 6> bytes{};
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        const auto id = CitizenId::from_packed(bytes);
        if (!id) continue;
        ++unpacked;
        REQUIRE(id->packs());
        REQUIRE(id->packed() == bytes);
        REQUIRE(CitizenId::parse(id->text()));
    }
    CHECK(unpacked > 2000);
}

TEST_CASE("Births until 2079-06-06 pack, later ones do not") {
    const auto born = [](const std::string& day) {
        for (const char c : std::string("0123456789X")) {
            if (auto id = CitizenId::parse("430199" + day + "001" + c)) return *id;
        }
        FAIL("no check character fits");
        std::abort();
    };
    CHECK(born("20790606").packs());
    CHECK(CitizenId::from_packed(born("20790606").packed())->text() == born("20790606").text());
    CHECK(CitizenId::from_packed(born("19000101").packed())->text() == born("19000101").text());
    CHECK_FALSE(born("20790607").packs());
}
