#include "elic/license/holder.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "elic/license/citizen_id.h"
#include "elic/license/uscc.h"

namespace elic {

namespace {

struct Row {
    int code;
    std::string_view name;
};

// GB/T 36903-2018 annex A; the last three are met in practice only.
constexpr std::array<Row, 19> rows = {{{1, "统一社会信用代码"},
                                       {99, "其他法人或其他组织有效证件代码"},
                                       {111, "公民身份号码"},
                                       {114, "中国人民解放军军官证编号"},
                                       {115, "中国人民武装警察部队警官证编号"},
                                       {118, "解放军士兵证编号"},
                                       {119, "武警士兵证编号"},
                                       {120, "解放军文职人员证编号"},
                                       {122, "武警文职人员证编号"},
                                       {411, "外交护照号"},
                                       {412, "公务护照号"},
                                       {413, "公务普通护照号"},
                                       {414, "普通护照号"},
                                       {511, "台湾居民来往大陆通行证号码"},
                                       {516, "港澳居民来往内地通行证号码"},
                                       {999, "其他自然人有效证件代码"},
                                       {400, "护照"},
                                       {551, "港澳居民居住证"},
                                       {552, "台湾居民居住证"}}};

const Row* find_row(int code) noexcept {
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.code == code; });
    return at == rows.end() ? nullptr : &*at;
}

constexpr std::size_t longest_code = 64;

/// The characters of a text, each in its bytes; bytes that are no character stand alone.
std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        if (!next_character(text, at)) ++at;
        characters.push_back(text.substr(start, at - start));
    }
    return characters;
}

/// As it is compared: narrow, upper case, without blanks.
std::string folded(std::string_view text) {
    auto narrow = fold_width(text);
    for (auto& c : narrow) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    std::erase_if(narrow, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return narrow;
}

}  // namespace

Result<HolderCodeType> HolderCodeType::parse(std::string_view code) {
    const auto number = code.size() == 3 ? read_decimal(code) : std::nullopt;
    if (number && find_row(*number) != nullptr) return HolderCodeType(*number);
    return fail(Errc::malformed_value,
                quote_for_error(code) +
                    " is no holder code type of GB/T 36903 annex A (001 USCC, 111 citizen number, 414 passport, ...)");
}

std::string HolderCodeType::text() const { return decimal(code_, 3); }
std::string_view HolderCodeType::name() const noexcept { return find_row(code_)->name; }

Status check_holder(const Holder& holder) {
    if (const auto fault = find_text_fault(holder.code)) {
        return fail(Errc::malformed_value, "holder code: " + describe(*fault));
    }
    if (const auto count = count_characters(holder.code); count == 0 || count > longest_code) {
        return fail(Errc::malformed_value, "a holder code has 1 to 64 characters");
    }
    if (holder.masked()) return {};
    if (holder.code_type.is_uscc()) {
        if (auto code = Uscc::parse(holder.code); !code) return tl::unexpected(code.error());
    } else if (holder.code_type.is_citizen_id()) {
        if (auto code = CitizenId::parse(holder.code); !code) return tl::unexpected(code.error());
    }
    return {};
}

std::string mask_code(const HolderCodeType& type, std::string_view code) {
    const auto characters = characters_of(code);
    const std::size_t count = characters.size();
    // Of a short code (a passport has 9 characters) at least half is hidden.
    const std::size_t shown = std::min<std::size_t>(8, count / 2);
    const bool citizen = type.is_citizen_id() && count == 18;
    const std::size_t head = citizen ? 6 : shown - shown / 2;
    const std::size_t tail = citizen ? 4 : shown / 2;
    std::string masked;
    for (std::size_t i = 0; i < count; ++i) {
        masked += i < head || i >= count - tail ? characters[i] : std::string_view("*");
    }
    return masked;
}

bool code_agrees(std::string_view code, std::string_view given) {
    const auto stored_text = folded(code);
    const auto given_text = folded(given);
    const auto stored = characters_of(stored_text);
    const auto compared = characters_of(given_text);
    if (stored.size() != compared.size()) return false;
    bool shown = false;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (stored[i] == "*") continue;
        if (stored[i] != compared[i]) return false;
        shown = true;
    }
    return shown;
}

}  // namespace elic
