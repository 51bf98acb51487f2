#include <algorithm>
#include <array>

#include "base/text.h"
#include "elic/license/diagnosis.h"
#include "elic/verify/verify_payload.h"

// What holders present that is not ours. Sources: docs/findings.md, "Codes of others".

namespace elic {

namespace {

constexpr std::string_view upper_and_digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view base64_characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/=_-";
constexpr std::string_view hex_characters = "0123456789ABCDEFabcdef";
constexpr std::size_t longest_identifier = 200;
constexpr std::size_t longest_host_shown = 80;

bool made_of(std::string_view text, std::string_view alphabet) {
    return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos;
}

bool digits_only(std::string_view text) { return made_of(text, "0123456789"); }

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (auto& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
}

ForeignCode payment(const std::string& zh, const std::string& en) {
    return {"payment", zh + "付款码或收款码：不是证照", "a payment code of " + en + ": no license"};
}

struct HostRow {
    std::string_view host;  ///< itself, or what lies below it
    ForeignCode code;
};

const std::array<HostRow, 9>& hosts() {
    static const std::array<HostRow, 9> table = {{
        {"zlaq.mohurd.gov.cn",
         {"mohurd-url", "住房和城乡建设部的查询链接：请联网打开核验",
          "a query link of the ministry of housing: open it on line"}},
        {"zjw.beijing.gov.cn",
         {"beijing-url", "北京市住建部门的查询链接：请联网打开核验",
          "a query link of Beijing's housing commission: open it on line"}},
        {"gsxt.gov.cn",
         {"business-license-url", "企业信用信息公示系统链接：请联网查询营业执照",
          "a link of the enterprise credit system: look the business license up on line"}},
        {"qr.alipay.com", payment("支付宝", "Alipay")},
        {"wx.tenpay.com", payment("微信", "WeChat")},
        {"payapp.weixin.qq.com", payment("微信", "WeChat")},
        {"qr.95516.com", payment("银联", "UnionPay")},
        {"weixin.qq.com", {"wechat-url", "微信链接：不是证照", "a WeChat link: no license"}},
        {"gov.cn", {"government-url", "政府网站链接：请联网打开核验", "a link of a government site: open it on line"}},
    }};
    return table;
}

/// The host of a web address as a browser reads it: without user name and port, in lower case.
std::optional<std::string> host_of(std::string_view text) {
    const auto scheme = lower_case(text.substr(0, 8));
    const std::size_t begin = scheme.starts_with("http://") ? 7 : scheme == "https://" ? 8 : 0;
    if (begin == 0) return {};
    auto host = text.substr(begin, text.find_first_of("/?#\\", begin) - begin);
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    return lower_case(host.substr(0, host.find(':')));
}

std::optional<ForeignCode> name_url(std::string_view text) {
    const auto host = host_of(text);
    if (!host) return {};
    for (const auto& row : hosts()) {
        if (*host == row.host || host->ends_with("." + std::string(row.host))) return row.code;
    }
    const auto shown = escape_for_output(host->substr(0, longest_host_shown));
    if (text.find("erweimacommon.html") != std::string_view::npos) {
        return ForeignCode{"provincial-url", "地方平台的证照查询链接（" + shown + "）：请联网打开核验",
                           "a query link of a local platform (" + shown + "): open it on line"};
    }
    return ForeignCode{"url", "网址（" + shown + "）：需联网查询，请先确认网站可信",
                       "a web address (" + shown + "): needs the network; see first whose site it is"};
}

bool article_check_holds(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        // GS1 General Specifications 7.9: from the right, the check digit counts 1, the next 3, and so on.
        const int weight = (digits.size() - i) % 2 == 0 ? 3 : 1;
        sum += (digits[i] - '0') * weight;
    }
    return sum % 10 == 0;
}

std::optional<ForeignCode> name_digits(std::string_view text) {
    if (!digits_only(text)) return {};
    const auto size = text.size();
    const int lead = size >= 2 ? (text[0] - '0') * 10 + (text[1] - '0') : 0;
    if (size == 18 && lead >= 10 && lead <= 15) return payment("微信", "WeChat");
    if (size >= 16 && size <= 24 && lead >= 25 && lead <= 30) return payment("支付宝", "Alipay");
    if ((size == 8 || size == 12 || size == 13 || size == 14) && article_check_holds(text)) {
        return ForeignCode{"article", "商品条码：不是证照", "an article number: no license"};
    }
    if (size == 10) {
        return ForeignCode{"dynamic-token", "省级平台的动态亮证码：请在该平台扫码核验",
                           "a short-lived token of a provincial platform: check it there"};
    }
    if (size == 17) {
        return ForeignCode{"authorization-code", "用证码（时间部分）：请在签发平台查询",
                           "an authorisation code (its time): look it up at the platform that issued it"};
    }
    return ForeignCode{"digits", "数字串：不是本系统的证照码", "digits, but not a code of this system"};
}

std::optional<ForeignCode> name_prefixed(std::string_view text) {
    const auto lower = lower_case(text.substr(0, 9));
    if (lower.starts_with("wxp://")) return payment("微信", "WeChat");
    if (lower.starts_with("weixin://"))
        return ForeignCode{"wechat-url", "微信链接：不是证照", "a WeChat link: no license"};
    if (text.starts_with("HC1:")) {
        return ForeignCode{"eu-health-certificate", "欧盟健康证明：请用其自身的工具核验",
                           "an EU health certificate: check it with its own tools"};
    }
    if (lower.starts_with("shc:/")) {
        return ForeignCode{"smart-health-card", "SMART 健康卡：请用其自身的工具核验",
                           "a SMART health card: check it with its own tools"};
    }
    return {};
}

/// Where the content of the DER value at `at` begins.
std::size_t content_of(std::string_view der, std::size_t at) {
    const std::size_t length = at + 1 < der.size() ? static_cast<unsigned char>(der[at + 1]) : 0;
    return at + 2 + (length < 0x80 ? 0 : length & 0x7fu);
}

/// The file of a seal or what a seal signed, told by its outermost values (docs/format/seal.md): someone gave a part
/// where the whole document is wanted.
std::optional<ForeignCode> name_seal(std::string_view text) {
    constexpr std::string_view header =
        "\x16\x02"
        "ES\x02\x01";  // of SES_Header: "ES" and a version follow each other
    constexpr std::size_t header_within = 32;
    if (!text.starts_with('\x30') || text.substr(0, header_within).find(header) == std::string_view::npos) return {};
    const auto second = content_of(text, content_of(text, 0));
    if (second < text.size() && text[second] == '\x02') {
        return ForeignCode{"seal-signature", "电子签章数据：不是证照，请核验整个 OFD 文件",
                           "the signed value of an electronic seal: no license; verify the whole OFD file"};
    }
    return ForeignCode{"electronic-seal", "电子印章文件：不是证照，用 elic seal show 查看",
                       "an electronic seal: no license; `elic seal show` takes it apart"};
}

/// "<identifier>&<unit>", "<case>$<unit>$<number>$<digest>" as on real-estate licenses.
std::optional<ForeignCode> name_identifier_with_fields(std::string_view text) {
    const auto cut = text.find_first_of("&$");
    if (cut == std::string_view::npos || cut == 0) return {};
    const auto kind = diagnose(text.substr(0, cut)).kind;
    const bool identifier = kind == CodeKind::license_id || kind == CodeKind::legacy_license_id;
    if (!identifier && std::count(text.begin(), text.end(), '$') < 2) return {};
    return ForeignCode{
        "identifier-with-fields", "带附加内容的证照标识（如不动产登记）：请在签发机构的平台查询",
        "an identifier with more fields (as on real-estate licenses): look it up at the authority's platform"};
}

std::optional<ForeignCode> name_identifier(std::string_view text) {
    if (auto code = name_identifier_with_fields(text)) return code;
    const auto diagnosis = diagnose(text);
    // 18 digits may be a payment code: only a check that holds makes them a code of a person or a body.
    const bool doubtful = digits_only(text) && !diagnosis.well_formed;
    switch (diagnosis.kind) {
        case CodeKind::license_id:
        case CodeKind::legacy_license_id:
            return ForeignCode{"license-identifier", "电子证照标识：只是编号，没有签名，请在共享服务平台查询",
                               "a license identifier: a name without a signature; look it up at the sharing service"};
        case CodeKind::legal_document_id:
            return ForeignCode{"legal-document-identifier", "电子法律文书标识：不是证照",
                               "an identifier of a legal document: no license"};
        case CodeKind::license_app_code:
            return ForeignCode{"license-app-code", "电子证照标识码（粤京苏等平台）：请在签发平台查询",
                               "a license code of the license-app family: look it up at its platform"};
        case CodeKind::authorization_code:
            return ForeignCode{"authorization-code", "用证码：请在签发平台查询",
                               "an authorisation code: look it up at the platform that issued it"};
        case CodeKind::license_type_code:
            if (doubtful) return {};
            return ForeignCode{"license-type-code", "证照类型代码：不是证照码", "a license type code: no license code"};
        case CodeKind::uscc:
            if (doubtful) return {};
            return ForeignCode{"uscc", "统一社会信用代码：不是证照码", "a unified social credit code: no license code"};
        case CodeKind::citizen_id:
            if (doubtful) return {};
            return ForeignCode{"citizen-number", "公民身份号码：不是证照码", "a citizen number: no license code"};
        case CodeKind::organisation_code:
            if (!diagnosis.well_formed) return {};
            return ForeignCode{"organisation-code", "组织机构代码：不是证照码",
                               "an organisation code: no license code"};
        case CodeKind::unknown:
            break;
    }
    return {};
}

}  // namespace

ForeignCode name_foreign_code(std::string_view text) {
    if (text.empty()) return {"empty", "没有内容：请重新扫描", "nothing: scan again"};
    if (auto code = name_seal(text)) return *code;
    if (auto code = name_url(text)) return *code;
    if (auto code = name_prefixed(text)) return *code;
    if (text.size() <= longest_identifier) {
        if (auto code = name_identifier(text)) return *code;
    }
    if (auto code = name_digits(text)) return *code;
    if (text.size() >= 20 && made_of(text, hex_characters)) {
        return {"encrypted", "加密的十六进制内容：请在签发平台查询",
                "encrypted hexadecimal: look it up at the platform that made it"};
    }
    if (text.size() >= 40 && made_of(text, base64_characters)) {
        return {"encrypted", "加密的 Base64 内容：请在签发平台查询",
                "encrypted base64: look it up at the platform that made it"};
    }
    if ((text.size() >= 12 && made_of(text, base64_characters)) || made_of(text, upper_and_digits)) {
        return {"opaque-token", "不透明的令牌：请在签发平台查询",
                "an opaque token: look it up at the platform that made it"};
    }
    return {"text", "普通文字：不是证照码", "plain text: no license code"};
}

}  // namespace elic
