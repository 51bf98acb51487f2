// The status list of 10 million licenses of which 1 % are not valid, and the delta of a day of 1,000 events: sizes
// against the entropy, times to read and to look up. Usage: bench_status
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <vector>

#include "elic/crypto/pilot_ca.h"
#include "elic/trust/signed_object.h"
#include "elic/trust/status_list.h"

#ifdef ELIC_BENCH_ZLIB
#include <zlib.h>
#endif

namespace {

using namespace elic;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t licenses = 10000000;
constexpr std::uint64_t marked = 100000;
constexpr std::uint64_t events = 1000;
constexpr int runs = 15;

struct Share {
    LicenseState state;
    double part;
};

// What an office has after some years: most were renewed or corrected.
const std::vector<Share> office_mix = {{LicenseState::replaced, 0.40},  {LicenseState::cancelled, 0.25},
                                       {LicenseState::lapsed, 0.12},    {LicenseState::revoked, 0.09},
                                       {LicenseState::suspended, 0.08}, {LicenseState::withdrawn, 0.06}};
// The hardest mix of six.
const std::vector<Share> even_mix = {{LicenseState::replaced, 1. / 6},  {LicenseState::cancelled, 1. / 6},
                                     {LicenseState::lapsed, 1. / 6},    {LicenseState::revoked, 1. / 6},
                                     {LicenseState::suspended, 1. / 6}, {LicenseState::withdrawn, 1. / 6}};
// Nearly all of one kind: where a code of whole bits for each state would be at its worst.
const std::vector<Share> skewed_mix = {{LicenseState::replaced, 0.95},  {LicenseState::cancelled, 0.01},
                                       {LicenseState::lapsed, 0.01},    {LicenseState::revoked, 0.01},
                                       {LicenseState::suspended, 0.01}, {LicenseState::withdrawn, 0.01}};

Timestamp instant(const char* text) { return Timestamp::parse(text).value(); }
Timestamp plus(Timestamp at, std::int64_t seconds) { return Timestamp::from_unix(at.unix_seconds() + seconds).value(); }

/// The file that is published: signed by a TEST key.
std::size_t signed_size(SignatureKind kind, const Bytes& content) {
    static auto ca = make_pilot_ca(instant("2026-11-01T00:00:00+08:00")).value();
    return sign_object(kind, content, ca.key, ca.certificate).value().size();
}

std::vector<std::uint64_t> random_indexes(std::mt19937_64& random, std::uint64_t count) {
    std::vector<std::uint64_t> indexes;
    while (indexes.size() < count) {
        while (indexes.size() < count + count / 50) indexes.push_back(random() % licenses);
        std::sort(indexes.begin(), indexes.end());
        indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
    }
    while (indexes.size() > count)
        indexes.erase(indexes.begin() + static_cast<std::ptrdiff_t>(random() % indexes.size()));
    return indexes;
}

LicenseState draw(std::mt19937_64& random, const std::vector<Share>& mix) {
    double left = static_cast<double>(random() >> 11) * 0x1p-53;
    for (const auto& share : mix) {
        left -= share.part;
        if (left < 0) return share.state;
    }
    return mix.back().state;
}

StatusListContent make_list(std::mt19937_64& random, const std::vector<Share>& mix) {
    StatusListContent list{.issuer = Uscc::parse("11430199MB00TX017C").value(),
                           .list = 1,
                           .number = 400,
                           .as_of = instant("2026-11-25T18:00:00+08:00"),
                           .next_update = instant("2026-12-05"),
                           .previous = Digest{1},
                           .allotted = licenses,
                           .base = instant("2026-11-25T18:00:00+08:00"),
                           .entries = {},
                           .changes = {}};
    for (const auto index : random_indexes(random, marked)) list.entries.push_back({index, draw(random, mix)});
    return list;
}

enum class When { one_day, two_days, instants };

StatusDelta make_delta(std::mt19937_64& random, const std::vector<Share>& mix, When when) {
    const auto day = instant("2026-11-26T00:00:00+08:00");
    StatusDelta delta{.issuer = Uscc::parse("11430199MB00TX017C").value(),
                      .list = 1,
                      .number = 401,
                      .as_of = plus(day, 18 * 3600),
                      .next_update = instant("2026-12-06"),
                      .previous = Digest{2},
                      .allotted = licenses,
                      .changes = {}};
    for (const auto index : random_indexes(random, events)) {
        std::int64_t seconds = 0;
        if (when == When::two_days) seconds = static_cast<std::int64_t>(random() % 2 * 86400);
        if (when == When::instants) seconds = static_cast<std::int64_t>(random() % 64800);
        delta.changes.push_back({index, plus(day, seconds), draw(random, mix)});
    }
    return delta;
}

/// Bits to tell apart all lists of this many entries, so many of them marked, with the states of the mix.
double entropy_bits(const std::vector<Share>& mix) {
    const double p = static_cast<double>(marked) / licenses;
    double bits = licenses * (-p * std::log2(p) - (1 - p) * std::log2(1 - p));
    for (const auto& share : mix) bits -= marked * share.part * std::log2(share.part);
    return bits;
}

/// Elapsed time and the processor's: on a machine that others use too they differ.
struct Stopwatch {
    Clock::time_point start = Clock::now();
    std::clock_t start_of_processor = std::clock();
};

class Times {
public:
    void add(const Stopwatch& watch, double divided_by = 1) {
        const std::clock_t processor = std::clock() - watch.start_of_processor;
        elapsed_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - watch.start).count() / divided_by);
        processor_.push_back(1000.0 * static_cast<double>(processor) / CLOCKS_PER_SEC / divided_by);
    }

    void print(const char* what, const char* unit, double units_in_millisecond) {
        std::sort(elapsed_.begin(), elapsed_.end());
        std::sort(processor_.begin(), processor_.end());
        std::printf("  %-8s median %.2f %s (least %.2f), of the processor %.2f\n", what,
                    elapsed_[elapsed_.size() / 2] * units_in_millisecond, unit, elapsed_.front() * units_in_millisecond,
                    processor_[processor_.size() / 2] * units_in_millisecond);
    }

