#include "elic/license/license_id.h"

namespace elic {

namespace {

constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool all_of_alphabet(std::string_view text) { return text.find_first_not_of(characters) == std::string_view::npos; }

}  // namespace

char mod_37_36_check(std::string_view text) noexcept {
    int p = 36;
    for (char c : text) {
        const auto at = characters.find(c);
        if (at == std::string_view::npos) return '\0';
        int sum = (p + static_cast<int>(at)) % 36;
        if (sum == 0) sum = 36;
        p = sum * 2 % 37;
    }
    return characters[static_cast<std::size_t>((37 - p) % 36)];
}

char mod_11_10_check(std::string_view digits) noexcept {
    int p = 10;
    for (char c : digits) {
        if (c < '0' || c > '9') return '\0';
        int sum = (p + (c - '0')) % 10;
        if (sum == 0) sum = 10;
        p = sum * 2 % 11;
    }
    return static_cast<char>('0' + (11 - p) % 10);
}

Result<LicenseId> LicenseId::make(const LicenseTypeCode& type, const Uscc& issuer, std::string_view serial,
                                  int revision) {
    if (serial.empty() || serial.size() > max_serial || !all_of_alphabet(serial)) {
        return fail(Errc::malformed_value, "a serial is 1 to 64 characters of 0-9 and A-Z (upper case)");
    }
    if (revision < 1 || revision > max_revision) return fail(Errc::malformed_value, "a revision is 1 to 999");
    auto digits = std::to_string(revision);
    digits.insert(0, 3 - digits.size(), '0');
    const auto check = mod_37_36_check(type.text() + issuer.text() + std::string(serial) + digits);
    auto text = std::string(root) + "." + type.text() + "." + issuer.text() + "." + std::string(serial) + "." + digits +
                "." + check;
    return LicenseId(std::move(text), type, issuer, std::string(serial), revision);
}

Result<LicenseId> LicenseId::parse(std::string_view text) {
    if (!text.starts_with(root) || text.size() <= root.size() || text[root.size()] != '.') {
        return fail(Errc::malformed_value, "a license identifier begins with 1.2.156.3005.2.");
    }
    std::string_view parts[5];
    auto rest = text.substr(root.size() + 1);
    for (std::size_t i = 0; i < 5; ++i) {
        const auto dot = rest.find('.');
        if ((dot == std::string_view::npos) != (i == 4))
            return fail(Errc::malformed_value, "a license identifier has six parts");
        parts[i] = rest.substr(0, dot);
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    }
    auto type = LicenseTypeCode::parse(parts[0]);
    if (!type) return fail_in("license identifier", type.error());
    auto issuer = Uscc::parse(parts[1]);
    if (!issuer) return fail_in("license identifier: issuer", issuer.error());
    if (parts[3].size() != 3 || parts[3].find_first_not_of("0123456789") != std::string_view::npos) {
        return fail(Errc::malformed_value, "license identifier: the revision is 3 digits");
    }
    auto id =
        make(*type, *issuer, parts[2], (parts[3][0] - '0') * 100 + (parts[3][1] - '0') * 10 + (parts[3][2] - '0'));
    if (!id) return fail_in("license identifier", id.error());
    if (parts[4].size() != 1 || id->text().back() != parts[4][0]) {
        return fail(Errc::malformed_value,
                    std::string("license identifier: the check character is wrong, expected ") + id->text().back());
    }
    return id;
}

}  // namespace elic
