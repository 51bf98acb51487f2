#include "qr/mask_penalty.h"

#include <cstdlib>
#include <type_traits>

namespace elic::qr {

namespace {

constexpr int of_run = 3, of_block = 3, of_finder = 40, of_balance = 10;

bool is_finder(const Line& dark, std::size_t width, std::size_t begin, std::size_t size) noexcept {
    for (std::size_t n = 0; n < 7 * size; ++n) {
        const auto part = n / size;
        if (dark.at(begin + n) != (part != 1 && part != 5)) return false;
    }
    const auto end = begin + 7 * size;
    const auto free = [&](std::size_t from, std::size_t to) {
        for (auto n = from; n < to; ++n) {
            if (dark.at(n)) return false;
        }
        return true;
    };
    const bool bounded = (begin == 0 || !dark.at(begin - 1)) && (end == width || !dark.at(end));
    return bounded && (free(begin < 4 * size ? 0 : begin - 4 * size, begin) ||
                       free(end, end + 4 * size < width ? end + 4 * size : width));
}

/// In more than the single size: there are hardly ever any. `centres`: where dark modules begin that may be the centre.
template <std::size_t Words>
int larger_finders(const Line& dark, std::size_t width, Bits<Words> centres) noexcept {
    int count = 0;
    for (std::size_t n = 0; n < Words; ++n) {
        for (auto& word = centres.words[n]; word != 0; word &= word - 1) {
            const auto begin = n * 64 + static_cast<std::size_t>(std::countr_zero(word)) - Line::border;
            auto end = begin;
            while (end < width && dark.at(end)) ++end;
            const auto size = (end - begin) / 3;
            const bool has_room = begin >= 2 * size && end + 2 * size <= width;
            if ((end - begin) % 3 == 0 && has_room && is_finder(dark, width, begin - 2 * size, size)) ++count;
        }
    }
    return count;
}

/// What the lines of a symbol are counted with.
template <std::size_t Words>
struct Lines {
    using Part = Bits<Words>;

    ELIC_PART_OF_CALLER explicit Lines(std::size_t symbol_width) : width(symbol_width) {
        for (std::size_t n = 0; n < width; ++n) inside.set(n);
        pairs = inside & inside.ahead(1);
    }

    ELIC_PART_OF_CALLER static Part of(const Line& line) noexcept {
        Part part;
        for (std::size_t n = 0; n < Words; ++n) part.words[n] = line.words[n];
        return part;
    }

    /// Modules that are as the next one.
    ELIC_PART_OF_CALLER Part like_next(const Part& dark) const noexcept { return ~(dark ^ dark.ahead(1)) & pairs; }

    /// Of five modules of a kind 3, of each more 1. Four neighbouring pairs are five modules.
    ELIC_PART_OF_CALLER static int runs(const Part& like) noexcept {
        const auto two = like & like.ahead(1);
        const auto five = two & two.ahead(2);
        return five.count() + (of_run - 1) * (five & ~five.behind(1)).count();
    }

    ELIC_PART_OF_CALLER static int blocks(const Part& like, const Part& dark, const Part& below) noexcept {
        const auto same = ~(dark ^ below);
        return of_block * (like & same & same.ahead(1)).count();
    }

    /// Dark and light 1 : 1 : 3 : 1 : 1, and four light ones before it or after.
    ELIC_PART_OF_CALLER int finders(const Part& dark, const Line& line) const noexcept {
        const auto light = ~dark;  // outside too
        const auto within = light & inside;
        const auto three = dark & dark.ahead(1) & dark.ahead(2);
        const auto after_light = dark & light.behind(1);
        const auto after_dark = light & dark.behind(1);
        const auto centre = three.ahead(2) & within.ahead(1) & within.ahead(5);
        const auto found = after_light & centre & after_dark.ahead(7);
        int count = 0;
        if (found.any()) {
            const auto two = light & light.ahead(1);
            const auto four = two & two.ahead(2);
            count = (found & (four.behind(4) | four.ahead(7))).count();
        }
        // A larger one has six dark ones at its centre or more, after two light ones.
        const auto centres = three & three.ahead(3) & light.behind(1) & light.behind(2);
        if (centres.any()) count += larger_finders(line, width, centres);
        return of_finder * count;
    }

    std::size_t width;
    Part inside, pairs;
};

template <std::size_t Words>
ELIC_PART_OF_CALLER inline int count_penalty(const ModuleLines& picture, int limit) noexcept {
    const auto width = picture.rows.size();
    const Lines<Words> lines(width);
    int sum = 0, dark = 0;
    auto row = Lines<Words>::of(picture.rows[0]);
    for (std::size_t n = 0; n < width && sum <= limit; ++n) {
        const auto column = Lines<Words>::of(picture.columns[n]);
        const auto like = lines.like_next(row);
        sum += Lines<Words>::runs(like) + Lines<Words>::runs(lines.like_next(column));
        sum += lines.finders(row, picture.rows[n]) + lines.finders(column, picture.columns[n]);
        dark += row.count();
        if (n + 1 == width) break;
        const auto below = Lines<Words>::of(picture.rows[n + 1]);
        sum += Lines<Words>::blocks(like, row, below);
        row = below;
    }
    const auto modules = static_cast<int>(width * width);
    return sum + std::abs((200 * dark + modules) / modules / 2 - 50) / 5 * of_balance;
}

#ifdef __x86_64__
/// With the instruction that all machines of the last fifteen years have.
template <std::size_t Words>
[[gnu::target("popcnt")]] int penalty_with_popcnt(const ModuleLines& picture, int limit) noexcept {
    return count_penalty<Words>(picture, limit);
}
#endif

/// With as few words to a line as do.
template <class Count>
int with_words(const ModuleLines& picture, const Count& count) noexcept {
    const auto width = picture.rows.size();
    if (width <= Bits<1>::widest) return count(std::integral_constant<std::size_t, 1>());
    if (width <= Bits<2>::widest) return count(std::integral_constant<std::size_t, 2>());
    return count(std::integral_constant<std::size_t, 3>());
}

}  // namespace

int penalty_anywhere(const ModuleLines& picture, int limit) noexcept {
    return with_words(picture, [&](auto words) { return count_penalty<words()>(picture, limit); });
}

int penalty(const ModuleLines& picture, int limit) noexcept {
#ifdef __x86_64__
    if (__builtin_cpu_supports("popcnt"))
        return with_words(picture, [&](auto words) { return penalty_with_popcnt<words()>(picture, limit); });
#endif
    return penalty_anywhere(picture, limit);
}

}  // namespace elic::qr