private:
    std::vector<double> elapsed_, processor_;  // milliseconds
};

void measure_times(std::mt19937_64& random, const StatusListContent& list, const Bytes& bytes) {
    Times reading, writing, looking;
    for (int run = 0; run < runs; ++run) {
        const Stopwatch read_watch;
        const auto read = read_status_list(bytes);
        reading.add(read_watch);
        if (!read || *read != list) std::abort();
        const Stopwatch write_watch;
        const auto written = write_status_list(list);
        writing.add(write_watch);
        if (written.value() != bytes) std::abort();
    }
    constexpr std::size_t look_ups = 100000;
    std::vector<std::uint64_t> asked(look_ups);
    std::uint64_t found = 0;
    for (int run = 0; run < runs; ++run) {
        for (auto& index : asked) index = random() % licenses;
        const Stopwatch watch;
        for (const auto index : asked) {
            found += status_at(list, index, list.as_of).state != LicenseState::valid ? 1 : 0;
        }
        looking.add(watch, look_ups);
    }
    reading.print("read", "ms", 1);
    writing.print("write", "ms", 1);
    looking.print("look-up", "ns", 1e6);
    std::printf("  (%d runs; %llu of %zu asked were not valid)\n", runs, static_cast<unsigned long long>(found),
                look_ups * runs);
}

bool measure_list(std::mt19937_64& random, const char* name, const std::vector<Share>& mix, bool times) {
    const auto list = make_list(random, mix);
    const auto bytes = write_status_list(list).value();
    const double entropy = entropy_bits(mix) / 8,
                 size = static_cast<double>(signed_size(SignatureKind::status_list, bytes));
    std::printf("%s:", name);
    for (const auto& share : mix)
        std::printf(" %s %.1f %%", std::string(name_of(share.state)).c_str(), 100 * share.part);
    std::printf("\n  entropy %.0f bytes, signed file %.0f bytes, ratio %.4f\n", entropy, size, size / entropy);
    if (times) measure_times(random, list, bytes);
    return size <= 1.05 * entropy;
}

bool measure_delta(std::mt19937_64& random, const char* name, const std::vector<Share>& mix, When when) {
    const auto content = write_status_delta(make_delta(random, mix, when)).value();
    const auto size = signed_size(SignatureKind::status_delta, content);
    std::printf("delta of %llu events, %s: signed file %zu bytes\n", static_cast<unsigned long long>(events), name,
                size);
    return size <= 2500;
}

/// The IETF Token Status List of the same licenses: an array of 1, 2 or 4 bits for each, compressed by zlib.
void print_token_status_lists(std::mt19937_64& random) {
    const auto list = make_list(random, office_mix);
    for (const unsigned width : {1U, 4U}) {
        Bytes array(licenses * width / 8);
        for (const auto& entry : list.entries) {
            const auto value = width == 1 ? 1U : static_cast<unsigned>(entry.state);
            const auto bit = entry.index * width;
            array[bit / 8] = static_cast<std::uint8_t>(array[bit / 8] | value << bit % 8);
        }
        std::printf("IETF Token Status List, %u bit%s: %zu bytes", width, width == 1 ? "" : "s", array.size());
#ifdef ELIC_BENCH_ZLIB
        uLongf size = compressBound(array.size());
        Bytes compressed(size);
        if (compress2(compressed.data(), &size, array.data(), array.size(), 9) != Z_OK) std::abort();
        std::printf(", zlib (level 9) %zu", static_cast<std::size_t>(size));
#endif
        std::printf("\n");
    }
}

}  // namespace

int main() {
    std::mt19937_64 random(20261126);
    std::printf("%llu licenses, %llu not valid\n", static_cast<unsigned long long>(licenses),
                static_cast<unsigned long long>(marked));
    bool within = measure_list(random, "office mix", office_mix, true);
    within = measure_list(random, "even mix", even_mix, false) && within;
    within = measure_list(random, "skewed mix", skewed_mix, false) && within;
    within = measure_delta(random, "all of one day", office_mix, When::one_day) && within;
    within = measure_delta(random, "of two days", office_mix, When::two_days) && within;
    measure_delta(random, "of two days, even mix", even_mix, When::two_days);
    measure_delta(random, "each at its second of the day", office_mix, When::instants);
    print_token_status_lists(random);
    std::printf("%s\n", within ? "within the bars: 1.05 x entropy, 2,500 bytes a day" : "OUTSIDE THE BARS");
    return within ? 0 : 1;
}
