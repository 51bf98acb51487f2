#include "elic/license/metadata.h"

namespace elic {

const std::vector<WireName>& wire_names() {
    // GB/T 36903-2018: initials, the name that interfaces use, the Chinese name. Where the official text differs, it
    // is corrected here and nowhere else.
    static const std::vector<WireName> table = {
        {"name", "ZZMC", "certificateName", "证照名称"},
        {"type", "ZZLXDM", "certificateTypeCode", "证照类型代码"},
        {"number", "ZZBH", "certificateNumber", "证照编号"},
        {"id", "ZZBS", "certificateIdentifier", "证照标识"},
        {"issuing_authority_name", "ZZBFJG", "certificateIssuingAuthorityName", "证照颁发机构"},
        {"issuing_authority_code", "ZZBFJGDM", "certificateIssuingAuthorityCode", "证照颁发机构代码"},
        {"issued_on", "ZZBFRQ", "certificateIssuedDate", "证照颁发日期"},
        {"holder_name", "CZZT", "certificateHolderName", "持证主体"},
        {"holder_code", "CZZTDM", "certificateHolderCode", "持证主体代码"},
        {"holder_code_type_name", "CZZTDMLX", "certificateHolderTypeName", "持证主体代码类型"},
        {"holder_code_type", "CZZTDMLXDM", "certificateHolderTypeCode", "持证主体代码类型代码"},
        {"valid_from", "ZZYXQQSRQ", "certificateEffectiveDate", "证照有效期起始日期"},
        {"valid_until", "ZZYXQJZRQ", "certificateExpiringDate", "证照有效期截止日期"},
        {"revision", "", "certificateVersion", "版本"},  // no initials were seen
        // The annotated copy (加注件); Z's of the keys as producers write them.
        {"copy_creator", "JZJZZZ", "certificateCopyCreator", "加注件制作者"},
        {"copy_created_at", "JZJZZSJ", "certificateCopyCreationTime", "加注件制作时间"},
        {"copy_cause", "JZJZZSY", "certificateCopyCause", "加注件制作事由"},
        {"copy_expires_at", "JZJYXQJZSJ", "certificateCopyExpiringTime", "加注件有效期截止时间"},
    };
    return table;
}

}  // namespace elic
