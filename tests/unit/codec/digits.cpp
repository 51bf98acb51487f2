#include "codec/digits.h"

#include <catch2/catch.hpp>

using namespace elic;

TEST_CASE("Digits hold blocks of 7 bytes in 17 digits, tails in fewer") {
    CHECK(digits_from_bytes({}).empty());
    CHECK(digits_from_bytes(Bytes{0xff}) == "255");
    CHECK(digits_from_bytes(Bytes{0xff, 0xff}) == "65535");
    CHECK(digits_from_bytes(Bytes{0, 0, 1}) == "00000001");
    CHECK(digits_from_bytes(Bytes(4, 0xff)) == "4294967295");
    CHECK(digits_from_bytes(Bytes(5, 0xff)) == "1099511627775");
    CHECK(digits_from_bytes(Bytes(6, 0xff)) == "281474976710655");
    CHECK(digits_from_bytes(Bytes(7, 0xff)) == "72057594037927935");
    CHECK(digits_from_bytes(Bytes{1, 0, 0, 0, 0, 0, 0, 9}) == "00281474976710656009");
}

TEST_CASE("Digits give back bytes of every length") {
    Bytes bytes;
    for (int size = 0; size < 60; ++size) {
        const auto again = bytes_from_digits(digits_from_bytes(bytes));
        REQUIRE(again);
        CHECK(*again == bytes);
        bytes.push_back(static_cast<std::uint8_t>(size * 37 + 200));
    }
}

TEST_CASE("Digits over the range of their block are refused at the block") {
    for (const char* text : {"256", "999", "65536", "16777216", "4294967296", "1099511627776", "281474976710656",
                             "72057594037927936", "99999999999999999"}) {
        INFO(text);
        const auto refused = bytes_from_digits(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error() == Error{Errc::malformed_digits, "offset 0: a block is over its range"});
    }
    CHECK(bytes_from_digits("00000000000000000256").error().context == "offset 17: a block is over its range");
}

TEST_CASE("Digits of an impossible length are refused") {
    std::size_t possible = 0;
    for (std::size_t size = 0; size <= 34; ++size) {
        const auto bytes = bytes_from_digits(std::string(size, '0'));
        if (bytes) {
            ++possible;
            CHECK(digits_from_bytes(*bytes) == std::string(size, '0'));
        } else {
            CHECK(bytes.error().code == Errc::malformed_digits);
        }
    }
    CHECK(possible == 15);  // 0 to 14 bytes
    CHECK(bytes_from_digits(std::string(18, '0')).error().context.starts_with("offset 17: "));
}

TEST_CASE("Digits refuse other characters at their offset") {
    CHECK(bytes_from_digits("12a").error() == Error{Errc::malformed_digits, "offset 2: a decimal digit is expected"});
    for (const char* text : {"-12", "+12", " 12", "1\n2", "１", "12 "}) CHECK_FALSE(bytes_from_digits(text));
}
