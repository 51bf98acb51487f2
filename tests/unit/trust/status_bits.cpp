#include "trust/status_bits.h"

#include <catch2/catch.hpp>

using namespace elic;

TEST_CASE("Bits stand with the most significant first, and the last byte is filled up with zeros") {
    BitWriter out;
    out.bits(0b101, 3);
    out.unary(2);
    out.bits(0x7ff, 11);
    CHECK(out.finish() == Bytes{0b10100111, 0b11111111, 0b10000000});
    CHECK(BitWriter().finish().empty());
}

TEST_CASE("A value among so many choices takes the floor or the ceiling of the logarithm") {
    for (const std::uint64_t choices : {1, 2, 3, 5, 8, 69, 1000}) {
        BitWriter out;
        for (std::uint64_t value = 0; value < choices; ++value) out.uniform(value, choices);
        const auto bytes = out.finish();
        BitReader in(bytes);
        for (std::uint64_t value = 0; value < choices; ++value) CHECK(in.uniform(choices) == value);
        CHECK(in.finish());
    }
    BitWriter out;
    for (const std::uint64_t value : {0, 1, 2, 3, 4}) out.uniform(value, 5);  // 00 01 10 110 111
    CHECK(out.finish() == Bytes{0b00011011, 0b01110000});
}

TEST_CASE("Unary and gamma numbers come back, long ones too") {
    BitWriter out;
    for (const std::uint64_t value : {0, 1, 7, 55, 56, 57, 111, 112, 113, 1000}) out.unary(value);
    for (const std::uint64_t value : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{77}, std::uint64_t{1} << 48}) {
        out.gamma(value);
    }
    const auto bytes = out.finish();
    BitReader in(bytes);
    for (const std::uint64_t value : {0, 1, 7, 55, 56, 57, 111, 112, 113, 1000}) CHECK(in.unary(1000) == value);
    for (const std::uint64_t value : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{77}, std::uint64_t{1} << 48}) {
        CHECK(in.gamma() == value);
    }
    CHECK(in.finish());
}

TEST_CASE("What is not there, or more than may be, is a fault that stays") {
    const Bytes bytes{0x00, 0x01};
    SECTION("more bits than there are") {
        BitReader in(bytes);
        CHECK(in.bits(16) == 1);
        CHECK(in.good());
        CHECK(in.bits(1) == 0);
        CHECK_FALSE(in.good());
        CHECK_FALSE(in.finish());
    }
    SECTION("a number in unary above its bound") {
        BitReader in(bytes);
        CHECK(in.unary(14) == 0);
        CHECK_FALSE(in.good());
        BitReader again(bytes);
        CHECK(again.unary(15) == 15);
        CHECK(again.finish());
    }
    SECTION("a number in unary without an end") {
        const Bytes zeros(20, 0);
        BitReader in(zeros);
        CHECK(in.unary(100000) == 0);
        CHECK_FALSE(in.good());
    }
    SECTION("a gamma number with more bits than can be") {
        const Bytes wide{0, 0, 0, 0, 0, 0, 0x40, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
        BitReader in(wide);
        CHECK(in.gamma() == 1);
        CHECK_FALSE(in.good());
    }
}

TEST_CASE("The end is fewer than eight bits, all zero") {
    const Bytes bytes{0b10000001};
    BitReader in(bytes);
    CHECK_FALSE(BitReader(in).finish());  // eight are left
    CHECK(in.bits(1) == 1);
    CHECK_FALSE(BitReader(in).finish());  // the last is a one
    CHECK(in.bits(7) == 1);
    CHECK(in.finish());
}

TEST_CASE("A whole byte that is left is no end, zeros though it be") {
    const Bytes bytes{0, 0};
    BitReader in(bytes);
    CHECK(in.bits(8) == 0);
    CHECK_FALSE(BitReader(in).finish());
    CHECK(in.bits(1) == 0);
    CHECK(in.finish());
}

TEST_CASE("No more than 56 bits are read at once") {
    const Bytes bytes(16, 0xff);
    BitReader in(bytes);
    CHECK(in.bits(56) == 0xffffffffffffff);
    CHECK(in.good());
    CHECK(in.bits(57) == 0);
    CHECK_FALSE(in.good());
}

TEST_CASE("A Golomb number whose remainder wants a bit behind the end is a fault") {
    const Golomb by_three(3);  // remainders 0, 10 and 11
    const Bytes cut{0b00000011};
    BitReader in(cut);
    in.golomb(by_three, 100);
    CHECK_FALSE(in.good());
    const Bytes whole{0b00000110};
    BitReader again(whole);
    CHECK(again.golomb(by_three, 100) == 5 * 3 + 1);
    CHECK(again.good());
}

TEST_CASE("A Golomb number has at most the quotient that is said, however many bits follow") {
    const Bytes bytes{0b00100000, 0, 0, 0, 0, 0, 0, 0};
    for (const std::uint64_t divisor : {1, 3, 4}) {
        CAPTURE(divisor);
        BitReader in(bytes);
        CHECK(in.golomb(Golomb(divisor), 2) == 2 * divisor);
        CHECK(in.good());
        BitReader less(bytes);
        CHECK(less.golomb(Golomb(divisor), 1) == 0);
        CHECK_FALSE(less.good());
    }
}
