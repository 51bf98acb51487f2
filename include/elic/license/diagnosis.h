#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace elic {

/// What a code is found to be.
enum class CodeKind {
    license_id,          ///< GB/T 36904
    legacy_license_id,   ///< pre-standard root 1.2.156.3003.2
    legal_document_id,   ///< sibling arc 1.2.156.3005.6
    uscc,                ///< GB 32100
    citizen_id,          ///< GB 11643
    license_app_code,    ///< 18-character 电子证照标识码 of the license-app family
    authorization_code,  ///< 用证码: 17-digit time + letters and digits
    organisation_code,   ///< GB 11714, 9 characters
    license_type_code,   ///< 21 characters
    unknown,
};

/// One thing said of a code: `rule` is stable ("check.wrong"), the sentences are for people.
struct Remark {
    std::string rule;
    std::string zh;
    std::string en;
};

/// What a text is and what is wrong with it. `well_formed`: the strict parser of that kind accepts the text
/// as it stands.
struct Diagnosis {
    CodeKind kind = CodeKind::unknown;
    bool well_formed = false;
    std::vector<Remark> remarks;  ///< what is wrong, what was expected, what it probably is
    std::string suggestion;       ///< a well-formed text that was probably meant; may be empty
    std::vector<std::pair<std::string, std::string>> parts;  ///< named parts of a readable code, in order
};

/// Names what `text` is and, where it breaks a rule, which and what it probably was meant to be: legacy
/// issuer code, placeholder or legacy check character, wrong root, pre-standard form, lower case, full width,
/// sibling arc, letters O and I for digits, 15-digit citizen numbers. Total: never fails, any bytes.
Diagnosis diagnose(std::string_view text);

std::string_view name_of(CodeKind kind) noexcept;

}  // namespace elic
