#include "elic/license/uscc.h"

#include "base/decimal.h"
#include "elic/base/assert.h"
#include "license/characters.h"

namespace elic {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100: no I, O, S, V, Z
constexpr std::size_t length = 18;
constexpr std::uint32_t area_end = 1'000'000;
constexpr std::uint32_t head_end = 31 * 31;
constexpr std::uint64_t tail_end = 852'891'037'441;  // 31^8

int value_of(char c) noexcept {
    const auto at = alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

/// GB 32100-2015: weights 3^(i-1) mod 31.
char check_character(std::string_view seventeen) noexcept {
    int sum = 0;
    int weight = 1;
    for (std::size_t i = 0; i < length - 1; ++i) {
        sum += value_of(seventeen[i]) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

tl::unexpected<Error> refuse(const std::string& why) {
    return fail(Errc::malformed_value, "a unified social credit code" + why);
}

}  // namespace

// GB 11714-1997: letters count A=10 to Z=35.
char organisation_check_character(std::string_view eight) noexcept {
    constexpr std::array<int, 8> weights = {3, 7, 9, 10, 5, 8, 4, 2};
    if (eight.size() != weights.size()) return '\0';
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const auto value = digits_and_upper.find(eight[i]);
        if (value == std::string_view::npos) return '\0';
        sum += static_cast<int>(value) * weights[i];
    }
    const int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

Result<Uscc> Uscc::parse(std::string_view text) {
    if (text.size() != length) return refuse(" has 18 characters");
    if (const auto at = text.find_first_not_of(alphabet); at != std::string_view::npos) {
        return refuse(": character " + position(at) + " is not of 0-9 and A-Y without I, O, S, V, Z");
    }
    if (!made_of(text.substr(2, 6), decimal_digits)) return refuse(": characters 3 to 8 are digits (division code)");
    if (const char expected = check_character(text); text[length - 1] != expected) {
        return refuse(std::string(": check character is ") + text[length - 1] + ", expected " + expected);
    }
    return Uscc(std::string(text));
}

bool Uscc::organisation_check_holds() const noexcept {
    return organisation_check_character(organisation().substr(0, 8)) == organisation()[8];
}

bool Uscc::packs() const noexcept { return organisation_check_holds(); }

std::array<std::uint8_t, 9> Uscc::packed() const {
    ELIC_ASSERT(packs());
    std::uint32_t area_number = 0;
    for (const char c : area()) area_number = area_number * 10 + static_cast<std::uint32_t>(c - '0');
    const auto head = static_cast<std::uint32_t>(value_of(text_[0]) * 31 + value_of(text_[1])) * area_end + area_number;
    std::uint64_t tail = 0;
    for (const char c : organisation().substr(0, 8)) tail = tail * 31 + static_cast<std::uint64_t>(value_of(c));
    std::array<std::uint8_t, 9> bytes{};
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(head >> (24 - 8 * i));
    for (std::size_t i = 0; i < 5; ++i) bytes[4 + i] = static_cast<std::uint8_t>(tail >> (32 - 8 * i));
    return bytes;
}

Result<Uscc> Uscc::from_packed(BytesView bytes) {
    if (bytes.size() != 9) return fail(Errc::malformed_value, "a packed unified social credit code has 9 bytes");
    std::uint32_t head = 0;
    std::uint64_t tail = 0;
    for (std::size_t i = 0; i < 4; ++i) head = head << 8 | bytes[i];
    for (std::size_t i = 4; i < 9; ++i) tail = tail << 8 | bytes[i];
    const auto kind = head / area_end;  // the first two characters
    if (kind >= head_end || tail >= tail_end) {
        return fail(Errc::malformed_value, "a packed unified social credit code is out of its range");
    }
    std::string text = {alphabet[kind / 31], alphabet[kind % 31]};
    text += decimal(head % area_end, 6);
    std::string organisation(8, '0');
    for (std::size_t i = 8; i-- > 0; tail /= 31) organisation[i] = alphabet[tail % 31];
    text += organisation;
    text += organisation_check_character(organisation);
    text += check_character(text);
    return Uscc(std::move(text));
}

}  // namespace elic
