#pragma once

#include <string>
#include <string_view>

#include "elic/base/result.h"

namespace elic {

/// A holder code type (持证主体代码类型), GB/T 36903-2018 annex A: three digits, "001" = USCC,
/// "111" = citizen number.
class HolderCodeType {
public:
    /// Accepts the codes of the annex and those met in practice (400, 551, 552). Errors: malformed_value.
    static Result<HolderCodeType> parse(std::string_view code);

    int code() const noexcept { return code_; }  ///< 1, 111, ...
    std::string text() const;                    ///< "001", "111", ...
    std::string_view name() const noexcept;      ///< "公民身份号码"
    bool is_uscc() const noexcept { return code_ == 1; }
    bool is_citizen_id() const noexcept { return code_ == 111; }

    friend auto operator<=>(const HolderCodeType&, const HolderCodeType&) = default;

private:
    explicit HolderCodeType(int code) : code_(code) {}
    int code_;
};

/// A holder of a license (持证主体): who it was issued to. A code may be masked ('*' for hidden
/// characters) where the type pack says so; then it cannot be checked.
struct Holder {
    std::string name;
    HolderCodeType code_type;
    std::string code;

    bool masked() const { return code.find('*') != std::string::npos; }
    friend bool operator==(const Holder&, const Holder&) = default;
};

/// Checks a holder's code by its type: 001 by GB 32100, 111 by GB 11643 (masked codes pass), others: 1 to
/// 64 printable characters. Errors: malformed_value.
Status check_holder(const Holder& holder);

/// Masks a code: a citizen number keeps its first 6 and last 4 characters, any other its first 4 and last 4
/// (fewer when short); each hidden character becomes '*'.
std::string mask_code(const HolderCodeType& type, std::string_view code);

/// True when `given` (typed or read from a document; white space and width folded) is `code`, or agrees with
/// it in every character that is not masked.
bool code_agrees(std::string_view code, std::string_view given);

}  // namespace elic
