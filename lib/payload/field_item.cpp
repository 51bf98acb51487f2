#include "payload/field_item.h"

#include <algorithm>

#include "base/text.h"
#include "elic/crypto/sm3.h"
#include "elic/license/citizen_id.h"
#include "payload/text_item.h"

namespace elic {

namespace {

constexpr std::size_t text_digest_bytes = 16;
constexpr std::size_t image_digest_bytes = 32;
constexpr std::size_t default_max_characters = 2000;

tl::unexpected<Error> refused(const FieldRule& rule, const std::string& what) {
    return fail(Errc::draft_refused, rule.label + ": " + what);
}
/// The same before the field is named: write_field does that for all.
tl::unexpected<Error> unfit(const std::string& what) { return fail(Errc::draft_refused, what); }
tl::unexpected<Error> malformed(const FieldRule& rule, const std::string& what) {
    return fail(Errc::malformed_payload, rule.label + ": " + what);
}

std::vector<std::uint8_t> text_digest(const std::string& text) {
    const auto digest = sm3(as_bytes(text));
    return {digest.begin(), digest.begin() + text_digest_bytes};
}

std::size_t longest_text(const FieldRule& rule) {
    return rule.max_length != 0 ? rule.max_length : default_max_characters;
}

std::int64_t power_of_ten(int n) {
    std::int64_t value = 1;
    for (int i = 0; i < n; ++i) value *= 10;
    return value;
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
    std::vector<std::string> items;
    std::size_t start = 0;
    for (;;) {
        const auto end = text.find(separator, start);
        items.push_back(text.substr(start, end - start));
        if (end == std::string::npos) return items;
        start = end + separator.size();
    }
}

/// The amount as an integer of its smallest step (only decimals have a scale); nullopt when the text is not exactly of
/// that form.
std::optional<std::int64_t> amount_of(const FieldRule& rule, std::string_view text) {
    if (!text.ends_with(rule.unit)) return {};
    std::string digits(text.substr(0, text.size() - rule.unit.size()));
    if (rule.scale > 0) {
        const auto scale = static_cast<std::size_t>(rule.scale);
        if (digits.size() < scale + 2 || digits[digits.size() - scale - 1] != '.') return {};
        const bool zero_first = digits[0] == '0' && digits.size() > scale + 2;
        digits.erase(digits.size() - scale - 1, 1);
        if (zero_first) return {};
    } else if (digits.size() > 1 && digits[0] == '0') {
        return {};
    }
    if (digits.empty() || digits.size() > 18 || digits.find_first_not_of("0123456789") != std::string::npos) return {};
    return std::stoll(digits);
}

std::string amount_text(const FieldRule& rule, std::int64_t amount) {
    if (rule.scale == 0) return std::to_string(amount) + rule.unit;
    auto fraction = std::to_string(amount % power_of_ten(rule.scale));
    fraction.insert(0, static_cast<std::size_t>(rule.scale) - fraction.size(), '0');
    return std::to_string(amount / power_of_ten(rule.scale)) + "." + fraction + rule.unit;
}

std::optional<std::int64_t> code_index(const FieldRule& rule, std::string_view text) {
    for (std::size_t i = 0; i < rule.codes.size(); ++i) {
        if (rule.codes[i].text == text) return static_cast<std::int64_t>(i);
    }
    return {};
}

Result<cbor::Value> write_codes(const FieldRule& rule, const std::string& text) {
    std::int64_t mask = 0;
    for (const auto& item : split(text, rule.separator)) {
        const auto index = code_index(rule, item);
        if (!index || (mask >> *index) != 0) return unfit("its items must be of the list, in its order");
        mask |= std::int64_t{1} << *index;
    }
    return cbor::Value(mask);
}

Result<cbor::Value> write_list(const FieldRule& rule, const std::string& text, int words) {
    const auto items = split(text, rule.separator);
    if (items.size() == 1) return write_text(text, words);
    cbor::Array list;
    for (const auto& item : items) {
        auto value = write_text(item, words);
        if (!value) return value;
        list.push_back(std::move(*value));
    }
    return cbor::Value(std::move(list));
}

Result<cbor::Value> write_value(const FieldRule& rule, const std::string& text, int words) {
    switch (rule.kind) {
        case FieldKind::text:
            return write_text(text, words);
        case FieldKind::list:
            return write_list(rule, text, words);
        case FieldKind::codes:
            return write_codes(rule, text);
        case FieldKind::code:
            if (const auto index = code_index(rule, text)) return cbor::Value(*index);
            if (rule.open) return write_text(text, words);
            return unfit("not of its list");
        case FieldKind::date: {
            auto date = Date::parse(text);
            if (!date) return unfit("a date YYYY-MM-DD is expected");
            return cbor::Value(std::int64_t{date->days_since_2000()});
        }
        case FieldKind::whole:
        case FieldKind::decimal:
            if (const auto amount = amount_of(rule, text)) return cbor::Value(*amount);
            return unfit("a number" + (rule.unit.empty() ? "" : " in " + rule.unit) + " is expected");
        case FieldKind::uscc: {
            auto code = Uscc::parse(text);
            if (!code) return unfit(code.error().context);
            if (!code->packs()) return cbor::Value(text);
            const auto packed = code->packed();
            return cbor::Value(Bytes(packed.begin(), packed.end()));
        }
        case FieldKind::citizen_id: {
            auto id = CitizenId::parse(text);
            if (!id) return unfit(id.error().context);
            if (!id->packs()) return cbor::Value(text);
            const auto packed = id->packed();
            return cbor::Value(Bytes(packed.begin(), packed.end()));
        }
        case FieldKind::image:
            break;
    }
    return unfit("a picture is carried as its digest only");
}

Result<std::string> read_codes(const FieldRule& rule, const cbor::Value& value) {
    const auto* mask = value.integer();
    if (mask == nullptr || *mask <= 0 || (*mask >> rule.codes.size()) != 0)
        return malformed(rule, "a mask of its codes is expected");
    std::string text;
    for (std::size_t i = 0; i < rule.codes.size(); ++i) {
        if ((*mask >> i & 1) != 0) text += (text.empty() ? "" : rule.separator) + rule.codes[i].text;
    }
    return text;
}

Result<std::string> read_list(const FieldRule& rule, const cbor::Value& value, int words) {
    const auto* list = value.array();
    if (list == nullptr) return read_text(value, words);
    if (list->size() < 2) return malformed(rule, "a list of one is written as a text");
    std::string joined;
    for (const auto& item : *list) {
        auto text = read_text(item, words);
        if (!text) return text;
        joined += (joined.empty() ? "" : rule.separator) + *text;
    }
    return joined;
}

Result<std::string> read_amount(const FieldRule& rule, const cbor::Value& value) {
    const auto* amount = value.integer();
    if (amount == nullptr || *amount < 0) return malformed(rule, "an amount is expected");
    return amount_text(rule, *amount);
}

Result<std::string> read_code(const FieldRule& rule, const cbor::Value& value, int words) {
    const auto* index = value.integer();
    if (index == nullptr)
        return rule.open ? read_text(value, words) : Result<std::string>(malformed(rule, "a code is expected"));
    if (*index < 0 || static_cast<std::size_t>(*index) >= rule.codes.size())
        return malformed(rule, "a code that the list lacks");
    return rule.codes[static_cast<std::size_t>(*index)].text;
}

/// 9 or 6 packed bytes, or the text of a code that does not pack.
template <class Code>
Result<std::string> read_packed(const FieldRule& rule, const cbor::Value& value) {
    if (const auto* bytes = value.bytes()) {
        auto code = Code::from_packed(*bytes);
        if (!code) return malformed(rule, code.error().context);
        return code->text();
    }
    auto text = read_plain_text(value);
    return text;
}

Result<std::string> read_value(const FieldRule& rule, const cbor::Value& value, int words) {
    switch (rule.kind) {
        case FieldKind::text:
            return read_text(value, words);
        case FieldKind::list:
            return read_list(rule, value, words);
        case FieldKind::codes:
            return read_codes(rule, value);
        case FieldKind::code:
            return read_code(rule, value, words);
        case FieldKind::whole:
        case FieldKind::decimal:
            return read_amount(rule, value);
        case FieldKind::uscc:
            return read_packed<Uscc>(rule, value);
        case FieldKind::citizen_id:
            return read_packed<CitizenId>(rule, value);
        case FieldKind::date: {
            const auto* days = value.integer();
            auto date = days != nullptr ? Date::from_days(*days) : Result<Date>(fail(Errc::malformed_payload, ""));
            if (!date) return malformed(rule, "a date in 1900..2199 is expected");
            return date->format();
        }
        case FieldKind::image:
            break;
    }
    return malformed(rule, "a digest is expected");
}

}  // namespace

FaceField carried_form(const FieldRule& rule, FaceField field) {
    field.carried = rule.carried;
    if (rule.carried == Carried::masked) {
        // Masking what is masked already changes nothing.
        const auto type = HolderCodeType::parse(rule.kind == FieldKind::citizen_id ? "111" : "001");
        field.text = mask_code(*type, field.text);
    } else if (rule.carried == Carried::digest) {
        if (field.digest.empty()) field.digest = text_digest(field.text);
        field.text.clear();
    } else if (rule.carried == Carried::absent) {
        field.text.clear();
    }
    return field;
}

Result<cbor::Value> write_field(const FieldRule& rule, const FaceField& given, int words) {
    if (given.text.empty() && given.digest.empty()) return refused(rule, "an empty item");
    const auto field = carried_form(rule, given);
    if (rule.carried == Carried::digest) {
        const auto size = rule.kind == FieldKind::image ? image_digest_bytes : text_digest_bytes;
        if (field.digest.size() != size)
            return refused(rule, "a digest of " + std::to_string(size) + " bytes is expected");
        return cbor::Value(Bytes(field.digest.begin(), field.digest.end()));
    }
    if (const auto fault = find_text_fault(field.text)) return refused(rule, describe(*fault));
    if (count_characters(field.text) > longest_text(rule))
        return refused(rule, "at most " + std::to_string(longest_text(rule)) + " characters");
    auto value = rule.carried == Carried::masked ? write_text(field.text, words) : write_value(rule, field.text, words);
    if (!value) return refused(rule, value.error().context);
    return value;
}

Result<FaceField> read_field(const FieldRule& rule, const cbor::Value& value, int words) {
    FaceField field{.label = rule.label, .key = rule.keys.empty() ? "" : rule.keys.front(), .text = ""};
    if (rule.carried == Carried::digest) {
        const auto* bytes = value.bytes();
        const auto size = rule.kind == FieldKind::image ? image_digest_bytes : text_digest_bytes;
        if (bytes == nullptr || bytes->size() != size) return malformed(rule, "a digest is expected");
        field.carried = Carried::digest;
        field.digest.assign(bytes->begin(), bytes->end());
        return field;
    }
    if (rule.carried == Carried::masked) field.carried = Carried::masked;
    auto text = rule.carried == Carried::masked ? read_text(value, words) : read_value(rule, value, words);
    if (!text)
        return fail(text.error().code == Errc::limit_exceeded ? Errc::limit_exceeded : Errc::malformed_payload,
                    text.error().context);
    field.text = std::move(*text);
    return field;
}

}  // namespace elic
