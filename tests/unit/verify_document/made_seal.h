#pragma once

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "elic/crypto/sm2.h"
#include "elic/crypto/sm3.h"
#include "unit/trust/trust_world.h"

namespace elic::test {

// Seals and signatures with one fault each, written octet by octet: what the library writes is always right. The shapes
// are those of GB/T 38540 (version 4), GB/T 35275 and RFC 3161.

inline Bytes tlv(std::uint8_t tag, BytesView content) {
    Bytes out{tag};
    if (content.size() < 128) {
        out.push_back(static_cast<std::uint8_t>(content.size()));
    } else {
        const int count = content.size() < 256 ? 1 : content.size() < 65536 ? 2 : 3;
        out.push_back(static_cast<std::uint8_t>(0x80 + count));
        for (int n = count; n-- > 0;) out.push_back(static_cast<std::uint8_t>(content.size() >> (8 * n)));
    }
    out.insert(out.end(), content.begin(), content.end());
    return out;
}

inline Bytes tlv(std::uint8_t tag, std::initializer_list<Bytes> members) {
    Bytes content;
    for (const auto& member : members) content.insert(content.end(), member.begin(), member.end());
    return tlv(tag, BytesView(content));
}

inline Bytes tlv(std::uint8_t tag, std::string_view text) { return tlv(tag, as_bytes(text)); }
inline Bytes seq(std::initializer_list<Bytes> members) { return tlv(0x30, members); }
inline Bytes small_integer(std::uint8_t value) { return {0x02, 0x01, value}; }
inline Bytes octets(BytesView bytes) { return tlv(0x04, bytes); }
inline Bytes bits(BytesView bytes) {
    Bytes content{0};
    content.insert(content.end(), bytes.begin(), bytes.end());
    return tlv(0x03, BytesView(content));
}

inline const Bytes oid_sm2_sm3{0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x75};
inline const Bytes oid_sm3{0x06, 0x08, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x11};
inline const Bytes oid_sm2_sign{0x06, 0x09, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d, 0x01};
inline const Bytes oid_gm_data{0x06, 0x0a, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x06, 0x01, 0x04, 0x02, 0x01};
inline const Bytes oid_gm_signed{0x06, 0x0a, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x06, 0x01, 0x04, 0x02, 0x02};

/// "20261120013000Z"
inline Bytes general_time(Timestamp when) {
    std::string text;
    const auto utc = Timestamp::from_unix(when.unix_seconds() - 8 * 3600)->format();  // it formats in +08:00
    for (const char c : utc.substr(0, 19)) {
        if (c >= '0' && c <= '9') text += c;
    }
    return tlv(0x18, text + "Z");
}

/// How a signature is made.
enum class Signing { right, empty_user_id, without_z, raw, garbage };

inline Bytes sign(KeyAndCertificate& with, BytesView message, Signing how = Signing::right) {
    const auto& key = with.key.public_key();
    auto e = key.message_digest(message);
    if (how == Signing::empty_user_id) e = key.message_digest(message, "");
    if (how == Signing::without_z) e = sm3(message);
    const auto signature = with.key.sign_digest(e).value();
    if (how == Signing::raw) return {signature.begin(), signature.end()};
    if (how == Signing::garbage) return {0x30, 0x00};
    return signature_to_der(signature);
}

/// What is wrong with a seal; by default nothing.
struct SealFaults {
    KeyAndCertificate* maker = nullptr;          ///< whose certificate stands there; else the world's
    KeyAndCertificate* maker_signs = nullptr;    ///< who really signs
    const Certificate* listed_signer = nullptr;  ///< who is named; else the sealer
    Timestamp created = at("2026-02-01T00:00:00+08:00");
    Timestamp from = at("2026-02-01T00:00:00+08:00");
    Timestamp until = at("2029-02-01T00:00:00+08:00");
    std::uint8_t version = 4;
    Signing signing = Signing::right;
    bool critical_extension = false;
    std::string name = "示例市住房和城乡建设局";
};

inline Bytes make_seal(KeyAndCertificate& maker, const Certificate& sealer, const SealFaults& faults = {}) {
    auto& named = faults.maker != nullptr ? *faults.maker : maker;
    auto& signs = faults.maker_signs != nullptr ? *faults.maker_signs : named;
    const auto& listed = faults.listed_signer != nullptr ? *faults.listed_signer : sealer;
    const auto property =
        seq({small_integer(1), tlv(0x0c, faults.name), small_integer(1), tlv(0x30, {octets(listed.der())}),
             general_time(faults.created), general_time(faults.from), general_time(faults.until)});
    const auto picture = seq({tlv(0x16, "PNG"), octets(as_bytes("picture")), small_integer(42), small_integer(42)});
    const auto header = seq({tlv(0x16, "ES"), small_integer(faults.version), tlv(0x16, "TESTMAKER")});
    auto info = seq({header, tlv(0x16, "SEAL1"), property, picture});
    if (faults.critical_extension) {
        const auto extension = seq({oid_gm_data, Bytes{0x01, 0x01, 0xff}, octets(as_bytes("x"))});
        info = seq({header, tlv(0x16, "SEAL1"), property, picture, tlv(0x30, {extension})});
    }
    return seq({info, octets(named.certificate.der()), oid_sm2_sm3, bits(sign(signs, info, faults.signing))});
}

/// What is wrong with a seal signature; by default nothing.
struct SignatureFaults {
    KeyAndCertificate* signs = nullptr;  ///< who really signs, under the sealer's certificate
    Timestamp at = elic::at("2026-11-20T09:30:00+08:00");
    std::uint8_t version = 4;
    std::optional<Digest> data_hash = {};
    std::string property = "/Main/Signs/One/Signature.xml";
    Signing signing = Signing::right;
};

inline Bytes make_signature(BytesView seal, KeyAndCertificate& sealer, BytesView signature_xml,
                            const SignatureFaults& faults = {}, const std::function<Bytes(BytesView)>& stamp = {}) {
    auto& signs = faults.signs != nullptr ? *faults.signs : sealer;
    const auto to_sign = seq({small_integer(faults.version), Bytes(seal.begin(), seal.end()), general_time(faults.at),
                              bits(faults.data_hash.value_or(sm3(signature_xml))), tlv(0x16, faults.property)});
    const auto value = sign(signs, to_sign, faults.signing);
    const auto certificate = octets(sealer.certificate.der());
    if (!stamp) return seq({to_sign, certificate, oid_sm2_sm3, bits(value)});
    return seq({to_sign, certificate, oid_sm2_sm3, bits(value), tlv(0xa0, {bits(stamp(value))})});
}

/// Walks over the values of a certificate (or any DER) one after the other.
class Walk {
public:
    explicit Walk(BytesView der) : der_(der) {}
    void enter() { at_ += header(); }
    Bytes take() {
        const auto size = header() + length();
        Bytes piece(der_.begin() + static_cast<std::ptrdiff_t>(at_),
                    der_.begin() + static_cast<std::ptrdiff_t>(at_ + size));
        at_ += size;
        return piece;
    }

private:
    std::size_t header() const { return der_[at_ + 1] < 128 ? 2U : 2U + (der_[at_ + 1] & 0x7FU); }
    std::size_t length() const {
        if (der_[at_ + 1] < 128) return der_[at_ + 1];
        std::size_t size = 0;
        for (std::size_t n = 0; n < (der_[at_ + 1] & 0x7FU); ++n) size = (size << 8) | der_[at_ + 2 + n];
        return size;
    }
    BytesView der_;
    std::size_t at_ = 0;
};

/// Members of a certificate's tbsCertificate.
struct CertificateMembers {
    Bytes version, serial, algorithm, issuer, validity, subject, key;
};

inline CertificateMembers members_of(const Certificate& certificate) {
    Walk walk(certificate.der());
    walk.enter();
    walk.enter();
    CertificateMembers m;
    for (auto* member : {&m.version, &m.serial, &m.algorithm, &m.issuer, &m.validity, &m.subject, &m.key}) {
        *member = walk.take();
    }
    return m;
}

inline Bytes issuer_and_serial(const Certificate& certificate) {
    const auto members = members_of(certificate);
    return seq({members.issuer, members.serial});
}

enum class Usage { signs, enciphers, stamps };

/// A certificate of the world's CA that the library would not make: another key usage, another time.
inline KeyAndCertificate odd_certificate(PilotCa& ca, const std::string& name, Usage usage,
                                         Timestamp from = at("2026-01-01T00:00:00+08:00"),
                                         Timestamp until = at("2031-01-01T00:00:00+08:00")) {
    auto key = PrivateKey::generate().value();
    const auto members = members_of(ca.certificate);
    const Bytes oid_name{0x06, 0x03, 0x55, 0x04, 0x03};
    const auto subject = seq({tlv(0x31, {seq({oid_name, tlv(0x0c, name)})})});
    const Bytes mark{0x55, 0x1d, 0x0e, 0x04, 0x16, 0x04, 0x14};  // subjectKeyIdentifier of the CA
    const auto& der = ca.certificate.der();
    const auto found = std::search(der.begin(), der.end(), mark.begin(), mark.end());
    if (found == der.end()) std::abort();
    const Bytes identifier(found + 7, found + 27);
    const Bytes signing{0x03, 0x02, 0x06, 0xc0};
    const Bytes enciphering{0x03, 0x02, 0x05, 0x20};
    const auto key_usage = seq({Bytes{0x06, 0x03, 0x55, 0x1d, 0x0f}, Bytes{0x01, 0x01, 0xff},
                                octets(usage == Usage::enciphers ? enciphering : signing)});
    const auto authority =
        seq({Bytes{0x06, 0x03, 0x55, 0x1d, 0x23}, octets(tlv(0x30, {tlv(0x80, BytesView(identifier))}))});
    const auto stamping = seq({Bytes{0x06, 0x03, 0x55, 0x1d, 0x25}, Bytes{0x01, 0x01, 0xff},
                               octets(seq({Bytes{0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08}}))});
    const auto extensions =
        usage == Usage::stamps ? seq({key_usage, authority, stamping}) : seq({key_usage, authority});
    const auto tbs = seq({members.version, Bytes{0x02, 0x03, 0x12, 0x34, 0x56}, members.algorithm, members.subject,
                          seq({general_time(from), general_time(until)}), subject, key.public_key().spki(),
                          tlv(0xa3, {extensions})});
    KeyAndCertificate authority_of_it{std::move(ca.key), ca.certificate};
    const auto signature = sign(authority_of_it, tbs);
    ca.key = std::move(authority_of_it.key);
    auto certificate = Certificate::parse(seq({tbs, members.algorithm, bits(signature)})).value();
    return {std::move(key), std::move(certificate)};
}

/// SignedData of GB/T 35275 over the digest of a Signature.xml.
inline Bytes make_signed_data(KeyAndCertificate& signer, const Digest& digest, Signing signing = Signing::right) {
    const auto algorithm = seq({oid_sm3});
    const auto content = seq({oid_gm_data, tlv(0xa0, {octets(digest)})});
    const auto info = seq({small_integer(1), issuer_and_serial(signer.certificate), algorithm, seq({oid_sm2_sign}),
                           octets(sign(signer, digest, signing))});
    const auto data = seq({small_integer(1), tlv(0x31, {algorithm}), content,
                           tlv(0xa0, BytesView(signer.certificate.der())), tlv(0x31, {info})});
    return seq({oid_gm_signed, tlv(0xa0, {data})});
}

/// A time stamp token over these octets, with the attributes that RFC 3161 asks for.
inline Bytes make_time_stamp(KeyAndCertificate& authority, BytesView stamped, Signing signing = Signing::right) {
    const auto algorithm = seq({oid_sm3});
    const Bytes oid_signed{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02};
    const Bytes oid_info{0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04};
    const Bytes oid_content_type{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03};
    const Bytes oid_message_digest{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04};
    const auto info =
        seq({small_integer(1), Bytes{0x06, 0x03, 0x2a, 0x03, 0x04}, seq({algorithm, octets(sm3(stamped))}),
             small_integer(9), general_time(at("2026-11-20T09:31:00+08:00"))});
    const Bytes attributes[] = {seq({oid_content_type, tlv(0x31, {oid_info})}),
                                seq({oid_message_digest, tlv(0x31, {octets(sm3(info))})})};
    const auto to_sign = tlv(0x31, {attributes[0], attributes[1]});
    const auto signer =
        seq({small_integer(1), issuer_and_serial(authority.certificate), algorithm,
             tlv(0xa0, {attributes[0], attributes[1]}), seq({oid_sm2_sm3}), octets(sign(authority, to_sign, signing))});
    const auto data = seq({small_integer(3), tlv(0x31, {algorithm}), seq({oid_info, tlv(0xa0, {octets(info)})}),
                           tlv(0xa0, BytesView(authority.certificate.der())), tlv(0x31, {signer})});
    return seq({oid_signed, tlv(0xa0, {data})});
}

}  // namespace elic::test
