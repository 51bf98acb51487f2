#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/date.h"
#include "elic/base/result.h"

namespace elic {

/// A citizen identification number (公民身份号码), GB 11643-1999: 6 digits area, 8 digits date of birth,
/// 3 digits sequence (odd = male), 1 check character 0-9X (ISO 7064 MOD 11-2).
class CitizenId {
public:
    /// Strict: 18 characters, a date that exists (1900..2199), right check character, X in upper case.
    /// Errors: malformed_value, saying what is wrong.
    static Result<CitizenId> parse(std::string_view text);

    /// The inverse of packed(). Errors: malformed_value when a part is out of its range.
    static Result<CitizenId> from_packed(BytesView six_bytes);

    const std::string& text() const noexcept { return text_; }
    std::string_view area() const noexcept { return std::string_view(text_).substr(0, 6); }
    Date birth_date() const noexcept;
    bool male() const noexcept;

    /// 6 bytes, big-endian: (area*65536 + days since 1900-01-01)*1000 + sequence. Birth dates up to 65,535
    /// days after 1900-01-01 (2079-06-05) fit; false for later ones.
    bool packs() const noexcept;
    std::array<std::uint8_t, 6> packed() const;  ///< needs packs()

    friend auto operator<=>(const CitizenId&, const CitizenId&) = default;

private:
    explicit CitizenId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace elic
