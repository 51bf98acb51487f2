// Symbols of digits are drawn by code of our own: bit for bit as libqrencode draws them, and by the standard's example.
#include "qr/symbol.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <climits>
#include <cstdlib>
#include <memory>
#include <qrencode.h>
#include <random>
#include <thread>

#include "qr/error_correction.h"
#include "qr/mask_penalty.h"
#include "qr/symbol_plan.h"

using namespace elic;

namespace {

constexpr std::array<QRecLevel, 4> levels = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};

using Symbol = std::unique_ptr<QRcode, decltype([](QRcode* symbol) { QRcode_free(symbol); })>;

Symbol libqrencode(const std::string& digits, QrLevel level) {
    const std::unique_ptr<QRinput, decltype([](QRinput* input) { QRinput_free(input); })> input(
        QRinput_new2(0, levels[static_cast<std::size_t>(level)]));
    REQUIRE(QRinput_append(input.get(), QR_MODE_NUM, static_cast<int>(digits.size()),
                           reinterpret_cast<const unsigned char*>(digits.data())) == 0);
    return Symbol(QRcode_encodeInput(input.get()));
}

/// Of the modules that differ the number; -1 when one of the two symbols is of another version, or is none.
int difference(const std::string& digits, QrLevel level) {
    const auto theirs = libqrencode(digits, level);
    const auto ours = qr::symbol_of_digits(digits, level);
    if (!theirs || !ours) return !theirs && !ours ? 0 : -1;
    if (theirs->version != ours->version || static_cast<std::size_t>(theirs->width) != ours->size) return -1;
    int differing = 0;
    for (std::size_t n = 0; n < ours->dark.size(); ++n) differing += (theirs->data[n] & 1) != ours->dark[n] ? 1 : 0;
    return differing;
}

std::string random_digits(std::size_t count, std::mt19937_64& random) {
    std::string digits;
    for (std::size_t n = 0; n < count; ++n) digits += static_cast<char>('0' + random() % 10);
    return digits;
}

/// The most digits that a version holds: 4 bits of mode, the count, ten bits for three digits.
std::size_t most_digits(int version, QrLevel level) {
    const std::size_t bits = qr::blocks_of(version, level).data * 8 - 4 - (version < 10 ? 10 : version < 27 ? 12 : 14);
    return bits / 10 * 3 + (bits % 10 >= 7 ? 2 : bits % 10 >= 4 ? 1 : 0);
}

qr::ModuleLines lines_of(const std::vector<std::string>& rows) {
    qr::ModuleLines picture(rows.size());
    for (std::size_t y = 0; y < rows.size(); ++y) {
        for (std::size_t x = 0; x < rows.size(); ++x) {
            if (rows[y][x] == '#') picture.set({static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)});
        }
    }
    return picture;
}

/// What the rules say, counted module by module.
class Counted {
public:
    explicit Counted(const qr::ModuleLines& picture)
        : picture_(picture), width_(static_cast<int>(picture.rows.size())) {}

    int penalty() const {
        int sum = 0, dark = 0;
        for (int n = 0; n < width_; ++n) {
            sum += line([&](int at) { return this->at(at, n); }) + line([&](int at) { return this->at(n, at); });
        }
        for (int y = 0; y < width_; ++y) {
            for (int x = 0; x < width_; ++x) {
                dark += at(x, y) ? 1 : 0;
                if (x + 1 == width_ || y + 1 == width_) continue;
                const int four = at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1);
                sum += four == 0 || four == 4 ? 3 : 0;
            }
        }
        return sum + std::abs((200 * dark + width_ * width_) / (width_ * width_) / 2 - 50) / 5 * 10;
    }

private:
    int at(int x, int y) const {
        return picture_.rows[static_cast<std::size_t>(y)].at(static_cast<std::size_t>(x)) ? 1 : 0;
    }
    template <class Module>
    int line(const Module& module) const {
        int sum = 0;
        for (int begin = 0; begin < width_;) {
            int end = begin;
            while (end < width_ && module(end) == module(begin)) ++end;
            if (end - begin >= 5) sum += end - begin - 2;
            begin = end;
        }
        const auto dark = [&](int n) { return n >= 0 && n < width_ && module(n) != 0; };
        for (int size = 1; 7 * size <= width_; ++size) {
            for (int begin = 0; begin + 7 * size <= width_; ++begin) sum += finder(dark, begin, size) ? 40 : 0;
        }
        return sum;
    }
    template <class Dark>
    static bool finder(const Dark& dark, int begin, int size) {
        for (int n = 0; n < 7 * size; ++n) {
            if (dark(begin + n) != (n / size != 1 && n / size != 5)) return false;
        }
        bool before = true, after = true;
        for (int n = 1; n <= 4 * size; ++n) {
            before = before && !dark(begin - n);
            after = after && !dark(begin + 7 * size - 1 + n);
        }
        return !dark(begin - 1) && !dark(begin + 7 * size) && (before || after);
    }

    const qr::ModuleLines& picture_;
    int width_;
};

void check_penalty(const qr::ModuleLines& picture) {
    const auto counted = Counted(picture).penalty();
    CHECK(qr::penalty(picture, INT_MAX) == counted);
    CHECK(qr::penalty_anywhere(picture, INT_MAX) == counted);
}

}  // namespace

TEST_CASE("Code words of error correction are those of the standard's example") {
    // ISO/IEC 18004:2015, annex I: 01234567 in version 1-M.
    const Bytes data = {0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11};
    const Bytes correction = {0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55};
    auto expected = data;
    expected.insert(expected.end(), correction.begin(), correction.end());
    CHECK(qr::with_correction(data, qr::blocks_of(1, QrLevel::m)) == expected);
}

