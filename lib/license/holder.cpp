#include "elic/license/holder.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "elic/license/citizen_id.h"
#include "elic/license/uscc.h"

namespace elic {

namespace {

struct Row {
    int code;
    std::string_view name;
    bool annex;
};

// GB/T 36903-2018 annex A; the last three are met in practice only.
constexpr std::array<Row, 19> rows = {{{1, "统一社会信用代码", true},
                                       {99, "其他法人或其他组织有效证件代码", true},
                                       {111, "公民身份号码", true},
                                       {114, "中国人民解放军军官证编号", true},
                                       {115, "中国人民武装警察部队警官证编号", true},
                                       {118, "解放军士兵证编号", true},
                                       {119, "武警士兵证编号", true},
                                       {120, "解放军文职人员证编号", true},
                                       {122, "武警文职人员证编号", true},
                                       {411, "外交护照号", true},
                                       {412, "公务护照号", true},
                                       {413, "公务普通护照号", true},
                                       {414, "普通护照号", true},
                                       {511, "台湾居民来往大陆通行证号码", true},
                                       {516, "港澳居民来往内地通行证号码", true},
                                       {999, "其他自然人有效证件代码", true},
                                       {400, "护照", false},
                                       {551, "港澳居民居住证", false},
                                       {552, "台湾居民居住证", false}}};

const Row* find_row(int code) noexcept {
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.code == code; });
    return at == rows.end() ? nullptr : &*at;
}

}  // namespace

Result<HolderCodeType> HolderCodeType::parse(std::string_view code) {
    if (code.size() == 3 && code.find_first_not_of("0123456789") == std::string_view::npos) {
        const int number = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
        if (find_row(number) != nullptr) return HolderCodeType(number);
    }
    return fail(Errc::malformed_value,
                "'" + escape_for_output(code) +
                    "' is no holder code type of GB/T 36903 annex A (001 USCC, 111 citizen number, 414 passport, ...)");
}

std::string HolderCodeType::text() const {
    auto digits = std::to_string(code_);
    return std::string(3 - digits.size(), '0') + digits;
}

std::string_view HolderCodeType::name() const noexcept { return find_row(code_)->name; }
bool HolderCodeType::in_annex() const noexcept { return find_row(code_)->annex; }

Status check_holder(const Holder& holder) {
    if (holder.masked()) return {};
    if (holder.code_type.is_uscc()) {
        auto code = Uscc::parse(holder.code);
        if (!code) return tl::unexpected(code.error());
    } else if (holder.code_type.is_citizen_id()) {
        auto code = CitizenId::parse(holder.code);
        if (!code) return tl::unexpected(code.error());
    } else if (holder.code.empty() || count_characters(holder.code) > 64) {
        return fail(Errc::malformed_value, "a holder code has 1 to 64 characters");
    }
    return {};
}

std::string mask_code(const HolderCodeType& type, std::string_view code) {
    std::size_t head = type.is_citizen_id() ? 6 : 4;
    std::size_t tail = 4;
    while (head + tail >= code.size() && head + tail > 0) {
        if (head > 0) --head;
        if (head + tail >= code.size() && tail > 0) --tail;
    }
    return std::string(code.substr(0, head)) + std::string(code.size() - head - tail, '*') +
           std::string(code.substr(code.size() - tail));
}

bool code_agrees(std::string_view code, std::string_view given) {
    std::string folded;
    for (char c : fold_width(given)) {
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') folded += c;
    }
    const auto stored = fold_width(code);
    if (stored.empty() || folded.size() != stored.size()) return false;
    bool shown = false;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (stored[i] == '*') continue;
        if (stored[i] != folded[i]) return false;
        shown = true;
    }
    return shown;
}

}  // namespace elic
