#include "elic/crypto/certificate_facts.h"

#include <openssl/objects.h>
#include <openssl/pem.h>

#include "base/text.h"
#include "crypto/certificate_impl.h"

namespace elic {

namespace {

constexpr std::size_t max_file = 1 << 20;

openssl::X509Ptr decode(BytesView bytes) {
    const unsigned char* at = bytes.data();
    openssl::X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
    if (x509 != nullptr) return x509;
    openssl::last_error();
    const auto bio = openssl::reader_of(bytes);
    if (bio == nullptr) return nullptr;
    // No passphrase is ever asked for.
    const auto refuse = [](char*, int, int, void*) { return -1; };
    return openssl::X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, refuse, nullptr));
}

std::string one_line(const X509_NAME* name) {
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    constexpr unsigned long flags =
        (XN_FLAG_RFC2253 & ~(ASN1_STRFLGS_ESC_MSB | XN_FLAG_SEP_MASK)) | XN_FLAG_SEP_CPLUS_SPC;
    if (bio == nullptr || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0) return {};
    char* memory = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &memory);
    return size > 0 ? escape_for_output(std::string_view(memory, static_cast<std::size_t>(size))) : std::string();
}

std::string name_of_algorithm(int nid) {
    const char* name = OBJ_nid2ln(nid);
    return nid == NID_undef || name == nullptr ? "an unknown algorithm" : name;
}

void read_subject(const X509_NAME* name, CertificateFacts& facts) {
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const auto* entry = X509_NAME_get_entry(name, i);
        unsigned char* utf8 = nullptr;
        const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
        if (size < 0) continue;
        const auto text =
            escape_for_output(std::string_view(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size)));
        OPENSSL_free(utf8);
        if (OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)) == NID_organizationName) facts.organisations.push_back(text);
        facts.attributes.push_back(text);
    }
}

std::string hexadecimal(const ASN1_INTEGER* serial) {
    const openssl::Number number(ASN1_INTEGER_to_BN(serial, nullptr));
    char* text = number == nullptr ? nullptr : BN_bn2hex(number.get());
    std::string hex = text == nullptr ? "" : text;
    OPENSSL_free(text);
    return hex;
}

}  // namespace

Result<CertificateFacts> read_certificate_facts(BytesView bytes) {
    if (bytes.size() > max_file) return fail(Errc::limit_exceeded, "a certificate is smaller");
    const auto x509 = decode(bytes);
    if (x509 == nullptr) return fail(Errc::malformed_certificate, "no certificate: " + openssl::last_error());
    X509* raw = x509.get();
    CertificateFacts facts;
    facts.subject = one_line(X509_get_subject_name(raw));
    facts.issuer = one_line(X509_get_issuer_name(raw));
    facts.serial = hexadecimal(X509_get0_serialNumber(raw));
    facts.signature_algorithm = name_of_algorithm(X509_get_signature_nid(raw));
    facts.sm2_signature = X509_get_signature_nid(raw) == NID_SM2_with_SM3;
    const openssl::Key key(X509_get_pubkey(raw));
    facts.sm2_key = key != nullptr && openssl::is_sm2(key.get());
    const int named = key == nullptr ? NID_undef : EVP_PKEY_get_base_id(key.get());
    facts.key_algorithm = facts.sm2_key ? "SM2" : name_of_algorithm(named);
    const auto flags = X509_get_extension_flags(raw);
    facts.ca = (flags & EXFLAG_BCONS) != 0 && (flags & EXFLAG_CA) != 0;
    facts.has_key_usage = (flags & EXFLAG_KUSAGE) != 0;
    facts.signs_certificates = !facts.has_key_usage || (X509_get_key_usage(raw) & KU_KEY_CERT_SIGN) != 0;
    if (auto* user_id = default_user_id()) X509_set0_distinguishing_id(raw, user_id);
    facts.self_signed = X509_self_signed(raw, 1) == 1;
    read_subject(X509_get_subject_name(raw), facts);
    openssl::last_error();
    return facts;
}

}  // namespace elic
