#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "elic/base/result.h"

namespace elic {

/// A division code of GB/T 2260: 6 digits (2 province, 2 prefecture, 2 county). "000000" is the country.
/// Whether a code is or was assigned is not checked beyond its province part: codes come and go.
class AreaCode {
public:
    /// 6 digits whose first two are a province of GB/T 2260 (66 for 兵团 and 00 for the country are
    /// accepted), or the 12-digit form of the exchange tables (6 + 6). Errors: malformed_value.
    static Result<AreaCode> parse(std::string_view text);

    const std::string& text() const noexcept { return text_; }

    /// True when `other` is this area or lies in it: trailing 00 pairs are wildcards ("430000" contains
    /// "430102"; "000000" contains all).
    bool contains(const AreaCode& other) const noexcept;

    friend auto operator<=>(const AreaCode&, const AreaCode&) = default;

private:
    explicit AreaCode(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace elic
