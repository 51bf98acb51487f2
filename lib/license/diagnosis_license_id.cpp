#include <vector>

#include "base/text.h"
#include "elic/license/license_id.h"
#include "license/diagnosis_parts.h"

namespace elic {

namespace {

constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr const char* part_names[] = {"root", "type", "issuer", "serial", "revision", "check"};

bool digits_only(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool of_alphabet(std::string_view text) {
    return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    std::size_t start = 0;
    for (;;) {
        const auto dot = text.find('.', start);
        parts.emplace_back(text.substr(start, dot - start));
        if (dot == std::string_view::npos) return parts;
        start = dot + 1;
    }
}

/// The check that a faulty public program computes (standards notes, 1.5): letters are valued one too high, and the
/// intermediate reduction takes modulus 37 for letters and 36 for digits, at the wrong places.
char miscalculated_check(std::string_view text) {
    int p = 36;
    for (char c : text) {
        const int v = c >= 'A' ? c - 'A' + 11 : c - '0';
        int sum = p + v;
        if (v > 10 && sum > 37) sum %= 37;
        if (v < 10 && sum > 36) sum %= 36;
        if (sum == 0) sum = 36;
        p = sum * 2 % 37;
    }
    const int check = 36 - p + 1;
    return check >= 0 && check < 36 ? characters[static_cast<std::size_t>(check)] : '\0';
}

void remark(Diagnosis& d, std::string rule, std::string zh, std::string en) {
    d.remarks.push_back({std::move(rule), std::move(zh), std::move(en)});
}

void look_at_check(Diagnosis& d, const std::vector<std::string>& parts) {
    const auto content = parts[0] + parts[1] + parts[2] + parts[3];
    const char expected = mod_37_36_check(content);
    if (expected == '\0' || parts[4].size() != 1) {
        remark(d, "check.form", "校验位应为一个字符（0-9、A-Z）。", "The check is one character of 0-9 and A-Z.");
        return;
    }
    if (parts[4][0] == expected) return;
    const std::string wanted(1, expected);
    if (parts[4][0] == miscalculated_check(content)) {
        remark(d, "check.legacy_miscalculation",
               "校验位与已知的错误算法一致（应为 " + wanted + "）：可能由旧系统生成，请向颁发机构核实。",
               "The check is what a known faulty program computes (" + wanted +
                   " is right): probably made by an old system; ask the authority.");
    } else if (parts[4] == "X") {
        remark(d, "check.placeholder",
               "校验位 X 像是占位符（应为 " + wanted + "）：系统可能未计算校验位，请向颁发机构核实。",
               "The check X looks like a placeholder (" + wanted +
                   " is expected): the system may never have computed it; ask the authority.");
    } else {
        remark(d, "check.wrong", "校验位应为 " + wanted + "：请逐位核对。",
               "The check should be " + wanted + ": compare character by character.");
    }
    d.suggestion =
        std::string(LicenseId::root) + "." + parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[3] + "." + wanted;
    if (!LicenseId::parse(d.suggestion)) d.suggestion.clear();
}

void look_at_parts(Diagnosis& d, const std::vector<std::string>& parts) {
    if (parts[0].size() != 21 ||
        !digits_only(std::string_view(parts[0]).substr(std::min<std::size_t>(18, parts[0].size())))) {
        remark(d, "type.form", "证照类型代码应为21位：18位统一社会信用代码加3位顺序号。",
               "The type code has 21 characters: a unified social credit code and 3 digits.");
    } else if (auto body = Uscc::parse(std::string_view(parts[0]).substr(0, 18)); !body) {
        remark(d, "type.uscc", "证照类型代码中的统一社会信用代码有误。",
               "The type code's unified social credit code is wrong: " + body.error().context + ".");
    }
    if (parts[1].size() == 6 && digits_only(parts[1])) {
        remark(d, "issuer.division_code", "颁发机构处是6位行政区划代码（旧式做法），标准要求18位统一社会信用代码。",
               "The issuer is a 6-digit division code, as older systems wrote; the standard wants a unified social "
               "credit code.");
        if (parts[4].size() == 1 && parts[4][0] == mod_37_36_check(parts[0] + parts[1] + parts[2] + parts[3])) {
            remark(d, "check.holds", "校验位正确：结构不规范，但不是伪造的迹象。",
                   "The check character is right: an irregular structure, no sign of forgery.");
        }
    } else if (auto issuer = Uscc::parse(parts[1]); !issuer) {
        remark(d, "issuer.uscc", "颁发机构代码有误。", "The issuer's code is wrong: " + issuer.error().context + ".");
    }
    if (!of_alphabet(parts[2])) {
        remark(d, "serial.characters", "流水号只能含 0-9 和 A-Z。",
               "The serial has characters other than 0-9 and A-Z.");
    } else if (parts[2].size() > LicenseId::max_serial) {
        remark(d, "serial.length", "流水号过长（最多64位）。", "The serial is too long: at most 64 characters.");
    }
    if (parts[3].size() != 3 || !digits_only(parts[3])) {
        remark(d, "revision.form", "版本号应为3位数字。", "The revision is 3 digits.");
    } else if (parts[3] == "000") {
        remark(d, "revision.zero", "版本号从 001 开始。", "Revisions begin at 001.");
    }
}

}  // namespace

Diagnosis diagnose_license_id(std::string_view text) {
    Diagnosis d{.kind = CodeKind::license_id};
    if (LicenseId::parse(text)) {
        d.well_formed = true;
    }
    if (!text.starts_with(LicenseId::root)) {
        remark(d, "root.wrong", "电子证照标识以 1.2.156.3005.2. 开头。",
               "A license identifier begins with 1.2.156.3005.2.");
        return d;
    }
    const auto parts =
        split(text.size() > LicenseId::root.size() + 1 ? text.substr(LicenseId::root.size() + 1) : std::string_view());
    d.parts.emplace_back(part_names[0], std::string(LicenseId::root));
    for (std::size_t i = 0; i < parts.size() && i < 5; ++i) d.parts.emplace_back(part_names[i + 1], parts[i]);
    if (parts.size() != 5) {
        remark(d, "parts.count", "标识由六部分组成，以点分隔。",
               "An identifier has six parts with full stops between them.");
        return d;
    }
    if (d.well_formed) return d;
    look_at_parts(d, parts);
    look_at_check(d, parts);
    std::string upper(text);
    for (auto& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper != text) {
        remark(d, "case.lower", "标识使用大写字母。", "Identifiers are written in upper case.");
        if (LicenseId::parse(upper)) d.suggestion = upper;
    }
    return d;
}

}  // namespace elic
