#include "elic/crypto/certificate.h"

#include <algorithm>
#include <openssl/objects.h>
#include <openssl/pem.h>

#include "base/text.h"
#include "crypto/certificate_impl.h"
#include "crypto/pem_block.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::size_t max_certificate_bytes = 16 << 10;
constexpr std::string_view time_stamping_oid = "1.3.6.1.5.5.7.3.8";

Bytes der_of(X509* x509) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(x509, &der);
    Bytes bytes(der, der + std::max(size, 0));
    OPENSSL_free(der);
    return bytes;
}

Result<openssl::X509Ptr> decode_der(BytesView bytes) {
    const unsigned char* at = bytes.data();
    openssl::X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
    if (x509 == nullptr) return fail(Errc::malformed_certificate, "not a DER certificate: " + openssl::last_error());
    // OpenSSL reads BER too; then the fingerprint would be of other bytes than the given ones.
    const auto again = der_of(x509.get());
    if (!std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()))
        return fail(Errc::malformed_certificate, "the certificate is not in DER, or bytes follow it");
    return x509;
}

Result<openssl::X509Ptr> decode(BytesView bytes) {
    if (looks_like_der(bytes)) return decode_der(bytes);
    const auto der = read_pem_block(bytes, "CERTIFICATE", "certificate");
    if (!der) return tl::unexpected(der.error());
    return decode_der(*der);
}

std::string common_name_of(const X509_NAME* name) {
    const int at = X509_NAME_get_index_by_NID(const_cast<X509_NAME*>(name), NID_commonName, -1);
    if (at < 0) return {};
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size < 0) return {};
    std::string text(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    return escape_for_output(text);
}

bool has_purpose(X509* x509, std::string_view purpose) {
    using Usage = std::unique_ptr<EXTENDED_KEY_USAGE, openssl::Freed<EXTENDED_KEY_USAGE_free>>;
    const Usage usage(static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, nullptr, nullptr)));
    if (usage == nullptr) return false;
    for (int i = 0; i < sk_ASN1_OBJECT_num(usage.get()); ++i) {
        char oid[128];
        const int size = OBJ_obj2txt(oid, sizeof oid, sk_ASN1_OBJECT_value(usage.get(), i), 1);
        if (size > 0 && std::string_view(oid) == purpose) return true;
    }
    return false;
}

/// The word, not the letters: ATTESTATION is none.
bool says_test(std::string_view name) {
    constexpr std::string_view word = "TEST";
    const auto is_letter = [&](std::size_t at) {
        return at < name.size() && ((name[at] >= 'A' && name[at] <= 'Z') || (name[at] >= 'a' && name[at] <= 'z'));
    };
    for (auto at = name.find(word); at != std::string_view::npos; at = name.find(word, at + 1)) {
        const bool joined_before = at > 0 && is_letter(at - 1);
        if (!joined_before && !is_letter(at + word.size())) return true;
    }
    return false;
}

/// Both places of the signature algorithm say SM2 with SM3 (1.2.156.10197.1.501).
bool signed_with_sm2(const X509* x509) {
    return X509_get_signature_nid(x509) == NID_SM2_with_SM3 &&
           OBJ_obj2nid(X509_get0_tbs_sigalg(x509)->algorithm) == NID_SM2_with_SM3;
}

Result<PublicKey> key_of(const X509* x509) {
    unsigned char* der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &der);
    auto key = PublicKey::from_spki({der, static_cast<std::size_t>(std::max(size, 0))});
    OPENSSL_free(der);
    return key;
}

void read_extensions(Certificate::Impl& impl) {
    X509* x509 = impl.x509.get();
    const auto flags = X509_get_extension_flags(x509);
    impl.ca = (flags & EXFLAG_BCONS) != 0 && (flags & EXFLAG_CA) != 0;
    constexpr std::uint32_t signing = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
    impl.signs = (flags & EXFLAG_KUSAGE) == 0 || (X509_get_key_usage(x509) & signing) != 0;
    impl.signs_trust_lists = impl.signs && has_purpose(x509, trust_list_purpose_oid);
    impl.stamps_times = impl.signs && has_purpose(x509, time_stamping_oid);
}

}  // namespace

std::string name_text(const X509_NAME* name) {
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    // RFC 4514 but for two things: ", " between the parts, and Chinese as it is.
    constexpr unsigned long flags =
        (XN_FLAG_RFC2253 & ~(ASN1_STRFLGS_ESC_MSB | XN_FLAG_SEP_MASK)) | XN_FLAG_SEP_CPLUS_SPC;
    if (bio == nullptr || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0) return {};
    char* memory = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &memory);
    return size > 0 ? escape_for_output(std::string_view(memory, static_cast<std::size_t>(size))) : std::string();
}

