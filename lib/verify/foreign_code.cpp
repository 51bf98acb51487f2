#include <array>

#include "base/text.h"
#include "elic/license/diagnosis.h"
#include "elic/verify/verify_payload.h"

namespace elic {

namespace {

bool digits_only(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

bool made_of(std::string_view text, std::string_view alphabet) { return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos; }

constexpr std::string_view upper_and_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view base64_characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/=_-";
constexpr std::string_view hex_characters = "0123456789ABCDEFabcdef";

struct UrlRow {
    std::string_view part;
    ForeignCode code;
};

/// Addresses that licenses are known to carry (docs/findings.md names the sources).
const std::array<UrlRow, 8>& urls() {
    static const std::array<UrlRow, 8> table = {{
        {"zlaq.mohurd.gov.cn", {"mohurd-url", "住房和城乡建设部的查询链接：请联网打开核验", "a query link of the ministry of housing: open it on line"}},
        {"zjw.beijing.gov.cn", {"beijing-url", "北京市住建部门的查询链接：请联网打开核验", "a query link of Beijing's housing commission: open it on line"}},
        {".gsxt.gov.cn", {"business-license-url", "企业信用信息公示系统链接：请联网查询营业执照", "a link of the enterprise credit system: look the business license up on line"}},
        {"erweimacommon.html", {"provincial-url", "省级平台的证照查询链接：请联网打开核验", "a query link of a provincial platform: open it on line"}},
        {"qr.alipay.com", {"payment", "支付宝付款码：不是证照", "an Alipay payment code: no license"}},
        {"wx.tenpay.com", {"payment", "微信支付码：不是证照", "a WeChat payment code: no license"}},
        {"weixin.qq.com", {"wechat-url", "微信链接：不是证照", "a WeChat link: no license"}},
        {".gov.cn", {"government-url", "政府网站链接：请联网打开核验", "a link of a government site: open it on line"}},
    }};
    return table;
}

std::optional<ForeignCode> name_url(std::string_view text) {
    if (!text.starts_with("http://") && !text.starts_with("https://")) return {};
    const auto begin = text.find("//") + 2;
    const auto host = text.substr(begin, text.find_first_of("/?#:", begin) - begin);
    for (const auto& row : urls()) {
        const bool in_host = row.part.find(".html") == std::string_view::npos;
        if (in_host ? (host == row.part || host.ends_with(row.part)) : text.find(row.part) != std::string_view::npos) return row.code;
    }
    const auto shown = escape_for_output(host.substr(0, 80));
    return ForeignCode{"url", "网址（" + shown + "）：需联网查询", "a web address (" + shown + "): needs the network"};
}

bool article_check_holds(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const int weight = (digits.size() - i) % 2 == 0 ? 3 : 1;  // GS1: from the right, the check digit counts 1
        sum += (digits[i] - '0') * weight;
    }
    return sum % 10 == 0;
}

std::optional<ForeignCode> name_digits(std::string_view text) {
    if (!digits_only(text)) return {};
    const auto size = text.size();
    const int lead = size >= 2 ? (text[0] - '0') * 10 + (text[1] - '0') : 0;
    if (size == 18 && lead >= 10 && lead <= 15) return ForeignCode{"payment", "微信付款码：不是证照", "a WeChat payment code: no license"};
    if (size >= 16 && size <= 24 && lead >= 25 && lead <= 30) return ForeignCode{"payment", "支付宝付款码：不是证照", "an Alipay payment code: no license"};
    if ((size == 8 || size == 12 || size == 13 || size == 14) && article_check_holds(text)) {
        return ForeignCode{"article", "商品条码：不是证照", "an article number: no license"};
    }
    if (size == 10) return ForeignCode{"dynamic-token", "省级平台的动态亮证码：请在该平台扫码核验", "a short-lived token of a provincial platform: check it there"};
    if (size == 17) return ForeignCode{"authorization-code", "用证码：请在签发平台查询", "an authorisation code: look it up at the platform that issued it"};
    return ForeignCode{"digits", "数字串：不是本系统的证照码", "digits, but not a code of this system"};
}

std::optional<ForeignCode> name_prefixed(std::string_view text) {
    if (text.starts_with("wxp://")) return ForeignCode{"payment", "微信收款码：不是证照", "a WeChat payment code: no license"};
    if (text.starts_with("HC1:")) return ForeignCode{"eu-health-certificate", "欧盟健康证明：请用其自身的工具核验", "an EU health certificate: check it with its own tools"};
    if (text.starts_with("shc:/")) return ForeignCode{"smart-health-card", "SMART 健康卡：请用其自身的工具核验", "a SMART health card: check it with its own tools"};
    return {};
}

std::optional<ForeignCode> name_identifier(std::string_view text) {
    const auto cut = text.find_first_of("&$");
    if (cut != std::string_view::npos && cut > 0) {
        const auto kind = diagnose(text.substr(0, cut)).kind;
        if (kind == CodeKind::license_id || text.find('$') != std::string_view::npos) {
            return ForeignCode{"identifier-with-fields", "带附加内容的证照标识（如不动产登记）：请在签发机构的平台查询",
                               "an identifier with more fields (as on real-estate licenses): look it up at the authority's platform"};
        }
    }
    switch (diagnose(text).kind) {
        case CodeKind::license_id:
        case CodeKind::legacy_license_id:
            return ForeignCode{"license-identifier", "电子证照标识：只是编号，没有签名，请在共享服务平台查询",
                               "a license identifier: a name without a signature; look it up at the sharing service"};
        case CodeKind::legal_document_id: return ForeignCode{"legal-document-identifier", "电子法律文书标识：不是证照", "an identifier of a legal document: no license"};
        case CodeKind::license_app_code:
            return ForeignCode{"license-app-code", "电子证照标识码（粤京苏等平台）：请在签发平台查询", "a license code of the license-app family: look it up at its platform"};
        case CodeKind::authorization_code: return ForeignCode{"authorization-code", "用证码：请在签发平台查询", "an authorisation code: look it up at the platform that issued it"};
        case CodeKind::uscc: return ForeignCode{"uscc", "统一社会信用代码：不是证照码", "a unified social credit code: no license code"};
        case CodeKind::citizen_id: return ForeignCode{"citizen-number", "公民身份号码：不是证照码", "a citizen number: no license code"};
        default: return {};
    }
}

}  // namespace

ForeignCode name_foreign_code(std::string_view text) {
    if (text.empty()) return {"empty", "没有内容：请重新扫描", "nothing: scan again"};
    if (auto code = name_url(text)) return *code;
    if (auto code = name_prefixed(text)) return *code;
    if (text.size() <= 200) {
        if (auto code = name_identifier(text)) return *code;
    }
    if (auto code = name_digits(text)) return *code;
    if (text.size() >= 20 && made_of(text, hex_characters)) return {"opaque-token", "加密的十六进制内容：请在签发平台查询", "encrypted hexadecimal: look it up at the platform that made it"};
    if (text.size() >= 12 && made_of(text, base64_characters)) return {"opaque-token", "不透明的令牌：请在签发平台查询", "an opaque token: look it up at the platform that made it"};
    if (made_of(text, upper_and_digits)) return {"opaque-token", "不透明的令牌：请在签发平台查询", "an opaque token: look it up at the platform that made it"};
    return {"text", "普通文字：不是证照码", "plain text: no license code"};
}

}  // namespace elic
