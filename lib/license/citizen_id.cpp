#include "elic/license/citizen_id.h"

namespace elic {

namespace {

constexpr std::array<int, 17> weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view checks = "10X98765432";
constexpr std::int32_t days_1900_to_2000 = 36524;

char check_character(std::string_view seventeen) noexcept {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (seventeen[i] - '0') * weights[i];
    return checks[static_cast<std::size_t>(sum % 11)];
}

int number(std::string_view digits) noexcept {
    int n = 0;
    for (char c : digits) n = n * 10 + (c - '0');
    return n;
}

Result<Date> birth_date_of(std::string_view text) {
    return Date::from_ymd(number(text.substr(6, 4)), number(text.substr(10, 2)), number(text.substr(12, 2)));
}

}  // namespace

Result<CitizenId> CitizenId::parse(std::string_view text) {
    if (text.size() != 18) return fail(Errc::malformed_value, "a citizen number has 18 characters");
    if (text.substr(0, 17).find_first_not_of("0123456789") != std::string_view::npos) {
        return fail(Errc::malformed_value, "a citizen number: the first 17 characters are digits");
    }
    if (!birth_date_of(text))
        return fail(Errc::malformed_value, "a citizen number: characters 7 to 14 are no date of birth");
    const char expected = check_character(text);
    if (text[17] != expected) {
        return fail(Errc::malformed_value,
                    std::string("a citizen number: the check character is wrong, expected ") + expected);
    }
    return CitizenId(std::string(text));
}

Date CitizenId::birth_date() const noexcept { return birth_date_of(text_).value(); }

bool CitizenId::male() const noexcept { return (text_[16] - '0') % 2 == 1; }

bool CitizenId::packs() const noexcept { return birth_date().days_since_2000() + days_1900_to_2000 <= 65535; }

std::array<std::uint8_t, 6> CitizenId::packed() const {
    const auto days = static_cast<std::uint64_t>(birth_date().days_since_2000() + days_1900_to_2000);
    const auto area_number = static_cast<std::uint64_t>(number(area()));
    const auto sequence = static_cast<std::uint64_t>(number(std::string_view(text_).substr(14, 3)));
    const std::uint64_t value = (area_number * 65536 + days) * 1000 + sequence;
    std::array<std::uint8_t, 6> bytes{};
    for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (40 - 8 * i));
    return bytes;
}

Result<CitizenId> CitizenId::from_packed(BytesView bytes) {
    if (bytes.size() != 6) return fail(Errc::malformed_value, "a packed citizen number has 6 bytes");
    std::uint64_t value = 0;
    for (auto byte : bytes) value = value << 8 | byte;
    const auto sequence = value % 1000;
    const auto days = value / 1000 % 65536;
    const auto area_number = value / 1000 / 65536;
    auto date = Date::from_days(static_cast<std::int64_t>(days) - days_1900_to_2000);
    if (!date || area_number > 999999)
        return fail(Errc::malformed_value, "a packed citizen number is out of its range");
    const auto padded = [](std::uint64_t n, std::size_t width) {
        auto text = std::to_string(n);
        return std::string(width - text.size(), '0') + text;
    };
    auto day = date->format();
    std::string text =
        padded(area_number, 6) + day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2) + padded(sequence, 3);
    text += check_character(text);
    return CitizenId(std::move(text));
}

}  // namespace elic
