#include "trust/status_sets.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

using namespace elic;

namespace {

std::vector<std::uint64_t> random_set(std::mt19937& random, std::uint64_t n, double part) {
    std::vector<std::uint64_t> places;
    std::bernoulli_distribution marked(part);
    for (std::uint64_t i = 0; i < n; ++i) {
        if (marked(random)) places.push_back(i);
    }
    return places;
}

std::size_t set_bytes(std::uint64_t n, const std::vector<std::uint64_t>& places) {
    BitWriter out;
    write_set(out, n, places);
    const auto bytes = out.finish();
    BitReader in(bytes);
    std::vector<std::uint64_t> read;
    REQUIRE(read_set(in, n, places.size(), read));
    REQUIRE(in.finish());
    REQUIRE(read == places);
    return bytes.size();
}

double entropy_bits(double part) { return -part * std::log2(part) - (1 - part) * std::log2(1 - part); }

}  // namespace

TEST_CASE("The divisor is the one whose code is shortest") {
    CHECK(golomb_divisor(100, 100) == 1);
    CHECK(golomb_divisor(100, 38) == 1);
    CHECK(golomb_divisor(100, 37) == 2);
    CHECK(golomb_divisor(10000000, 100000) == 69);
    CHECK(golomb_divisor(std::uint64_t{1} << 40, 1) == 762161469253);
}

TEST_CASE("A set of scattered places comes within 5 percent of its entropy, whatever its part") {
    std::mt19937 random(1);
    for (const double part : {0.0005, 0.003, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.36, 0.38, 0.4, 0.45, 0.5}) {
        constexpr std::uint64_t n = 400000;
        const auto places = random_set(random, n, part);
        const auto actual = static_cast<double>(places.size()) / n;
        INFO(part);
        CHECK(8.0 * static_cast<double>(set_bytes(n, places)) < 1.05 * entropy_bits(actual) * n + 8);
    }
}

TEST_CASE("Sets at their edges come back") {
    CHECK(set_bytes(10, {}) == 0);
    CHECK(set_bytes(1, {0}) == 1);
    CHECK(set_bytes(8, {0, 1, 2, 3, 4, 5, 6, 7}) == 1);
    CHECK(set_bytes(8, {7}) <= 1);
    set_bytes(std::uint64_t{1} << 40, {0});
    set_bytes(std::uint64_t{1} << 40, {(std::uint64_t{1} << 40) - 1});
    set_bytes(std::uint64_t{1} << 32, {0, 1, 2, (std::uint64_t{1} << 32) - 1});
}

TEST_CASE("A set that does not lie inside, or needs more bits than there are, is refused") {
    std::vector<std::uint64_t> places;
    const Bytes ones{0xff};
    BitReader more(ones);
    CHECK_FALSE(read_set(more, 100, 9, places));
    CHECK(places.capacity() == 0);
    BitReader outside(ones);
    CHECK_FALSE(read_set(outside, 4, 5, places));
    const Bytes far{0b00010000};
    BitReader beyond(far);
    CHECK_FALSE(read_set(beyond, 3, 2, places));  // divisor 1: the place 3 of 0..2
    const Bytes remainder{0b11110000};
    BitReader late(remainder);
    CHECK(golomb_divisor(5, 1) == 3);
    CHECK(read_set(late, 5, 1, places));  // 1, then 11: quotient 0, remainder 2
    CHECK(places == std::vector<std::uint64_t>{2});
    const Bytes second{0b01110000};
    BitReader last(second);
    CHECK_FALSE(read_set(last, 5, 1, places));  // 3 + 2 = 5
}

TEST_CASE("A row of symbols comes back and comes near its entropy") {
    std::mt19937 random(2);
    for (const std::uint32_t alphabet : {1U, 2U, 3U, 7U, 8U, 100U}) {
        for (const double skew : {0.3, 0.7, 1.0}) {
            std::vector<std::uint32_t> symbols(20000);
            std::vector<double> counts(alphabet);
            for (auto& symbol : symbols) {
                symbol = 0;
                while (symbol + 1 < alphabet && std::uniform_real_distribution<>()(random) > skew / alphabet * 3)
                    ++symbol;
                ++counts[symbol];
            }
            BitWriter out;
            write_row(out, symbols, alphabet, 0);
            const auto bytes = out.finish();
            std::vector<std::uint32_t> read(symbols.size());
            BitReader in(bytes);
            REQUIRE(read_row(in, read, alphabet, 0));
            CHECK(in.finish());
            CHECK(read == symbols);
            double entropy = 0;
            for (const double count : counts) {
                if (count > 0) entropy -= count * std::log2(count / static_cast<double>(symbols.size()));
            }
            CHECK(8.0 * static_cast<double>(bytes.size()) < 1.05 * entropy + 16.0 * alphabet);
        }
    }
}

TEST_CASE("A row in which each symbol occurs spends nothing on how often") {
    BitWriter out;
    write_row(out, {0}, 1, 1);
    CHECK(out.finish().empty());
    std::vector<std::uint32_t> symbols = {3, 0, 2, 1};
    write_row(out, symbols, 4, 1);
    const auto bytes = out.finish();
    CHECK(bytes.size() == 1);
    std::vector<std::uint32_t> read(4);
    BitReader in(bytes);
    CHECK(read_row(in, read, 4, 1));
    CHECK(read == symbols);
}

TEST_CASE("An all-equal row of any length takes a few bits and is refused when they lack") {
    BitWriter out;
    write_row(out, std::vector<std::uint32_t>(1000000, 2), 7, 0);
    const auto bytes = out.finish();
    CHECK(bytes.size() <= 10);
    std::vector<std::uint32_t> read(1000000);
    BitReader in(bytes);
    CHECK(read_row(in, read, 7, 0));
    CHECK(std::count(read.begin(), read.end(), 2U) == 1000000);
    BitReader cut(BytesView(bytes).first(2));
    CHECK_FALSE(read_row(cut, read, 7, 0));
}
