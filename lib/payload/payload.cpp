#include "elic/payload/payload.h"

#include <algorithm>

#include "base/text.h"
#include "codec/digits.h"

namespace elic {

namespace {

constexpr std::string_view lead = "3691";
constexpr std::string_view family = "369";
constexpr std::size_t max_digits = 6000;
constexpr std::size_t hint_size = std::tuple_size_v<KeyHint>;
constexpr std::size_t signature_size = std::tuple_size_v<Sm2Signature>;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

bool digits_and_breaks(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || is_space(c); });
}

}  // namespace

std::string normalise_code_text(std::string_view given) {
    std::string_view text = given;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = trim(text);
    if (text.starts_with("https://")) {
        const auto hash = text.find('#');
        if (hash != std::string_view::npos && lead_of(text.substr(hash + 1)) != PayloadLead::foreign)
            text = text.substr(hash + 1);
    }
    std::string folded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // U+FF10..FF19: EF BC 90..99
        if (text.size() - i >= 3 && text.substr(i, 2) == "\xEF\xBC") {
            const auto last = static_cast<unsigned char>(text[i + 2]);
            if (last >= 0x90 && last <= 0x99) {
                folded += static_cast<char>('0' + (last - 0x90));
                i += 2;
                continue;
            }
        }
        folded += text[i];
    }
    if (!digits_and_breaks(folded)) return folded;
    std::erase_if(folded, is_space);
    return folded;
}

PayloadLead lead_of(std::string_view text) noexcept {
    if (text.starts_with(lead)) return PayloadLead::ours;
    const bool newer =
        text.starts_with(family) && text.size() > 20 && text.find_first_not_of("0123456789") == std::string_view::npos;
    return newer ? PayloadLead::newer : PayloadLead::foreign;
}

std::string write_payload(const Payload& payload) {
    Bytes bytes(payload.hint.begin(), payload.hint.end());
    bytes.insert(bytes.end(), payload.claims.begin(), payload.claims.end());
    bytes.insert(bytes.end(), payload.signature.begin(), payload.signature.end());
    return std::string(lead) + digits_from_bytes(bytes);
}

Result<Payload> read_payload(std::string_view text) {
    if (!text.starts_with(lead)) return fail(Errc::malformed_payload, "a code of ours begins with 3691");
    if (text.size() > max_digits) return fail(Errc::limit_exceeded, "a code has at most 6,000 digits");
    auto bytes = bytes_from_digits(text.substr(lead.size()));
    if (!bytes) return fail_in("after 3691", bytes.error());
    if (bytes->size() <= hint_size + signature_size)
        return fail(Errc::malformed_payload, "the code is too short to hold claims and a signature");
    Payload payload;
    std::copy_n(bytes->begin(), hint_size, payload.hint.begin());
    const auto signature = bytes->end() - static_cast<std::ptrdiff_t>(signature_size);
    payload.claims.assign(bytes->begin() + hint_size, signature);
    std::copy(signature, bytes->end(), payload.signature.begin());
    return payload;
}

Result<Payload> sign_payload(Bytes claims, const KeyHint& hint, Signer& signer) {
    auto signature = sign_message(signer, signing_input(SignatureKind::payload, hint, claims));
    if (!signature) return tl::unexpected(signature.error());
    return Payload{.hint = hint, .claims = std::move(claims), .signature = *signature};
}

Result<Payload> sign_payload_unverified(Bytes claims, const KeyHint& hint, Signer& signer) {
    const auto input = signing_input(SignatureKind::payload, hint, claims);
    auto signature = signer.sign_digest(signer.public_key().message_digest(input));
    if (!signature) return tl::unexpected(signature.error());
    return Payload{.hint = hint, .claims = std::move(claims), .signature = *signature};
}

bool signature_holds(const Payload& payload, const PublicKey& key) noexcept {
    return verify_signed(key, SignatureKind::payload, payload.hint, payload.claims, payload.signature);
}

}  // namespace elic
