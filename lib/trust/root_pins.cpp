#include "elic/trust/root_pins.h"

#include <algorithm>

#include "base/file.h"
#include "base/hex.h"
#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t max_pin_file = 64 << 10;
constexpr std::string_view prefix = "sm3:";
constexpr std::string_view area_word = "area=";
constexpr std::string_view type_word = "type=";

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

/// The text up to the first blank, taken off, with the blanks after it.
std::string_view take_word(std::string_view& text) {
    const auto end = std::min(text.find_first_of(" \t"), text.size());
    const auto word = text.substr(0, end);
    text = trim(text.substr(end));
    return word;
}

/// "CODE,CODE": at least one, none twice.
template <class Code>
Result<std::vector<Code>> parse_codes(std::string_view text) {
    std::vector<Code> codes;
    for (bool more = true; more;) {
        const auto comma = text.find(',');
        more = comma != std::string_view::npos;
        auto code = Code::parse(text.substr(0, comma));
        if (!code) return fail(Errc::bad_argument, code.error().context);
        if (std::find(codes.begin(), codes.end(), *code) != codes.end())
            return fail(Errc::bad_argument, code->text() + " is there twice");
        codes.push_back(*code);
        if (more) text = text.substr(comma + 1);
    }
    return codes;
}

/// A line without its comment.
Result<RootPin> parse_pin(std::string_view line) {
    auto fingerprint = parse_fingerprint(take_word(line));
    if (!fingerprint) return tl::unexpected(fingerprint.error());
    RootPin pin{.fingerprint = *fingerprint};
    if (line.starts_with(area_word)) {
        auto areas = parse_codes<AreaCode>(take_word(line).substr(area_word.size()));
        if (!areas) return fail_in("area", areas.error());
        pin.areas = std::move(*areas);
    }
    if (line.starts_with(type_word)) {
        auto types = parse_codes<LicenseTypeCode>(take_word(line).substr(type_word.size()));
        if (!types) return fail_in("type", types.error());
        pin.types = std::move(*types);
    }
    // A constraint that is not understood must not leave the root without it.
    if (!line.empty()) {
        return fail(Errc::bad_argument,
                    "'" + escape_for_output(line) +
                        "' is not understood: area=CODE,... and type=CODE,... may follow, in this order");
    }
    return pin;
}

template <class Code>
std::string format_codes(std::string_view word, const std::vector<Code>& codes) {
    std::string text;
    for (const auto& code : codes) text += (text.empty() ? " " + std::string(word) : ",") + code.text();
    return text;
}

std::string format_pin(const RootPin& pin) {
    return format_fingerprint(pin.fingerprint) + format_codes(area_word, pin.areas) +
           format_codes(type_word, pin.types);
}

/// Adds a pin that was read. The same root with other constraints is a contradiction: none of the two is chosen.
Status take_pin(RootPins& pins, RootPin pin) {
    const auto* known = pins.find(pin.fingerprint);
    if (known == nullptr) {
        pins.pins.push_back(std::move(pin));
    } else if (!(*known == pin)) {
        return fail(Errc::bad_argument, "this root is pinned twice, with different constraints");
    }
    return {};
}

}  // namespace

RootPins RootPins::of(const std::vector<Digest>& fingerprints) {
    RootPins pins;
    for (const auto& fingerprint : fingerprints) pins.pins.push_back({.fingerprint = fingerprint});
    return pins;
}

const RootPin* RootPins::find(const Digest& fingerprint) const {
    const auto at =
        std::find_if(pins.begin(), pins.end(), [&](const RootPin& pin) { return pin.fingerprint == fingerprint; });
    return at == pins.end() ? nullptr : &*at;
}

Result<Digest> parse_fingerprint(std::string_view text) {
    std::string digits(text.starts_with(prefix) ? text.substr(prefix.size()) : text);
    if (digits.size() == 95) {
        for (std::size_t i = 2; i < digits.size(); i += 2) {
            if (digits[i] == ':') digits.erase(i, 1);
        }
    }
    auto bytes = from_hex(digits);
    if (!bytes || bytes->size() != 32) {
        return fail(Errc::bad_argument,
                    "'" + escape_for_output(text) + "' is no fingerprint: sm3: and 64 hexadecimal digits are expected");
    }
    Digest digest{};
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

std::string format_fingerprint(const Digest& fingerprint) { return std::string(prefix) + to_hex(fingerprint); }

Result<RootPins> load_root_pins(const std::filesystem::path& file) {
    RootPins pins;
    auto bytes = read_file(file, max_pin_file);
    if (!bytes)
        return bytes.error().code == Errc::not_found ? Result<RootPins>(pins)
                                                     : Result<RootPins>(tl::unexpected(bytes.error()));
    std::string_view text = as_text(*bytes);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        line = trim(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        const auto place = file.string() + " line " + std::to_string(number);
        auto pin = parse_pin(line);
        if (!pin) return fail_in(place, pin.error());
        if (auto taken = take_pin(pins, std::move(*pin)); !taken) return fail_in(place, taken.error());
    }
    return pins;
}

Status add_root_pin(const std::filesystem::path& file, const RootPin& pin, std::string_view comment) {
    auto pins = load_root_pins(file);
    if (!pins) return tl::unexpected(pins.error());
    if (const auto* known = pins->find(pin.fingerprint)) {
        if (*known == pin) return {};
        return fail(Errc::already_exists, file.string() + ": " + format_fingerprint(pin.fingerprint) +
                                              " is pinned with other constraints; edit the file to change them");
    }
    auto before = read_file(file, max_pin_file);
    std::string text = before ? std::string(as_text(*before)) : std::string();
    if (!text.empty() && text.back() != '\n') text += '\n';
    text += format_pin(pin) + "  # " + escape_for_output(comment) + "\n";
    if (file.has_parent_path()) {
        if (auto made = make_folders(file.parent_path()); !made) return made;
    }
    return write_file_durably(file, as_bytes(text));
}

}  // namespace elic
