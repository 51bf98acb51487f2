#include "elic/license/license_id.h"

#include <array>

#include "base/decimal.h"
#include "license/characters.h"

namespace elic {

namespace {

tl::unexpected<Error> refuse(const std::string& why) {
    return fail(Errc::malformed_value, "license identifier: " + why);
}

/// The five parts after the root. Split by the root's text from the left: the root has dots of its own.
Result<std::array<std::string_view, 5>> split(std::string_view text) {
    if (!text.starts_with(LicenseId::root) || !text.substr(LicenseId::root.size()).starts_with('.')) {
        return fail(Errc::malformed_value, "a license identifier begins with 1.2.156.3005.2.");
    }
    std::array<std::string_view, 5> parts;
    auto rest = text.substr(LicenseId::root.size() + 1);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto dot = rest.find('.');
        const bool last = i + 1 == parts.size();
        if ((dot == std::string_view::npos) != last) {
            return fail(Errc::malformed_value,
                        "a license identifier has six parts: root, type, issuer, serial, revision, check");
        }
        parts[i] = rest.substr(0, dot);
        if (!last) rest.remove_prefix(dot + 1);
    }
    return parts;
}

}  // namespace

// ISO/IEC 7064 hybrid systems: P starts at M; for each character P = ((P + value) mod M, 0 read as M) * 2 mod (M + 1);
// the check value c makes (P + c) mod M = 1.
char mod_37_36_check(std::string_view text) noexcept {
    std::size_t p = 36;
    for (const char c : text) {
        const auto value = digits_and_upper.find(c);
        if (value == std::string_view::npos) return '\0';
        const auto sum = (p + value) % 36;
        p = (sum == 0 ? 36 : sum) * 2 % 37;
    }
    return digits_and_upper[(37 - p) % 36];
}

char mod_11_10_check(std::string_view digits) noexcept {
    std::size_t p = 10;
    for (const char c : digits) {
        const auto value = decimal_digits.find(c);
        if (value == std::string_view::npos) return '\0';
        const auto sum = (p + value) % 10;
        p = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return decimal_digits[(11 - p) % 10];
}

Result<LicenseId> LicenseId::make(const LicenseTypeCode& type, const Uscc& issuer, std::string_view serial,
                                  int revision) {
    if (serial.empty() || serial.size() > max_serial) {
        return refuse("the serial has " + std::to_string(serial.size()) + " characters; 1 to 64 are allowed");
    }
    if (!made_of(serial, digits_and_upper)) {
        return refuse("serial " + quote_for_error(serial) + " has characters other than 0-9 and A-Z (upper case)");
    }
    if (revision < 1 || revision > max_revision) {
        return refuse("the revision is " + std::to_string(revision) + "; 1 to 999 are allowed");
    }
    const std::string serial_text(serial);
    const auto digits = decimal(revision, 3);
    const char check = mod_37_36_check(type.text() + issuer.text() + serial_text + digits);
    auto text =
        std::string(root) + "." + type.text() + "." + issuer.text() + "." + serial_text + "." + digits + "." + check;
    return LicenseId(std::move(text), type, issuer, serial_text, revision);
}

Result<LicenseId> LicenseId::parse(std::string_view text) {
    const auto parts = split(text);
    if (!parts) return tl::unexpected(parts.error());
    const auto& [type_text, issuer_text, serial, revision_text, check] = *parts;
    auto type = LicenseTypeCode::parse(type_text);
    if (!type) return fail_in("license identifier: type", type.error());
    auto issuer = Uscc::parse(issuer_text);
    if (!issuer) return fail_in("license identifier: issuer", issuer.error());
    const auto revision = revision_text.size() == 3 ? read_decimal(revision_text) : std::nullopt;
    if (!revision) return refuse("the revision is 3 digits, from 001");
    auto id = make(*type, *issuer, serial, *revision);
    if (!id) return id;
    const char expected = id->text().back();
    if (check.size() != 1 || check[0] != expected) {
        return refuse(std::string("the check character is wrong, expected ") + expected);
    }
    return id;
}

}  // namespace elic
