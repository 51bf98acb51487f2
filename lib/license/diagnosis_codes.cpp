#include <array>

#include "elic/license/citizen_id.h"
#include "elic/license/uscc.h"
#include "license/diagnosis_parts.h"

namespace elic {

namespace {

bool digits_only(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Letters that GB 32100 leaves out, and the digit or letter they are mistaken for.
std::string without_look_alikes(std::string_view text) {
    std::string mended(text);
    for (auto& c : mended) {
        switch (c) {
            case 'O':
                c = '0';
                break;
            case 'I':
                c = '1';
                break;
            case 'Z':
                c = '2';
                break;
            case 'S':
                c = '5';
                break;
            case 'V':
                c = 'U';
                break;
            default:
                break;
        }
    }
    return mended;
}

/// The check character that would make the first 17 right; '\0' when none does.
char right_check(std::string_view text) {
    constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    std::string other(text);
    for (char c : alphabet) {
        other[17] = c;
        if (Uscc::parse(other)) return c;
    }
    return '\0';
}

}  // namespace

Diagnosis diagnose_uscc(std::string_view text) {
    Diagnosis d{.kind = CodeKind::uscc};
    if (auto code = Uscc::parse(text)) {
        d.well_formed = true;
        d.parts = {{"area", std::string(code->area())},
                   {"organisation", std::string(code->organisation())},
                   {"check", std::string(1, text[17])}};
        if (!code->organisation_check_holds()) {
            d.remarks.push_back({"organisation.check",
                                 "第9至17位组织机构代码的校验位不符（GB 11714），整码校验位正确：请核对登记证书。",
                                 "The organisation code (characters 9 to 17) fails its own check (GB 11714) though the "
                                 "whole passes: compare with the registration."});
        }
        return d;
    }
    if (text.find_first_of("OIZSV") != std::string_view::npos) {
        d.remarks.push_back({"characters.excluded",
                             "统一社会信用代码不使用字母 I、O、S、V、Z：请核对是否为数字 1、0、5、2 或字母 U。",
                             "The code never has the letters I, O, S, V, Z: see whether 1, 0, 5, 2 or U was meant."});
        const auto mended = without_look_alikes(text);
        if (Uscc::parse(mended)) d.suggestion = mended;
        return d;
    }
    if (text.substr(2, 6).find_first_not_of("0123456789") != std::string_view::npos) {
        d.remarks.push_back(
            {"area.form", "第3至8位应为行政区划代码（数字）。", "Characters 3 to 8 are a division code: digits."});
        return d;
    }
    if (const char expected = right_check(text); expected != '\0') {
        d.remarks.push_back(
            {"check.wrong", std::string("校验位应为 ") + expected + "：请逐位核对。",
             std::string("The check character should be ") + expected + ": compare character by character."});
        d.suggestion = only_exchange(text, [](const std::string& other) {
            auto code = Uscc::parse(other);
            return code && code->organisation_check_holds();
        });
        return d;
    }
    d.remarks.push_back({"form", "统一社会信用代码为18位，由 0-9 和 A-Y（无 I、O、S、V、Z）组成。",
                         "A code has 18 characters of 0-9 and A-Y without I, O, S, V, Z."});
    return d;
}

Diagnosis diagnose_citizen_id(std::string_view text) {
    Diagnosis d{.kind = CodeKind::citizen_id};
    if (text.size() == 15 && digits_only(text)) {
        d.remarks.push_back(
            {"length.fifteen", "这是15位旧号码：请使用18位号码（中间加 19，末位加校验位）。",
             "An old number of 15 digits: use the one of 18 (19 goes into the year, a check character to the end)."});
        std::string seventeen = std::string(text.substr(0, 6)) + "19" + std::string(text.substr(6));
        for (char c : std::string_view("0123456789X")) {
            if (CitizenId::parse(seventeen + c)) d.suggestion = seventeen + c;
        }
        return d;
    }
    if (auto id = CitizenId::parse(text)) {
        d.well_formed = true;
        d.parts = {{"area", std::string(id->area())},
                   {"birth date", id->birth_date().format()},
                   {"sex", id->male() ? "male" : "female"}};
        return d;
    }
    std::string upper(text);
    if (upper.back() == 'x') {
        upper.back() = 'X';
        if (CitizenId::parse(upper)) {
            d.remarks.push_back({"case.lower", "末位 X 应为大写。", "The X at the end is written in upper case."});
            d.suggestion = upper;
            return d;
        }
    }
    std::string other = upper;
    for (char c : std::string_view("0123456789X")) {
        other[17] = c;
        if (!CitizenId::parse(other)) continue;
        d.remarks.push_back({"check.wrong", std::string("校验位应为 ") + c + "：请逐位核对。",
                             std::string("The check character should be ") + c + ": compare character by character."});
        d.suggestion = only_exchange(
            upper, [](const std::string& text_other) { return CitizenId::parse(text_other).has_value(); });
        return d;
    }
    d.remarks.push_back(
        {"date.wrong", "第7至14位不是存在的出生日期。", "Characters 7 to 14 are no date of birth that exists."});
    return d;
}

}  // namespace elic