TEST_CASE("Format and version bits are those of the standard's examples") {
    CHECK(qr::format_bits(QrLevel::m, 5) == 0b100000011001110);  // annex C.2
    // Annex D.2: version 7 is 000111110010010100, the lowest bit above on the left of the block at the right.
    const auto plan = qr::plan_of(7);
    unsigned bits = 0;
    for (std::size_t bit = 0; bit < 18; ++bit)
        bits |= (plan->fixed.rows[bit / 3].at(plan->width - 11 + bit % 3) ? 1U : 0U) << bit;
    CHECK(bits == 0b000111110010010100);
}

TEST_CASE("Every version and level, full, one digit fewer and one more, is as libqrencode draws it") {
    std::mt19937_64 random(18004);  // NOLINT: the same digits in every run
    for (std::size_t level = 0; level < levels.size(); ++level) {
        for (int version = 1; version <= qr::versions; ++version) {
            const auto most = most_digits(version, static_cast<QrLevel>(level));
            for (const auto count : {most - 1, most, most + 1}) {
                // Large symbols take libqrencode milliseconds: beyond version 10 each is drawn full, one in five as all
                // three.
                if (version > 10 && count != most && version % 5 != 0) continue;
                INFO("version " << version << ", level " << level << ", " << count << " digits");
                CHECK(difference(random_digits(count, random), static_cast<QrLevel>(level)) == 0);
            }
            if (version == qr::versions) continue;
            const auto full = qr::symbol_of_digits(random_digits(most, random), static_cast<QrLevel>(level));
            REQUIRE(full);
            CHECK(full->version == version);
        }
    }
}

TEST_CASE("Digits of all lengths and all alike are as libqrencode draws them") {
    std::mt19937_64 random(20261127);  // NOLINT
    for (int round = 0; round < 400; ++round) {
        const auto level = static_cast<QrLevel>(random() % 4);
        CHECK(difference(random_digits(1 + random() % 900, random), level) == 0);
    }
    for (char digit = '0'; digit <= '9'; ++digit) {
        for (const std::size_t count : {1, 41, 42, 552, 1500})
            CHECK(difference(std::string(count, digit), QrLevel::m) == 0);
    }
}

TEST_CASE("A mask's penalty is what the rules come to, counted module by module") {
    std::mt19937_64 random(7);  // NOLINT
    for (const std::size_t width : {21, 25, 53, 57, 61, 117, 121, 177}) {
        // At random, and in stripes of one to twelve, which hold finders of larger sizes.
        for (int round = 0; round < 12; ++round) {
            qr::ModuleLines picture(width);
            for (std::size_t y = 0; y < width; ++y) {
                const std::size_t stripe = 1 + static_cast<std::size_t>(round) / 2;
                for (std::size_t x = 0; x < width;) {
                    const bool dark = (random() & 1) != 0;
                    const auto end = std::min(width, x + (round % 2 == 0 ? stripe : 1));
                    for (; x < end; ++x) {
                        if (dark) picture.set({static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)});
                    }
                }
            }
            check_penalty(picture);
        }
    }
}

TEST_CASE("What looks like a finder counts in every size, at both ends and in the middle of a line") {
    for (std::size_t width : {29, 57, 121}) {
        for (std::size_t size = 1; 7 * size <= width; ++size) {
            for (const std::size_t begin : {std::size_t{0}, std::size_t{1}, 4 * size - 1, 4 * size,
                                            (width - 7 * size) / 2, width - 7 * size, width - 7 * size - 1}) {
                if (begin + 7 * size > width) continue;
                for (const bool crowded : {false, true}) {
                    qr::ModuleLines picture(width);
                    const auto put = [&](std::size_t x) {
                        picture.set({static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(width / 2)});
                    };
                    for (std::size_t n = 0; n < 7 * size; ++n) {
                        if (n / size != 1 && n / size != 5) put(begin + n);
                    }
                    // A dark module at each side, nearer than four times the size.
                    if (crowded && begin >= 2) put(begin - 2);
                    if (crowded && begin + 7 * size + 1 < width) put(begin + 7 * size + 1);
                    check_penalty(picture);
                }
            }
        }
    }
}

TEST_CASE("Whoever is above the limit is above it, whatever is left uncounted") {
    const auto picture = lines_of(std::vector<std::string>(21, std::string(21, '#')));
    const auto whole = qr::penalty(picture, INT_MAX);
    CHECK(whole == Counted(picture).penalty());
    for (const int limit : {0, 1, whole / 2, whole - 1}) CHECK(qr::penalty(picture, limit) > limit);
    CHECK(qr::penalty(picture, whole) == whole);
}

TEST_CASE("Symbols are drawn by several threads at once") {
    std::mt19937_64 random(40);  // NOLINT
    std::vector<std::string> texts;
    std::vector<Modules> one_by_one;
    for (std::size_t count = 20; count < 400; count += 20) {
        texts.push_back(random_digits(count, random));
        one_by_one.push_back(qr::symbol_of_digits(texts.back(), QrLevel::q).value());
    }
    std::atomic<int> alike = 0;
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n) {
        threads.emplace_back([&] {
            for (std::size_t text = 0; text < texts.size(); ++text) {
                const auto drawn = qr::symbol_of_digits(texts[text], QrLevel::q);
                if (drawn && drawn->dark == one_by_one[text].dark) ++alike;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(alike == static_cast<int>(4 * texts.size()));
}
