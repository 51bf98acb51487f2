#include "elic/license/metadata.h"

namespace elic {

const std::vector<WireName>& wire_names() {
    // GB/T 36903-2018, in its order.
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
    };
    return table;
}

}  // namespace elic