std::optional<Timestamp> instant_of(const ASN1_TIME* time) {
    ASN1_TIME* epoch = ASN1_TIME_set(nullptr, 0);
    int days = 0;
    int seconds = 0;
    const bool fine = epoch != nullptr && ASN1_TIME_diff(&days, &seconds, epoch, time) == 1;
    ASN1_TIME_free(epoch);
    if (!fine) return {};
    auto instant = Timestamp::from_unix(std::int64_t{days} * 86400 + seconds);
    return instant ? std::optional(*instant) : std::nullopt;
}

ASN1_OCTET_STRING* default_user_id() {
    ASN1_OCTET_STRING* id = ASN1_OCTET_STRING_new();
    if (id != nullptr && ASN1_OCTET_STRING_set(id, reinterpret_cast<const unsigned char*>(sm2_default_user_id.data()),
                                               static_cast<int>(sm2_default_user_id.size())) == 1) {
        return id;
    }
    ASN1_OCTET_STRING_free(id);
    return nullptr;
}

Result<Certificate> Certificate::parse(BytesView bytes) {
    if (bytes.size() > max_certificate_bytes) return fail(Errc::limit_exceeded, "a certificate is at most 16 KiB");
    auto x509 = decode(bytes);
    if (!x509) return tl::unexpected(x509.error());
    auto impl = std::make_shared<Impl>();
    impl->x509 = std::move(*x509);
    X509* raw = impl->x509.get();
    if (!signed_with_sm2(raw))
        return fail(Errc::malformed_certificate, "the certificate is not signed with SM2 and SM3");
    if ((X509_get_extension_flags(raw) & EXFLAG_INVALID) != 0)
        return fail(Errc::malformed_certificate, "an extension cannot be read");
    const auto key = key_of(raw);
    if (!key) return fail(Errc::malformed_certificate, key.error().context);
    impl->key = *key;
    impl->der = der_of(raw);
    impl->fingerprint = sm3(impl->der);
    impl->subject = name_text(X509_get_subject_name(raw));
    impl->issuer = name_text(X509_get_issuer_name(raw));
    impl->common_name = common_name_of(X509_get_subject_name(raw));
    impl->self_issued = X509_NAME_cmp(X509_get_subject_name(raw), X509_get_issuer_name(raw)) == 0;
    impl->not_before = instant_of(X509_get0_notBefore(raw));
    impl->not_after = instant_of(X509_get0_notAfter(raw));
    if (!impl->not_before || !impl->not_after)
        return fail(Errc::malformed_certificate, "a validity time cannot be read");
    read_extensions(*impl);
    auto* user_id = default_user_id();
    if (user_id == nullptr) return openssl::failure("user id");
    X509_set0_distinguishing_id(raw, user_id);
    return Certificate(std::move(impl));
}

const Bytes& Certificate::der() const noexcept { return impl_->der; }

Bytes Certificate::pem() const {
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    char* memory = nullptr;
    if (bio == nullptr || PEM_write_bio_X509(bio.get(), impl_->x509.get()) != 1) return {};
    const long size = BIO_get_mem_data(bio.get(), &memory);
    return Bytes(memory, memory + size);
}

const Digest& Certificate::fingerprint() const noexcept { return impl_->fingerprint; }
const std::string& Certificate::subject() const noexcept { return impl_->subject; }
const std::string& Certificate::issuer() const noexcept { return impl_->issuer; }
const std::string& Certificate::common_name() const noexcept { return impl_->common_name; }
const PublicKey& Certificate::public_key() const noexcept { return *impl_->key; }
Timestamp Certificate::not_before() const noexcept { return *impl_->not_before; }
Timestamp Certificate::not_after() const noexcept { return *impl_->not_after; }
bool Certificate::is_ca() const noexcept { return impl_->ca; }
bool Certificate::self_issued() const noexcept { return impl_->self_issued; }
bool Certificate::may_sign() const noexcept { return impl_->signs; }
bool Certificate::may_sign_trust_lists() const noexcept { return impl_->signs_trust_lists; }
bool Certificate::may_stamp_times() const noexcept { return impl_->stamps_times; }
bool Certificate::is_test() const noexcept { return says_test(impl_->subject) || says_test(impl_->issuer); }

}  // namespace elic
