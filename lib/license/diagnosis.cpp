#include "elic/license/diagnosis.h"

#include "base/text.h"
#include "elic/license/license_id.h"
#include "license/diagnosis_parts.h"

namespace elic {

namespace {

constexpr std::size_t max_length = 4096;

bool digits_only(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool upper_and_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

std::string folded_and_trimmed(std::string_view text) {
    std::string folded;
    const auto wide = fold_width(text);
    for (std::size_t i = 0; i < wide.size(); ++i) {
        if (wide.compare(i, 3, "。") == 0) {  // a full stop typed under a Chinese input method
            folded += '.';
            i += 2;
        } else if (wide[i] != ' ' && wide[i] != '\t' && wide[i] != '\r' && wide[i] != '\n') {
            folded += wide[i];
        }
    }
    return folded;
}

/// yyyyMMddHHmmssSSS at the beginning.
bool begins_with_time(std::string_view text) {
    if (text.size() < 17 || !digits_only(text.substr(0, 17))) return false;
    const auto number = [&](std::size_t at, std::size_t count) {
        int n = 0;
        for (char c : text.substr(at, count)) n = n * 10 + (c - '0');
        return n;
    };
    return number(0, 4) >= 2000 && number(0, 4) < 2100 && number(4, 2) >= 1 && number(4, 2) <= 12 &&
           number(6, 2) >= 1 && number(6, 2) <= 31 && number(8, 2) < 24 && number(10, 2) < 60 && number(12, 2) < 60;
}

Diagnosis other(CodeKind kind, std::string rule, std::string zh, std::string en) {
    Diagnosis d{.kind = kind};
    d.remarks.push_back({std::move(rule), std::move(zh), std::move(en)});
    return d;
}

Diagnosis diagnose_folded(std::string_view text) {
    if (text.starts_with("1.2.156.3005.6")) {
        return other(CodeKind::legal_document_id, "arc.legal_document",
                     "这是电子法律文书标识（1.2.156.3005.6），不是证照标识。",
                     "An identifier of an electronic legal document (1.2.156.3005.6), not of a license.");
    }
    if (text.starts_with("1.2.156.3003.2")) {
        return other(CodeKind::legacy_license_id, "root.pre_standard",
                     "这是国家标准发布前的旧式标识（1.2.156.3003.2）：请向颁发机构换取新标识。",
                     "An identifier of the form before the national standard (1.2.156.3003.2): ask the authority for "
                     "the new one.");
    }
    if (text.starts_with("1.2.156.")) return diagnose_license_id(text);
    if (text.size() == 18 && digits_only(text.substr(0, 17)) &&
        (digits_only(text.substr(17)) || text[17] == 'X' || text[17] == 'x')) {
        auto uscc = diagnose_uscc(text);
        auto citizen = diagnose_citizen_id(text);
        if (uscc.well_formed || citizen.well_formed) return uscc.well_formed ? uscc : citizen;
        // Characters 7 and 8 are the century of a birth year, or the middle of a division code.
        const auto century = text.substr(6, 2);
        return century == "18" || century == "19" || century == "20" ? citizen : uscc;
    }
    if (text.size() == 15 && digits_only(text)) return diagnose_citizen_id(text);
    if (text.size() == 18 && upper_and_digits(text)) {
        auto uscc = diagnose_uscc(text);
        if (uscc.well_formed || !uscc.suggestion.empty()) return uscc;
        const bool year = text.substr(6, 2) == "20" && digits_only(text.substr(0, 10));
        if (year) {
            return other(
                CodeKind::license_app_code, "form.license_app",
                "这是电子证照标识码（区划6位+年份4位+8位）：请在签发平台查询。",
                "A license code of the license-app family (division, year, 8 characters): look it up at its platform.");
        }
        return uscc;
    }
    if (text.size() == 21 && upper_and_digits(text)) {
        if (auto code = LicenseTypeCode::parse(text)) {
            Diagnosis d{.kind = CodeKind::license_type_code, .well_formed = true};
            d.parts = {{"defining authority", std::string(text.substr(0, 18))}, {"type", std::string(text.substr(18))}};
            return d;
        }
        return other(CodeKind::license_type_code, "type.uscc", "证照类型代码中的统一社会信用代码或顺序号有误。",
                     "The license type code's unified social credit code or number is wrong.");
    }
    if (begins_with_time(text) && text.size() > 17 && text.size() <= 64) {
        return other(
            CodeKind::authorization_code, "form.authorization",
            "这是用证码（时间加随机码），只能使用一次：请在签发平台查询。",
            "An authorisation code (a time and more), good for one use: look it up at the platform that issued it.");
    }
    if (text.size() == 9 && upper_and_digits(text) &&
        text.substr(0, 8).find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos) {
        Diagnosis d{.kind = CodeKind::organisation_code};
        const char expected = organisation_check_character(text.substr(0, 8));
        d.well_formed = text[8] == expected;
        if (!d.well_formed) {
            d.remarks.push_back({"check.wrong", std::string("组织机构代码的校验位应为 ") + expected + "。",
                                 std::string("The organisation code's check should be ") + expected + "."});
        }
        return d;
    }
    if (text.find("V1") != std::string_view::npos && text.size() > 30 && upper_and_digits(text)) {
        return other(CodeKind::legacy_license_id, "form.2016",
                     "像是2016年的电子证照编号（无根代码）：请向颁发机构核实。",
                     "It looks like a license number of the 2016 form (no root): ask the authority.");
    }
    return other(
        CodeKind::unknown, "form", "不是已知的代码：应为电子证照标识、统一社会信用代码或公民身份号码。",
        "No code that is known: a license identifier, a unified social credit code or a citizen number is expected.");
}

}  // namespace

Diagnosis diagnose(std::string_view given) {
    if (given.size() > max_length)
        return other(CodeKind::unknown, "length", "内容过长，不是代码。", "Too long to be a code.");
    const auto text = folded_and_trimmed(given);
    auto d = diagnose_folded(text);
    if (text == given) return d;
    if (d.well_formed) {
        d.well_formed = false;
        d.suggestion = text;
    }
    d.remarks.push_back({"characters.folded", "含有空白或全角字符：应使用半角、无空格的形式。",
                         "It has blanks or full-width characters: write it in half width without blanks."});
    return d;
}

std::string_view name_of(CodeKind kind) noexcept {
    switch (kind) {
        case CodeKind::license_id:
            return "license-identifier";
        case CodeKind::legacy_license_id:
            return "legacy-license-identifier";
        case CodeKind::legal_document_id:
            return "legal-document-identifier";
        case CodeKind::uscc:
            return "uscc";
        case CodeKind::citizen_id:
            return "citizen-number";
        case CodeKind::license_app_code:
            return "license-app-code";
        case CodeKind::authorization_code:
            return "authorization-code";
        case CodeKind::organisation_code:
            return "organisation-code";
        case CodeKind::license_type_code:
            return "license-type-code";
        case CodeKind::unknown:
            break;
    }
    return "unknown";
}

}  // namespace elic
