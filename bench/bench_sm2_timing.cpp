// Does the time that signing takes tell nonces or keys apart? One fixed number against random ones, drawn in turn by a
// coin: Welch's t over the times, as they are and with the longest left out (O. Reparaz, J. Balasch, I. Verbauwhede:
// "Dude, is my code constant time?", 2017). A |t| above 4.5 says that they differ. The arithmetic for open numbers on
// the same nonces shows what a leak looks like. What valgrind says of branches and addresses is tests/timing.
// Usage: bench_sm2_timing [SIGNATURES]
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "crypto/sm2_multiples.h"
#include "crypto/sm2_signing.h"

using namespace elic;

namespace {

struct Sample {
    bool fixed;
    double nanoseconds;
};

struct Moments {
    double count = 0, mean = 0, squares = 0;
    void add(double value) {
        ++count;
        const auto off = value - mean;
        mean += off / count;
        squares += off * (value - mean);
    }
    double error() const { return squares / (count - 1) / count; }
};

double t_of(const std::vector<Sample>& samples, double longest) {
    Moments fixed, random;
    for (const auto& sample : samples) {
        if (sample.nanoseconds <= longest) (sample.fixed ? fixed : random).add(sample.nanoseconds);
    }
    if (fixed.count < 2 || random.count < 2) return 0;
    return (fixed.mean - random.mean) / std::sqrt(fixed.error() + random.error());
}

std::mt19937_64 generator(20261127);  // NOLINT: the same numbers in every run

Words scalar() {
    for (;;) {
        const Words words = {generator(), generator(), generator(), generator()};
        if (less(words, sm2::group_order) && !is_zero(words)) return words;
    }
}

volatile std::uint64_t sink = 0;  // NOLINT: so that nothing is left out

/// `prepare` gets the number that is fixed or random; what it gives is timed.
void compare(const char* what, std::size_t count, const Words& fixed,
             const std::function<std::function<std::uint64_t()>(const Words&)>& prepare) {
    std::vector<Sample> samples;
    samples.reserve(count);
    for (std::size_t n = 0; n < count; ++n) {
        const bool is_fixed = (generator() & 1) != 0;
        const auto other = scalar();
        const auto operation = prepare(is_fixed ? fixed : other);
        const auto begun = std::chrono::steady_clock::now();
        sink = sink + operation();
        const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begun;
        if (n >= count / 100) samples.push_back({.fixed = is_fixed, .nanoseconds = took.count()});
    }
    std::vector<double> times;
    times.reserve(samples.size());
    for (const auto& sample : samples) times.push_back(sample.nanoseconds);
    std::sort(times.begin(), times.end());
    std::printf("%-44s median %.1f us; t", what, times[times.size() / 2] / 1e3);
    double largest = 0;
    for (const double part : {1.0, 0.999, 0.99, 0.95, 0.9, 0.75, 0.5}) {
        const auto at = static_cast<std::size_t>(part * static_cast<double>(times.size() - 1));
        const auto t = t_of(samples, times[at]);
        largest = std::max(largest, std::abs(t));
        std::printf(" %.1f", t);
    }
    std::printf("; largest %.1f%s\n", largest, largest > 4.5 ? ": they differ" : "");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200000;
    if (count < 1000) {
        std::fputs("usage: bench_sm2_timing [SIGNATURES]: a thousand at least\n", stderr);
        return 2;
    }
    const Digest e = {0x45, 0x4C, 0x49, 0x43};
    const Words one = {1, 0, 0, 0};
    const sm2::SecretKey key(to_big_endian(scalar()));
    const auto signing = [&](const Words& nonce) {
        return [&key, &e, bytes = to_big_endian(nonce)] { return key.sign(e, bytes).usable + std::uint64_t{1}; };
    };
    std::printf("all; without the longest 0.1 %%, 1 %%, 5 %%, 10 %%, 25 %%, 50 %%\n");
    compare("signing: nonce 1 against random nonces", count, one, signing);
    Words last{};
    subtract(last, sm2::group_order, one);
    compare("signing: nonce n - 1 against random nonces", count, last, signing);
    compare("signing: nonce 2^255 against random nonces", count, {0, 0, 0, 0x8000000000000000}, signing);
    compare("signing: key 1 against random keys", count / 4, one, [&](const Words& d) {
        const auto made = std::make_shared<sm2::SecretKey>(to_big_endian(d));
        return [made, &e] { return made->sign(e, to_big_endian({5, 6, 7, 8})).usable + std::uint64_t{1}; };
    });
    const sm2::Multiples<32, 7> base(sm2::base_point);
    compare("arithmetic for open numbers: 2^255, random", count / 4, {0, 0, 0, 0x8000000000000000},
            [&](const Words& nonce) {
                return [&base, nonce] { return sm2::sum_by_parts(base, nonce, base, {}).x.words()[0]; };
            });
    return 0;
}
