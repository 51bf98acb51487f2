#include "elic/document/signed_data.h"

#include <algorithm>

#include "document/cms.h"
#include "document/object_identifiers.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

bool same(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

/// The 32 bytes of standard base64 with padding; none for anything else.
std::optional<Bytes> digest_in_base64(BytesView text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t characters = 44;  // of 32 bytes, the last one '='
    if (text.size() != characters || text.back() != '=') return {};
    Bytes bytes;
    std::uint32_t bits = 0;
    int count = 0;
    for (const auto c : text.first(characters - 1)) {
        const auto value = alphabet.find(static_cast<char>(c));
        if (value == std::string_view::npos) return {};
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> count));
        }
    }
    return bytes;
}

/// A deprecated form: the two numbers and nothing else.
std::optional<SignedData> read_bare(BytesView der) {
    if (!signature_from_der(der)) return {};
    SignedData data{.form = SignedData::Form::bare};
    data.signature.algorithm = oid::sm2_with_sm3;
    data.signature.octets = copy_of(der);
    data.signer.fault = "a bare signature names no certificate";
    return data;
}

Status take_digest(const CmsSignedData& cms, SignedData& data) {
    if (cms.has_attributes) {
        data.form = SignedData::Form::attributes;
        const auto digest = message_digest_of(cms);
        if (!digest) return fail(Errc::malformed_der, "signed data: no messageDigest among the attributes");
        data.data_hash = *digest;
        // With a content the attributes are over that, and it is over Signature.xml.
        if (cms.content && same(*digest, sm3(*cms.content))) data.data_hash = *cms.content;
        if (const Bytes* time = cms.attribute(oid::signing_time)) {
            der::Reader reader(*time);
            const auto instant = read_instant(reader, "signingTime");
            if (instant) data.signing_time = *instant;
        }
    } else if (cms.content) {
        data.form = SignedData::Form::digest;
        data.data_hash = *cms.content;
    } else {
        return fail(Errc::malformed_der, "signed data: neither content nor attributes");
    }
    if (const auto decoded = digest_in_base64(data.data_hash)) {
        add_note(data.notes, EncodingNote::digest_as_base64);
        data.data_hash = *decoded;
    }
    return {};
}

}  // namespace

Result<SignedData> read_signed_data(BytesView der) {
    if (auto bare = read_bare(der)) return std::move(*bare);
    auto cms = read_cms(der, "signed data");
    if (!cms) return tl::unexpected(cms.error());
    SignedData data;
    data.notes = cms->notes;
    if (cms->content_type == oid::pkcs7_data) add_note(data.notes, EncodingNote::pkcs7_content_type);
    if (const auto done = take_digest(*cms, data); !done) return tl::unexpected(done.error());
    data.certificates = std::move(cms->certificates);
    data.signer = std::move(cms->signer);
    if (data.signer.der.empty()) data.signer.fault = "the signer's certificate is not among those given";
    data.signature = std::move(cms->signature);
    return data;
}

bool SignedDataChecks::all_hold() const noexcept {
    return signature == SignatureCheck::holds && data_hash && signer_may_sign && signer_valid;
}

SignedDataChecks check_signed_data(const SignedData& data, BytesView signature_xml, Timestamp otherwise) {
    const auto at = data.signing_time.value_or(otherwise);
    const auto& signer = data.signer.certificate;
    return {.signature = check_signature(data.signature, data.signer),
            .data_hash = same(data.data_hash, sm3(signature_xml)),
            .signer_may_sign = signer && signer->may_sign(),
            .signer_valid = signer && signer->valid_at(at)};
}

Result<Bytes> make_signed_data(const Digest& data_hash, const Certificate& certificate, Signer& signer) {
    if (!(signer.public_key() == certificate.public_key()))
        return fail(Errc::signer_failed, "the key is not that of the certificate");
    const auto named = issuer_and_serial_of(certificate.der());
    if (!named) return tl::unexpected(named.error());
    const auto signature = sign_message(signer, data_hash);
    if (!signature) return tl::unexpected(signature.error());
    const Bytes version = der::write_integer(1);
    const Bytes digest_algorithm = der::write_sequence({der::write_object_identifier(oid::sm3)});
    const Bytes info =
        der::write_sequence({version, der::write_sequence({named->issuer, der::write(der::integer, named->serial)}),
                             digest_algorithm, der::write_sequence({der::write_object_identifier(oid::sm2_sign)}),
                             der::write_octet_string(signature_to_der(*signature))});
    const Bytes content = der::write_sequence(
        {der::write_object_identifier(oid::gm_data), der::write(der::context(0), der::write_octet_string(data_hash))});
    const Bytes signed_data =
        der::write_sequence({version, der::write(der::set, digest_algorithm), content,
                             der::write(der::context(0), certificate.der()), der::write(der::set, info)});
    Bytes whole = der::write_sequence(
        {der::write_object_identifier(oid::gm_signed_data), der::write(der::context(0), signed_data)});
    const auto again = read_signed_data(whole);
    if (!again) return tl::unexpected(again.error());
    if (check_signature(again->signature, again->signer) != SignatureCheck::holds || !again->notes.empty())
        return fail(Errc::signer_failed, "the signed data just made does not hold");
    return whole;
}

}  // namespace elic
