#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// A unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters of
/// 0123456789ABCDEFGHJKLMNPQRTUWXY whose last is the check character (31 - sum mod 31).
class Uscc {
public:
    /// Strict: exactly 18 characters, upper case, right check character. A wrong inner check of the
    /// organisation code (GB 11714) is not refused here: see organisation_check_holds.
    /// Errors: malformed_value, saying what is wrong and what was expected.
    static Result<Uscc> parse(std::string_view text);

    /// The inverse of packed(). Errors: malformed_value when a part is out of its range.
    static Result<Uscc> from_packed(BytesView nine_bytes);

    const std::string& text() const noexcept { return text_; }
    std::string_view area() const noexcept { return std::string_view(text_).substr(2, 6); }
    std::string_view organisation() const noexcept { return std::string_view(text_).substr(8, 9); }

    /// GB 11714 check character of the organisation code (characters 9 to 17).
    bool organisation_check_holds() const noexcept;

    /// 9 bytes: u32 ((v1*31 + v2)*10^6 + area), then u40 (8 characters of the organisation code in base 31);
    /// both check characters are left out. Only codes whose organisation_check_holds() and whose area is six
    /// digits can be packed (docs/format/payload.md); false tells that this one cannot.
    bool packs() const noexcept;
    std::array<std::uint8_t, 9> packed() const;  ///< needs packs()

    friend auto operator<=>(const Uscc&, const Uscc&) = default;

private:
    explicit Uscc(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// The GB 11714 check character ('0'..'9' or 'X') of 8 characters of 0-9A-Z.
char organisation_check_character(std::string_view eight) noexcept;

}  // namespace elic
