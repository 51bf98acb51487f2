#include "qr/symbol.h"

#include <algorithm>
#include <climits>

#include "qr/error_correction.h"
#include "qr/mask_penalty.h"
#include "qr/symbol_plan.h"

namespace elic::qr {

namespace {

constexpr unsigned numeric_mode = 1;

/// Bits of the count of digits (table 3).
constexpr int count_bits(int version) noexcept { return version < 10 ? 10 : version < 27 ? 12 : 14; }

/// Three digits take 10 bits, two that are left 7, one 4.
constexpr std::size_t bits_of(std::size_t digits, int version) noexcept {
    constexpr std::array<std::size_t, 3> left = {0, 4, 7};
    return 4 + static_cast<std::size_t>(count_bits(version)) + digits / 3 * 10 + left[digits % 3];
}

int version_for(std::size_t digits, QrLevel level) noexcept {
    for (int version = 1; version <= versions; ++version) {
        if (bits_of(digits, version) <= blocks_of(version, level).data * 8) return version;
    }
    return 0;
}

/// Bits put one behind the other, the highest first.
class BitWriter {
public:
    explicit BitWriter(std::size_t bytes) { bytes_.reserve(bytes); }
    void put(unsigned value, int bits) {
        held_ = held_ << bits | value;
        for (count_ += bits; count_ >= 8; count_ -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(held_ >> (count_ - 8)));
    }
    /// Ends the last byte with zeros; fills up with the words of 7.4.10.
    Bytes filled(std::size_t size) {
        if (count_ > 0) put(0, 8 - count_);
        for (unsigned word = 0xEC; bytes_.size() < size; word ^= 0xEC ^ 0x11)
            bytes_.push_back(static_cast<std::uint8_t>(word));
        return std::move(bytes_);
    }

private:
    Bytes bytes_;
    std::uint64_t held_ = 0;
    int count_ = 0;  ///< bits held, fewer than 8
};

Bytes data_words(std::string_view digits, int version, std::size_t size) {
    BitWriter writer(size);
    writer.put(numeric_mode, 4);
    writer.put(static_cast<unsigned>(digits.size()), count_bits(version));
    for (std::size_t begin = 0; begin < digits.size(); begin += 3) {
        const auto group = digits.substr(begin, 3);
        unsigned value = 0;
        for (const char digit : group) value = value * 10 + static_cast<unsigned>(digit - '0');
        writer.put(value, group.size() == 3 ? 10 : group.size() == 2 ? 7 : 4);
    }
    const auto left = size * 8 - bits_of(digits.size(), version);
    writer.put(0, static_cast<int>(std::min<std::size_t>(left, 4)));  // the end of the modes
    return writer.filled(size);
}

ModuleLines without_mask(const SymbolPlan& plan, BytesView words) {
    ModuleLines picture = plan.fixed;
    for (std::size_t n = 0; n < words.size() * 8; ++n) {
        if ((words[n / 8] >> (7 - n % 8) & 1) != 0) picture.set(plan.data[n]);
    }
    return picture;
}

void put_mask_and_format(ModuleLines& out, const ModuleLines& unmasked, const SymbolPlan& plan, QrLevel level,
                         std::size_t mask) {
    for (std::size_t n = 0; n < plan.width; ++n) {
        out.rows[n] = unmasked.rows[n] ^ plan.mask[mask].rows[n];
        out.columns[n] = unmasked.columns[n] ^ plan.mask[mask].columns[n];
    }
    const auto format = format_bits(level, mask);
    for (std::size_t bit = 0; bit < plan.format.size(); ++bit) {
        if ((format >> bit & 1) == 0) continue;
        for (const auto place : plan.format[bit]) out.set(place);
    }
}

/// With the mask that reads best; of equals the first.
ModuleLines best_masked(const ModuleLines& unmasked, const SymbolPlan& plan, QrLevel level) {
    ModuleLines best(plan.width), picture(plan.width);
    int least = INT_MAX;
    for (std::size_t mask = 0; mask < masks; ++mask) {
        put_mask_and_format(picture, unmasked, plan, level, mask);
        const int found = penalty(picture, least);
        if (found >= least) continue;
        least = found;
        std::swap(best, picture);
    }
    return best;
}

}  // namespace

std::optional<Modules> symbol_of_digits(std::string_view digits, QrLevel level) {
    const int version = version_for(digits.size(), level);
    if (version == 0) return std::nullopt;
    const auto kept = plan_of(version);
    const auto& plan = *kept;
    const auto blocks = blocks_of(version, level);
    const auto words = with_correction(data_words(digits, version, blocks.data), blocks);
    const auto picture = best_masked(without_mask(plan, words), plan, level);
    Modules modules{.size = plan.width, .version = version, .dark = {}};
    modules.dark.resize(plan.width * plan.width);
    auto* module = modules.dark.data();
    for (const auto& row : picture.rows) {
        for (std::size_t x = 0; x < plan.width; ++x) *module++ = row.at(x) ? 1 : 0;
    }
    return modules;
}

}  // namespace elic::qr
