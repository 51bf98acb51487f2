#include "elic/qr/draw.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <qrencode.h>

#include "picture/png_writer.h"
#include "qr/symbol.h"
#include "qr/test_word.h"

namespace elic {

namespace {

struct SymbolDelete {
    void operator()(QRcode* symbol) const noexcept { QRcode_free(symbol); }
};
using Symbol = std::unique_ptr<QRcode, SymbolDelete>;

struct InputDelete {
    void operator()(QRinput* input) const noexcept { QRinput_free(input); }
};
using Input = std::unique_ptr<QRinput, InputDelete>;

enum class Alphabet { digits, alphanumeric, bytes };

// Characters that version 40 holds at levels L, M, Q, H (ISO/IEC 18004:2015 table 7).
constexpr std::array<std::array<std::size_t, 4>, 3> largest = {{
    {7089, 5596, 3993, 3057},
    {4296, 3391, 2420, 1852},
    {2953, 2331, 1663, 1273},
}};
constexpr std::string_view level_letters = "LMQH";
constexpr std::size_t max_modules = 10000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// ISO/IEC 18004:2015 table 5.
bool is_alphanumeric(char c) {
    constexpr std::string_view others = " $%*+-./:";
    return is_digit(c) || (c >= 'A' && c <= 'Z') || others.find(c) != std::string_view::npos;
}

Alphabet alphabet_of(std::string_view text) {
    if (std::ranges::all_of(text, is_digit)) return Alphabet::digits;
    if (std::ranges::all_of(text, is_alphanumeric)) return Alphabet::alphanumeric;
    return Alphabet::bytes;
}

// The whole text in one mode; null when it does not fit.
Symbol encode_as(std::string_view text, QRencodeMode mode, QRecLevel level) {
    const Input input(QRinput_new2(0, level));  // version 0: the smallest that holds it
    if (!input) return nullptr;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (QRinput_append(input.get(), mode, static_cast<int>(text.size()), bytes) != 0) return nullptr;
    return Symbol(QRcode_encodeInput(input.get()));
}

// Runs of digits, letters and bytes, each in its own mode, where libqrencode finds that shorter.
Symbol encode_mixed(std::string_view text, QRecLevel level) {
    if (text.find('\0') != std::string_view::npos) return encode_as(text, QR_MODE_8, level);  // it reads C strings
    constexpr int keep_case = 1;
    Symbol mixed(QRcode_encodeString(std::string(text).c_str(), 0, level, QR_MODE_8, keep_case));
    return mixed ? std::move(mixed) : encode_as(text, QR_MODE_8, level);
}

Symbol encode(std::string_view text, Alphabet alphabet, QRecLevel level) {
    if (alphabet == Alphabet::bytes) return encode_mixed(text, level);
    // Long runs of digits among capitals are shorter in modes of their own.
    Symbol mixed = encode_mixed(text, level);
    Symbol plain = encode_as(text, QR_MODE_AN, level);
    return mixed && (!plain || mixed->version < plain->version) ? std::move(mixed) : std::move(plain);
}

std::optional<Modules> symbol_of_text(std::string_view text, Alphabet alphabet, QrLevel level) {
    constexpr std::array<QRecLevel, 4> levels = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};
    const Symbol symbol = encode(text, alphabet, levels[static_cast<std::size_t>(level)]);
    if (!symbol) return std::nullopt;
    Modules modules;
    modules.size = static_cast<std::size_t>(symbol->width);
    modules.version = symbol->version;
    modules.dark.resize(modules.size * modules.size);
    // Bit 0 is the colour; libqrencode's other bits say what the module is for.
    std::transform(symbol->data, symbol->data + modules.dark.size(), modules.dark.begin(),
                   [](unsigned char module) { return static_cast<std::uint8_t>(module & 1u); });
    return modules;
}

tl::unexpected<Error> does_not_fit(std::string_view text, Alphabet alphabet, QrLevel level) {
    constexpr std::array<std::string_view, 3> units = {"digits", "characters", "bytes"};
    const auto row = static_cast<std::size_t>(alphabet);
    const auto column = static_cast<std::size_t>(level);
    const std::size_t holds = largest[row][column];
    return fail(Errc::does_not_fit, std::to_string(text.size()) + " " + std::string(units[row]) + ", " +
                                        std::to_string(text.size() - std::min(holds, text.size())) +
                                        " more than the largest QR symbol (version 40) holds at level " +
                                        level_letters[column] + ": " + std::to_string(holds) +
                                        (alphabet == Alphabet::bytes ? " (more where digits stand together)" : "") +
                                        "; shorten the text" + (column > 0 ? " or take a lower level" : ""));
}

}  // namespace

Result<Modules> draw_qr(std::string_view text, QrLevel level) {
    if (text.empty()) return fail(Errc::bad_argument, "an empty text has no QR code");
    if (level < QrLevel::l || level > QrLevel::h) return fail(Errc::bad_argument, "an unknown QR level");
    const Alphabet alphabet = alphabet_of(text);
    // No mode holds more characters than that of digits: what is longer is not worth an attempt.
    if (text.size() > largest[0][static_cast<std::size_t>(level)]) return does_not_fit(text, alphabet, level);
    auto modules =
        alphabet == Alphabet::digits ? qr::symbol_of_digits(text, level) : symbol_of_text(text, alphabet, level);
    if (!modules) return does_not_fit(text, alphabet, level);
    return std::move(*modules);
}

Result<Bytes> qr_png(const Modules& modules, const QrLook& look) {
    const std::size_t side = modules.size + 2 * look.quiet;
    const bool fits = look.quiet < max_modules && modules.size < max_modules;  // else write_png says what is wrong
    return write_png(modules, look.dots, look.quiet, look.dots_per_inch,
                     look.test && fits ? test_word(side, look.quiet) : RowsBelow{});
}

}  // namespace elic
