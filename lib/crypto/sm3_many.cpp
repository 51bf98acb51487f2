#include <algorithm>
#include <array>

#include "crypto/sm3_lanes.h"
#include "elic/base/assert.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::size_t block_size = 64;
constexpr int most_lanes = 16;
constexpr std::array<std::uint32_t, 8> initial = {0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600,
                                                  0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E};

Sm3Lanes choose() {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) {
        if (const auto lanes = sm3_lanes_avx512(); lanes.lanes > 0) return lanes;
    }
    if (__builtin_cpu_supports("avx2")) return sm3_lanes_avx2();
#endif
    return {};
}

/// A message on its way through a lane: its whole blocks where they lie, then its end with the padding (GB/T
/// 32905, 5.2).
struct Passage {
    const std::uint8_t* at = nullptr;
    std::size_t whole = 0;  ///< blocks still to come from the message itself
    std::array<std::uint8_t, 2 * block_size> end{};
    std::size_t end_blocks = 0, end_done = 0;
    std::size_t message = 0;
    bool busy = false;

    void begin(BytesView bytes, std::size_t index) {
        at = bytes.data();
        whole = bytes.size() / block_size;
        const auto rest = bytes.size() % block_size;
        end.fill(0);
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(whole * block_size), rest, end.begin());
        end[rest] = 0x80;
        end_blocks = rest + 9 > block_size ? 2 : 1;
        end_done = 0;
        const auto bits = static_cast<std::uint64_t>(bytes.size()) * 8;
        for (std::size_t i = 0; i < 8; ++i) {
            end[end_blocks * block_size - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
        }
        message = index;
        busy = true;
    }
    const std::uint8_t* next() {
        if (whole > 0) {
            --whole;
            const auto* block = at;
            at += block_size;
            return block;
        }
        return end.data() + block_size * end_done++;
    }
    bool done() const { return whole == 0 && end_done == end_blocks; }
};

class Machine {
public:
    explicit Machine(const Sm3Lanes& lanes) : lanes_(lanes), count_(static_cast<std::size_t>(lanes.lanes)) {}

    void run(std::span<const BytesView> messages, std::span<Digest> digests) {
        std::size_t next = 0, busy = 0;
        std::array<const std::uint8_t*, most_lanes> blocks{};
        do {
            busy = 0;
            for (std::size_t lane = 0; lane < count_; ++lane) {
                auto& passage = passages_[lane];
                if (!passage.busy && next < messages.size()) {
                    passage.begin(messages[next], next);
                    ++next;
                    for (std::size_t word = 0; word < initial.size(); ++word) at(word, lane) = initial[word];
                }
                // An idle lane goes on with anything: nobody looks at what it comes to.
                blocks[lane] = passage.busy ? passage.next() : passage.end.data();
                busy += passage.busy ? 1 : 0;
            }
            lanes_.compress(state_.data(), blocks.data());
            for (std::size_t lane = 0; lane < count_; ++lane) {
                if (!passages_[lane].busy || !passages_[lane].done()) continue;
                take(lane, digests[passages_[lane].message]);
                passages_[lane].busy = false;
            }
        } while (busy > 0 && (next < messages.size() || any_busy()));
    }

private:
    std::uint32_t& at(std::size_t word, std::size_t lane) { return state_[word * count_ + lane]; }
    bool any_busy() const {
        return std::any_of(passages_.begin(), passages_.end(), [](const Passage& one) { return one.busy; });
    }
    void take(std::size_t lane, Digest& digest) {
        for (std::size_t word = 0; word < initial.size(); ++word) {
            for (std::size_t i = 0; i < 4; ++i) {
                digest[4 * word + i] = static_cast<std::uint8_t>(at(word, lane) >> (24 - 8 * i));
            }
        }
    }
    const Sm3Lanes& lanes_;
    std::size_t count_;
    alignas(block_size) std::array<std::uint32_t, 8 * most_lanes> state_{};
    std::array<Passage, most_lanes> passages_{};
};

}  // namespace

void sm3_many(std::span<const BytesView> messages, std::span<Digest> digests) {
    ELIC_ASSERT(messages.size() == digests.size());
    static const auto lanes = choose();
    // A lane of many is slower than a machine for one: fewer messages than half the lanes go one after the other.
    if (lanes.lanes == 0 || messages.size() * 2 < static_cast<std::size_t>(lanes.lanes)) {
        for (std::size_t i = 0; i < messages.size(); ++i) digests[i] = sm3(messages[i]);
        return;
    }
    Machine(lanes).run(messages, digests);
}

}  // namespace elic
