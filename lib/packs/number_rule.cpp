#include "elic/packs/number_rule.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "elic/license/area_code.h"
#include "elic/license/license_id.h"

namespace elic {

namespace {

constexpr std::uint64_t packed_limit = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

bool is_digits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

std::uint64_t power_of_ten(int count) {
    std::uint64_t value = 1;
    for (int i = 0; i < count; ++i) value *= 10;
    return value;
}

/// How many values a part may take; 1 = it is known.
std::uint64_t radix_of(const NumberPart& part) {
    switch (part.kind) {
        case NumberPart::Kind::choice:
            return part.choices.size();
        case NumberPart::Kind::digits:
            return power_of_ten(part.count);
        case NumberPart::Kind::area:
            return power_of_ten(6);
        default:
            return 1;
    }
}

std::string digits_of(std::string_view text) {
    std::string digits;
    for (char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits;
}

/// The check character over the digits before it; '\0' when it cannot be computed.
char check_of(const NumberPart& part, std::string_view before) {
    const auto digits = digits_of(before);
    if (part.text == "mod_11_10") return mod_11_10_check(digits);
    // Construction qualifications: 8 digits times 7 9 5 1 4 2 6 8, sum mod 10.
    constexpr int weights[8] = {7, 9, 5, 1, 4, 2, 6, 8};
    if (digits.size() != 8) return '\0';
    int sum = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += (digits[i] - '0') * weights[i];
    return static_cast<char>('0' + sum % 10);
}

/// Reads a number by one pattern from left to right.
class PatternReader {
public:
    PatternReader(std::string_view number, const NumberContext& context) : number_(number), context_(context) {}

    bool read(const std::vector<NumberPart>& parts, std::size_t pattern) {
        value_ = pattern;
        for (const auto& part : parts) {
            if (!take(part)) return false;
        }
        return at_ == number_.size();
    }

    bool overflowed() const { return overflowed_; }
    bool anything_free() const { return free_; }
    std::uint64_t value() const { return value_; }
    /// Empty when the number shows none, or leaves a gap in it.
    std::string serial() const { return serial_.find(unknown) == std::string::npos ? serial_ : std::string(); }
    const std::string& area() const { return area_; }

private:
    static constexpr char unknown = '\0';

    void push(std::uint64_t radix, std::uint64_t digit) {
        if (radix > 1) free_ = true;
        if (value_ > (packed_limit - digit) / radix) overflowed_ = true;
        if (!overflowed_) value_ = value_ * radix + digit;
    }

    bool take_text(std::string_view text) {
        if (text.empty() || number_.substr(at_, text.size()) != text) return false;
        at_ += text.size();
        return true;
    }

    bool take_digits(int count, std::string& digits) {
        const auto size = static_cast<std::size_t>(count);
        if (number_.size() - at_ < size || !is_digits(number_.substr(at_, size))) return false;
        digits = number_.substr(at_, size);
        at_ += size;
        push(power_of_ten(count), std::stoull(digits));
        return true;
    }

    bool take_choice(const NumberPart& part) {
        std::size_t best = part.choices.size();
        for (std::size_t i = 0; i < part.choices.size(); ++i) {
            if (number_.substr(at_, part.choices[i].size()) != part.choices[i]) continue;
            if (best == part.choices.size() || part.choices[best].size() < part.choices[i].size()) best = i;
        }
        if (best == part.choices.size()) return false;
        at_ += part.choices[best].size();
        push(part.choices.size(), best);
        return true;
    }

    bool take_serial(const NumberPart& part) {
        const auto from = static_cast<std::size_t>(part.from);
        const auto count = static_cast<std::size_t>(part.count);
        const auto piece = number_.substr(at_, count);
        if (piece.size() != count ||
            piece.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos)
            return false;
        if (!context_.serial.empty() &&
            (context_.serial.size() < from + count || context_.serial.substr(from, count) != piece))
            return false;
        if (serial_.size() < from + count) serial_.resize(from + count, unknown);
        for (std::size_t i = 0; i < count; ++i) {
            auto& known = serial_[from + i];
            if (known != unknown && known != piece[i]) return false;  // two parts show different serials
            known = piece[i];
        }
        at_ += count;
        return true;
    }

    bool take(const NumberPart& part) {
        std::string digits;
        switch (part.kind) {
            case NumberPart::Kind::literal:
                return take_text(part.text);
            case NumberPart::Kind::choice:
                return take_choice(part);
            case NumberPart::Kind::digits:
                return take_digits(part.count, digits);
            case NumberPart::Kind::area:
                return take_digits(6, area_);
            case NumberPart::Kind::serial:
                return take_serial(part);
            case NumberPart::Kind::field:
                return context_.field_code && take_text(context_.field_code(part.field));
            case NumberPart::Kind::holder_code:
                return take_text(context_.first_holder_code);
            case NumberPart::Kind::check: {
                const char expected = check_of(part, number_.substr(0, at_));
                return expected != '\0' && take_text(std::string_view(&expected, 1));
            }
        }
        return false;
    }

    std::string_view number_;
    const NumberContext& context_;
    std::size_t at_ = 0;
    std::uint64_t value_ = 0;
    bool overflowed_ = false;
    bool free_ = false;
    std::string serial_;
    std::string area_;
};

/// The text of one known or free part while a number is rebuilt.
Result<std::string> part_text(const NumberPart& part, std::uint64_t digit, const NumberContext& context,
                              std::string_view before) {
    switch (part.kind) {
        case NumberPart::Kind::literal:
            return part.text;
        case NumberPart::Kind::choice:
            return part.choices[digit];
        case NumberPart::Kind::digits:
        case NumberPart::Kind::area: {
            const auto width = static_cast<std::size_t>(part.kind == NumberPart::Kind::area ? 6 : part.count);
            auto text = std::to_string(digit);
            return std::string(width - text.size(), '0') + text;
        }
        case NumberPart::Kind::serial: {
            const auto from = static_cast<std::size_t>(part.from);
            const auto count = static_cast<std::size_t>(part.count);
            if (context.serial.size() < from + count)
                return fail(Errc::malformed_value, "the serial is too short for the number rule");
            return std::string(context.serial.substr(from, count));
        }
        case NumberPart::Kind::field: {
            auto code = context.field_code ? context.field_code(part.field) : std::string();
            if (code.empty()) return fail(Errc::malformed_value, "the number needs a face field that is not there");
            return code;
        }
        case NumberPart::Kind::holder_code:
            if (context.first_holder_code.empty())
                return fail(Errc::malformed_value, "the number needs the holder's code");
            return std::string(context.first_holder_code);
        case NumberPart::Kind::check: {
            const char check = check_of(part, before);
            if (check == '\0') return fail(Errc::malformed_value, "the number's check cannot be computed");
            return std::string(1, check);
        }
    }
    return fail(Errc::malformed_value, "unknown number part");
}

std::string explain_part(const NumberPart& part) {
    switch (part.kind) {
        case NumberPart::Kind::literal:
            return part.text;
        case NumberPart::Kind::choice: {
            std::string text = "<";
            for (std::size_t i = 0; i < part.choices.size() && i < 4; ++i)
                text += (i != 0 ? "|" : "") + part.choices[i];
            return text + (part.choices.size() > 4 ? "|...>" : ">");
        }
        case NumberPart::Kind::digits:
            return "<" + std::to_string(part.count) + " digits>";
        case NumberPart::Kind::area:
            return "<division code>";
        case NumberPart::Kind::serial:
            return "<" + std::to_string(part.count) + " of the serial>";
        case NumberPart::Kind::field:
            return "<class on the face>";
        case NumberPart::Kind::holder_code:
            return "<holder code>";
        case NumberPart::Kind::check:
            return "<check digit>";
    }
    return {};
}

}  // namespace

std::uint64_t values_of(const std::vector<NumberPart>& pattern) {
    std::uint64_t values = 1;
    for (const auto& part : pattern) {
        const auto radix = radix_of(part);
        if (values > packed_limit / radix) return packed_limit;
        values *= radix;
    }
    return values;
}

std::optional<NumberReading> read_number(const NumberRule& rule, std::string_view number,
                                         const NumberContext& context) {
    for (std::size_t pattern = 0; pattern < rule.patterns.size(); ++pattern) {
        PatternReader reader(number, context);
        if (!reader.read(rule.patterns[pattern], pattern)) continue;
        NumberReading reading{.pattern = pattern,
                              .packed = {},
                              .rebuilt = !reader.anything_free() && rule.patterns.size() == 1,
                              .serial = reader.serial(),
                              .area = reader.area()};
        if (!reader.overflowed()) reading.packed = reader.value();
        return reading;
    }
    return std::nullopt;
}

Result<std::string> rebuild_number(const NumberRule& rule, std::uint64_t packed, const NumberContext& context) {
    for (std::size_t pattern = 0; pattern < rule.patterns.size(); ++pattern) {
        const auto& parts = rule.patterns[pattern];
        std::vector<std::uint64_t> digits(parts.size());
        std::uint64_t rest = packed;
        for (std::size_t i = parts.size(); i-- > 0;) {
            const auto radix = radix_of(parts[i]);
            digits[i] = rest % radix;
            rest /= radix;
        }
        if (rest != pattern) continue;
        std::string text;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto piece = part_text(parts[i], digits[i], context, text);
            if (!piece) return piece;
            text += *piece;
        }
        // A choice that runs into what follows it, or an earlier pattern, may read otherwise: one number, one packed
        // form.
        const auto again = read_number(rule, text, context);
        if (!again || again->packed != packed)
            return fail(Errc::malformed_value, "a packed number is not the one form of its number");
        return text;
    }
    return fail(Errc::malformed_value, "a packed number is out of its range");
}

std::string explain_number_rule(const NumberRule& rule) {
    if (rule.patterns.empty()) return "any text";
    std::string text = "the form is ";
    for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
        if (i != 0) text += ", or ";
        for (const auto& part : rule.patterns[i]) text += explain_part(part);
    }
    return text;
}

}  // namespace elic
