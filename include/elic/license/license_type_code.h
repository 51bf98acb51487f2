#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "elic/base/result.h"
#include "elic/license/uscc.h"

namespace elic {

/// A license type code (证照类型代码), 21 characters: the USCC of the defining authority + 3 digits
/// (GB/T 36904, 36902). 900..999 are this project's provisional codes for types whose national code is not known.
class LicenseTypeCode {
public:
    /// Errors: malformed_value.
    static Result<LicenseTypeCode> parse(std::string_view text);

    const std::string& text() const noexcept { return text_; }
    Uscc defining_authority() const;
    bool provisional() const noexcept { return text_[18] == '9'; }

    friend auto operator<=>(const LicenseTypeCode&, const LicenseTypeCode&) = default;

private:
    explicit LicenseTypeCode(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace elic
