#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "elic/base/result.h"
#include "elic/license/license_type_code.h"
#include "elic/license/uscc.h"

namespace elic {

/// A license identifier (电子证照标识), GB/T 36904-2018:
/// `1.2.156.3005.2` `.` TYPE(21) `.` ISSUER(18) `.` SERIAL(1..64 of 0-9A-Z) `.` REVISION(3 digits, from 001) `.` CHECK.
/// CHECK is ISO/IEC 7064 MOD 37,36 (GB/T 17710) over TYPE ISSUER SERIAL REVISION, without root and dots.
class LicenseId {
public:
    static constexpr std::string_view root = "1.2.156.3005.2";
    static constexpr std::size_t max_serial = 64;
    static constexpr int max_revision = 999;

    /// Strict; the only door in. Errors: malformed_value, naming the part. What is wrong with a refused
    /// one and what it probably is: diagnosis.h.
    static Result<LicenseId> parse(std::string_view text);

    /// Builds an identifier and its check character. Errors: malformed_value (serial, revision).
    static Result<LicenseId> make(const LicenseTypeCode& type, const Uscc& issuer, std::string_view serial,
                                  int revision);

    const std::string& text() const noexcept { return text_; }
    const LicenseTypeCode& type() const noexcept { return type_; }
    const Uscc& issuer() const noexcept { return issuer_; }
    const std::string& serial() const noexcept { return serial_; }
    int revision() const noexcept { return revision_; }

    friend bool operator==(const LicenseId& a, const LicenseId& b) { return a.text_ == b.text_; }
    friend auto operator<=>(const LicenseId& a, const LicenseId& b) { return a.text_ <=> b.text_; }

private:
    LicenseId(std::string text, LicenseTypeCode type, Uscc issuer, std::string serial, int revision)
        : text_(std::move(text)),
          type_(std::move(type)),
          issuer_(std::move(issuer)),
          serial_(std::move(serial)),
          revision_(revision) {}
    std::string text_;
    LicenseTypeCode type_;
    Uscc issuer_;
    std::string serial_;
    int revision_;
};

/// The ISO/IEC 7064 MOD 37,36 check character of a text of 0-9A-Z. '\0' when another character occurs.
char mod_37_36_check(std::string_view text) noexcept;

/// The ISO/IEC 7064 MOD 11,10 check digit of a text of digits (food licenses). '\0' when another character occurs.
char mod_11_10_check(std::string_view digits) noexcept;

}  // namespace elic
