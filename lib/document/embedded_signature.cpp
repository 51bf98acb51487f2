#include "elic/document/embedded_signature.h"

#include <algorithm>

#include "document/object_identifiers.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

struct NoteText {
    EncodingNote note;
    std::string_view name, text;
};

constexpr NoteText note_texts[] = {
    {EncodingNote::raw_signature, "raw_signature", "the signature is r || s instead of DER"},
    {EncodingNote::explicit_default, "explicit_default", "a default value is written out"},
    {EncodingNote::null_parameters, "null_parameters", "an algorithm has NULL parameters"},
    {EncodingNote::misspelt_algorithm, "misspelt_algorithm", "the signature algorithm lacks an arc"},
    {EncodingNote::untagged_extensions, "untagged_extensions", "extensions stand without their tag"},
    {EncodingNote::untagged_time_stamp, "untagged_time_stamp", "the time stamp stands without its tag"},
    {EncodingNote::time_as_octet_string, "time_as_octet_string", "the time is an octet string"},
    {EncodingNote::pkcs7_content_type, "pkcs7_content_type", "PKCS#7 names stand for those of GB/T 35275"},
    {EncodingNote::unsorted_attributes, "unsorted_attributes", "signed attributes are not in DER's order"},
    {EncodingNote::digest_named_as_signature, "digest_named_as_signature",
     "a signature algorithm stands where the digest's belongs"},
    {EncodingNote::digest_as_base64, "digest_as_base64", "the digest is written as base64 text"},
    {EncodingNote::certificate_as_name, "certificate_as_name", "the list of signers names a certificate by text"},
};

const NoteText& text_for(EncodingNote note) {
    return *std::find_if(std::begin(note_texts), std::end(note_texts) - 1,
                         [&](const NoteText& each) { return each.note == note; });
}

bool is_sm2(std::string_view algorithm) {
    return algorithm == oid::sm2_with_sm3 || algorithm == oid::sm2_sign || algorithm == oid::sm2 ||
           algorithm == oid::sm2_with_sm3_misspelt;
}

std::optional<Sm2Signature> numbers_of(BytesView octets) {
    Sm2Signature raw{};
    if (octets.size() == raw.size()) {
        std::copy(octets.begin(), octets.end(), raw.begin());
        // One form of the numbers decides whether they lie in 1 .. n-1.
        const auto again = signature_from_der(signature_to_der(raw));
        return again ? std::optional(*again) : std::nullopt;
    }
    const auto signature = signature_from_der(octets);
    return signature ? std::optional(*signature) : std::nullopt;
}

}  // namespace

std::string_view name_of(SignatureCheck check) noexcept {
    switch (check) {
        case SignatureCheck::holds:
            return "holds";
        case SignatureCheck::wrong:
            return "wrong";
        case SignatureCheck::holds_with_empty_user_id:
            return "holds_with_empty_user_id";
        case SignatureCheck::holds_without_z:
            return "holds_without_z";
        case SignatureCheck::unreadable_certificate:
            return "unreadable_certificate";
        case SignatureCheck::unreadable_signature:
            return "unreadable_signature";
        case SignatureCheck::unsupported_algorithm:
            return "unsupported_algorithm";
    }
    return "wrong";
}

std::string_view name_of(EncodingNote note) noexcept { return text_for(note).name; }
std::string_view text_of(EncodingNote note) noexcept { return text_for(note).text; }

SignatureCheck check_signature(const EmbeddedSignature& signature, const EmbeddedCertificate& signer) {
    if (!is_sm2(signature.algorithm)) return SignatureCheck::unsupported_algorithm;
    if (!signer.certificate) return SignatureCheck::unreadable_certificate;
    const auto numbers = numbers_of(signature.octets);
    if (!numbers) return SignatureCheck::unreadable_signature;
    const auto& key = signer.certificate->public_key();
    if (key.verify(signature.message, *numbers)) return SignatureCheck::holds;
    if (key.verify(signature.message, *numbers, "")) return SignatureCheck::holds_with_empty_user_id;
    if (key.verify_digest(sm3(signature.message), *numbers)) return SignatureCheck::holds_without_z;
    return SignatureCheck::wrong;
}

}  // namespace elic
