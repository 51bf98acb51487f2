#include "elic/trust/root_pins.h"

#include <algorithm>

#include "base/file.h"
#include "base/hex.h"
#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t max_pin_file = 64 << 10;
constexpr std::string_view prefix = "sm3:";

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

}  // namespace

bool RootPins::holds(const Digest& fingerprint) const {
    return std::find(fingerprints.begin(), fingerprints.end(), fingerprint) != fingerprints.end();
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
        auto fingerprint = parse_fingerprint(line);
        if (!fingerprint) return fail_in(file.string() + " line " + std::to_string(number), fingerprint.error());
        pins.fingerprints.push_back(*fingerprint);
    }
    return pins;
}

Status add_root_pin(const std::filesystem::path& file, const Digest& fingerprint, std::string_view comment) {
    auto pins = load_root_pins(file);
    if (!pins) return tl::unexpected(pins.error());
    if (pins->holds(fingerprint)) return {};
    auto before = read_file(file, max_pin_file);
    std::string text = before ? std::string(as_text(*before)) : std::string();
    if (!text.empty() && text.back() != '\n') text += '\n';
    text += format_fingerprint(fingerprint) + "  # " + escape_for_output(comment) + "\n";
    if (file.has_parent_path()) {
        if (auto made = make_folders(file.parent_path()); !made) return made;
    }
    return write_file_durably(file, as_bytes(text));
}

}  // namespace elic
