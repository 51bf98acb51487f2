#include "elic/license/uscc.h"

#include "base/text.h"

namespace elic {

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100: no I, O, S, V, Z
constexpr std::size_t length = 18;
constexpr std::array<int, 17> weights = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

int value_of(char c) noexcept {
    const auto at = alphabet.find(c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

char check_character(std::string_view seventeen) noexcept {
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += value_of(seventeen[i]) * weights[i];
    return alphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

}  // namespace

char organisation_check_character(std::string_view eight) noexcept {
    constexpr std::array<int, 8> organisation_weights = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const char c = eight[i];
        sum += (c >= 'A' ? c - 'A' + 10 : c - '0') * organisation_weights[i];
    }
    const int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : static_cast<char>('0' + check);
}

Result<Uscc> Uscc::parse(std::string_view text) {
    if (text.size() != length) return fail(Errc::malformed_value, "a unified social credit code has 18 characters");
    for (std::size_t i = 0; i < length; ++i) {
        if (value_of(text[i]) < 0) {
            return fail(Errc::malformed_value, "a unified social credit code: character " + std::to_string(i + 1) +
                                                   " is not of 0-9 and A-Y without I, O, S, V, Z");
        }
    }
    for (std::size_t i = 2; i < 8; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return fail(Errc::malformed_value,
                        "a unified social credit code: characters 3 to 8 are digits (division code)");
    }
    const char expected = check_character(text);
    if (text[17] != expected) {
        return fail(Errc::malformed_value, std::string("a unified social credit code: check character is ") + text[17] +
                                               ", expected " + expected);
    }
    return Uscc(std::string(text));
}

bool Uscc::organisation_check_holds() const noexcept {
    return organisation_check_character(organisation().substr(0, 8)) == organisation()[8];
}

bool Uscc::packs() const noexcept { return organisation_check_holds(); }

std::array<std::uint8_t, 9> Uscc::packed() const {
    std::uint32_t area = 0;
    for (std::size_t i = 2; i < 8; ++i) area = area * 10 + static_cast<std::uint32_t>(text_[i] - '0');
    const auto head = static_cast<std::uint32_t>(value_of(text_[0]) * 31 + value_of(text_[1])) * 1000000U + area;
    std::uint64_t tail = 0;
    for (std::size_t i = 8; i < 16; ++i) tail = tail * 31 + static_cast<std::uint64_t>(value_of(text_[i]));
    std::array<std::uint8_t, 9> bytes{};
    for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(head >> (24 - 8 * i));
    for (std::size_t i = 0; i < 5; ++i) bytes[4 + i] = static_cast<std::uint8_t>(tail >> (32 - 8 * i));
    return bytes;
}

Result<Uscc> Uscc::from_packed(BytesView bytes) {
    if (bytes.size() != 9) return fail(Errc::malformed_value, "a packed code has 9 bytes");
    std::uint32_t head = 0;
    std::uint64_t tail = 0;
    for (std::size_t i = 0; i < 4; ++i) head = head << 8 | bytes[i];
    for (std::size_t i = 4; i < 9; ++i) tail = tail << 8 | bytes[i];
    constexpr std::uint64_t tail_end = 852891037441ULL;  // 31^8
    if (head / 1000000U >= 31U * 31U || tail >= tail_end)
        return fail(Errc::malformed_value, "a packed unified social credit code is out of its range");
    std::string text(length, '0');
    text[0] = alphabet[head / 1000000U / 31U];
    text[1] = alphabet[head / 1000000U % 31U];
    std::uint32_t area = head % 1000000U;
    for (std::size_t i = 8; i-- > 2; area /= 10) text[i] = static_cast<char>('0' + area % 10);
    for (std::size_t i = 16; i-- > 8; tail /= 31) text[i] = alphabet[tail % 31];
    text[16] = organisation_check_character(std::string_view(text).substr(8, 8));
    text[17] = check_character(text);
    return Uscc(std::move(text));
}

}  // namespace elic
