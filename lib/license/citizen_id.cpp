#include "elic/license/citizen_id.h"

#include "base/decimal.h"
#include "elic/base/assert.h"
#include "license/characters.h"

namespace elic {

namespace {

constexpr std::size_t length = 18;
constexpr std::int64_t days_1900_to_2000 = 36524;
constexpr std::uint64_t days_end = 65536;
constexpr std::uint64_t sequence_end = 1000;
constexpr std::uint64_t area_end = 1'000'000;

/// ISO/IEC 7064 MOD 11-2, as GB 11643-1999 writes it.
char check_character(std::string_view seventeen) noexcept {
    constexpr std::array<int, 17> weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    constexpr std::string_view checks = "10X98765432";
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (seventeen[i] - '0') * weights[i];
    return checks[static_cast<std::size_t>(sum % 11)];
}

/// `text` has digits there.
Result<Date> birth_date_of(std::string_view text) {
    return Date::from_ymd(*read_decimal(text.substr(6, 4)), *read_decimal(text.substr(10, 2)),
                          *read_decimal(text.substr(12, 2)));
}

/// The number itself stays out of messages: it is a person's.
tl::unexpected<Error> refuse(const std::string& why) { return fail(Errc::malformed_value, "a citizen number" + why); }

}  // namespace

Result<CitizenId> CitizenId::parse(std::string_view text) {
    if (text.size() != length) return refuse(" has 18 characters");
    if (const auto at = text.substr(0, length - 1).find_first_not_of(decimal_digits); at != std::string_view::npos) {
        return refuse(": character " + position(at) + " is no digit");
    }
    if (!birth_date_of(text)) return refuse(": characters 7 to 14 are no date of birth");
    if (text[length - 1] == 'x') return refuse(": the X at the end is written in upper case");
    if (const char expected = check_character(text); text[length - 1] != expected) {
        return refuse(std::string(": the check character is wrong, expected ") + expected);
    }
    return CitizenId(std::string(text));
}

Date CitizenId::birth_date() const noexcept { return *birth_date_of(text_); }

bool CitizenId::male() const noexcept { return (text_[16] - '0') % 2 == 1; }

bool CitizenId::packs() const noexcept {
    return birth_date().days_since_2000() + days_1900_to_2000 < static_cast<std::int64_t>(days_end);
}

std::array<std::uint8_t, 6> CitizenId::packed() const {
    ELIC_ASSERT(packs());
    const auto days = static_cast<std::uint64_t>(birth_date().days_since_2000() + days_1900_to_2000);
    const auto area_number = static_cast<std::uint64_t>(*read_decimal(area()));
    const auto sequence = static_cast<std::uint64_t>(*read_decimal(std::string_view(text_).substr(14, 3)));
    const std::uint64_t value = (area_number * days_end + days) * sequence_end + sequence;
    std::array<std::uint8_t, 6> bytes{};
    for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(value >> (40 - 8 * i));
    return bytes;
}

Result<CitizenId> CitizenId::from_packed(BytesView bytes) {
    if (bytes.size() != 6) return fail(Errc::malformed_value, "a packed citizen number has 6 bytes");
    std::uint64_t value = 0;
    for (const auto byte : bytes) value = value << 8 | byte;
    const auto area_number = value / sequence_end / days_end;
    const auto days = static_cast<std::int64_t>(value / sequence_end % days_end);
    const auto date = Date::from_days(days - days_1900_to_2000);
    if (!date || area_number >= area_end) {
        return fail(Errc::malformed_value, "a packed citizen number is out of its range");
    }
    std::string text = decimal(static_cast<std::int64_t>(area_number), 6);
    text += decimal(date->year(), 4) + decimal(date->month(), 2) + decimal(date->day(), 2);
    text += decimal(static_cast<std::int64_t>(value % sequence_end), 3);
    text += check_character(text);
    return CitizenId(std::move(text));
}

}  // namespace elic
