#include "trust/status_sets.h"

#include <algorithm>
#include <numeric>

#include "elic/base/assert.h"

namespace elic {

std::uint64_t golomb_divisor(std::uint64_t n, std::uint64_t k) {
    // 61/88 is ln 2 to five digits; 15/88 puts the steps from 1 to 2, 2 to 3, ... where the shorter code changes.
    return std::max<std::uint64_t>(1, (61 * n + 15 * k) / (88 * k));
}

void write_set(BitWriter& out, std::uint64_t n, std::span<const std::uint64_t> places) {
    if (places.empty()) return;
    const Golomb code(golomb_divisor(n, places.size()));
    std::uint64_t next = 0;  // the smallest place that can come
    for (const auto place : places) {
        ELIC_ASSERT(next <= place && place < n);
        out.golomb(place - next, code);
        next = place + 1;
    }
}

bool read_set(BitReader& in, std::uint64_t n, std::uint64_t k, std::vector<std::uint64_t>& places) {
    places.clear();
    if (k == 0) return in.good();
    if (k > n || k > in.left()) return false;
    places.reserve(static_cast<std::size_t>(k));
    const Golomb code(golomb_divisor(n, k));
    const auto most_quotient = (n - 1) / code.divisor;  // so that no place is larger than 3 n
    std::uint64_t next = 0;
    for (std::uint64_t i = 0; i < k; ++i) {
        const auto place = next + in.golomb(code, most_quotient);
        if (!in.good() || place >= n) return false;
        places.push_back(place);
        next = place + 1;
    }
    return true;
}

namespace {

/// The symbols first .. end - 1 of an alphabet and how they are halved.
struct Range {
    std::uint32_t first, end;
    std::uint32_t size() const { return end - first; }
    std::uint32_t middle() const { return first + (size() + 1) / 2; }
    Range lower() const { return {first, middle()}; }
    Range upper() const { return {middle(), end}; }
};

class RowWriter {
public:
    RowWriter(BitWriter& out, std::uint32_t least) : out_(out), least_(least) {}

    void node(std::span<std::uint32_t> symbols, Range range) {
        if (range.size() == 1 || symbols.empty()) return;
        const auto middle = range.middle();
        const auto is_upper = [middle](std::uint32_t symbol) { return symbol >= middle; };
        const auto n = symbols.size();
        const auto upper = static_cast<std::uint64_t>(std::count_if(symbols.begin(), symbols.end(), is_upper));
        out_.uniform(upper - least_ * range.upper().size(), n - least_ * range.size() + 1);
        const bool write_upper = 2 * upper <= n;
        places_.clear();
        for (std::size_t i = 0; i < n; ++i) {
            if (is_upper(symbols[i]) == write_upper) places_.push_back(i);
        }
        write_set(out_, n, places_);
        std::stable_partition(symbols.begin(), symbols.end(), [&](std::uint32_t each) { return !is_upper(each); });
        node(symbols.first(n - upper), range.lower());
        node(symbols.last(upper), range.upper());
    }

private:
    BitWriter& out_;
    std::uint32_t least_;
    std::vector<std::uint64_t> places_;
};

class RowReader {
public:
    RowReader(BitReader& in, std::vector<std::uint32_t>& symbols, std::uint32_t least)
        : in_(in), symbols_(symbols), least_(least), upper_(symbols.size()) {}

    /// `items`: the places in the row whose symbols lie in the range.
    bool node(std::span<std::uint32_t> items, Range range) {
        if (items.empty()) return true;
        if (range.size() == 1) {
            for (const auto item : items) symbols_[item] = range.first;
            return true;
        }
        const auto n = items.size();
        const auto upper = in_.uniform(n - least_ * range.size() + 1) + least_ * range.upper().size();
        const bool upper_is_written = 2 * upper <= n;
        if (!in_.good() || !read_set(in_, n, upper_is_written ? upper : n - upper, places_)) return false;
        part(items, upper_is_written);
        return node(items.first(n - upper), range.lower()) && node(items.last(upper), range.upper());
    }

private:
    /// Brings the items of the upper half behind those of the lower; the order stays within each.
    void part(std::span<std::uint32_t> items, bool upper_is_written) {
        // Without branches on what cannot be foretold: each item is put down on both sides, and one of them counts it.
        places_.push_back(items.size());
        std::size_t place = 0, lower = 0, upper = 0;
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto item = items[i];
            const bool written = places_[place] == i;
            const bool is_upper = written == upper_is_written;
            items[lower] = item;
            upper_[upper] = item;
            place += written ? 1 : 0;
            lower += is_upper ? 0 : 1;
            upper += is_upper ? 1 : 0;
        }
        std::copy_n(upper_.begin(), upper, items.begin() + static_cast<std::ptrdiff_t>(lower));
    }

    BitReader& in_;
    std::vector<std::uint32_t>& symbols_;
    std::uint32_t least_;
    std::vector<std::uint64_t> places_;
    std::vector<std::uint32_t> upper_;
};

}  // namespace

void write_row(BitWriter& out, std::vector<std::uint32_t> symbols, std::uint32_t alphabet, std::uint32_t least) {
    RowWriter(out, least).node(symbols, {0, alphabet});
}

bool read_row(BitReader& in, std::vector<std::uint32_t>& symbols, std::uint32_t alphabet, std::uint32_t least) {
    ELIC_ASSERT(symbols.size() >= std::uint64_t{least} * alphabet);
    std::vector<std::uint32_t> items(symbols.size());
    std::iota(items.begin(), items.end(), 0U);
    return RowReader(in, symbols, least).node(items, {0, alphabet});
}

}  // namespace elic
