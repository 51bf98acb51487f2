#include "elic/crypto/pilot_ca.h"

#include <openssl/pem.h>

#include "base/process.h"
#include "base/text.h"
#include "crypto/certificate_impl.h"
#include "crypto/key_impl.h"
#include "crypto/sign_object.h"

namespace elic {

namespace {

constexpr std::int64_t year_seconds = 365LL * 86400 + 86400 / 4;
constexpr std::size_t max_request_bytes = 64 << 10;
constexpr std::size_t max_subject_bytes = 1 << 10;

/// One KEY=VALUE of a subject, put before those that are there: a name is written from the narrow to the wide (RFC
/// 4514) and encoded from the wide, C, to the narrow, CN (GB/T 20518).
Status add_part(X509_NAME* name, const std::string& key, const std::string& value) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
    if (!key.empty() && !value.empty() && check_text(value) &&
        X509_NAME_add_entry_by_txt(name, key.c_str(), MBSTRING_UTF8, bytes, static_cast<int>(value.size()), 0, 0) ==
            1) {
        return {};
    }
    openssl::last_error();
    return fail(Errc::bad_argument, "the subject's part '" + escape_for_output(key + "=" + value) +
                                        "' is not of a known kind, is empty or too long: write CN=...,O=...,C=CN");
}

/// "CN=...,O=...": commas separate, a backslash takes the next character as it is.
Result<openssl::X509NamePtr> parse_subject(std::string_view subject) {
    if (subject.size() > max_subject_bytes) return fail(Errc::limit_exceeded, "a subject is at most 1 KiB");
    openssl::X509NamePtr name(X509_NAME_new());
    if (name == nullptr) return openssl::failure("subject");
    std::string key;
    std::string value;
    bool in_value = false;
    for (std::size_t i = 0; i < subject.size(); ++i) {
        const char c = subject[i];
        if (c == '\\' && i + 1 < subject.size()) {
            (in_value ? value : key) += subject[++i];
        } else if (c == ',') {
            if (auto added = add_part(name.get(), key, value); !added) return tl::unexpected(added.error());
            key.clear();
            value.clear();
            in_value = false;
        } else if (c == '=' && !in_value) {
            in_value = true;
        } else if (in_value || c != ' ') {
            (in_value ? value : key) += c;
        }
    }
    if (auto added = add_part(name.get(), key, value); !added) return tl::unexpected(added.error());
    return name;
}

Status add_extension(X509* certificate, X509* issuer, int nid, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    if (extension == nullptr || X509_add_ext(certificate, extension.get(), -1) != 1)
        return openssl::failure("certificate extension");
    return {};
}

Status set_serial(X509* certificate) {
    std::array<std::uint8_t, 16> serial{};
    if (auto filled = fill_random(serial); !filled) return filled;
    serial[0] &= 0x7F;
    serial[0] |= 0x40;  // positive, 16 bytes
    const openssl::Number number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
    if (number == nullptr || BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) == nullptr)
        return openssl::failure("serial number");
    return {};
}

/// An unsigned certificate: names, key, validity.
Result<openssl::X509Ptr> make_certificate(const X509_NAME* subject, const X509_NAME* issuer, EVP_PKEY* key,
                                          Timestamp from, int years) {
    openssl::X509Ptr certificate(X509_new());
    if (certificate == nullptr) return openssl::failure("certificate");
    if (auto set = set_serial(certificate.get()); !set) return tl::unexpected(set.error());
    const auto start = static_cast<time_t>(from.unix_seconds());
    const auto end = static_cast<time_t>(from.unix_seconds() + years * year_seconds);
    const bool fine = X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                      X509_set_subject_name(certificate.get(), subject) == 1 &&
                      X509_set_issuer_name(certificate.get(), issuer) == 1 &&
                      X509_set_pubkey(certificate.get(), key) == 1 &&
                      ASN1_TIME_set(X509_getm_notBefore(certificate.get()), start) != nullptr &&
                      ASN1_TIME_set(X509_getm_notAfter(certificate.get()), end) != nullptr;
    if (!fine) return openssl::failure("certificate");
    return certificate;
}

Result<Certificate> finish(X509* certificate, EVP_PKEY* issuer_key) {
    if (auto done = sign_object(certificate, X509_sign_ctx, issuer_key); !done) return tl::unexpected(done.error());
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size <= 0) return openssl::failure("certificate");
    auto parsed = Certificate::parse(BytesView(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    return parsed;
}

Result<openssl::X509Request> read_request(BytesView pem) {
    if (pem.size() > max_request_bytes) return fail(Errc::limit_exceeded, "a certificate request is at most 64 KiB");
    const auto bio = openssl::reader_of(pem);
    openssl::X509Request request(bio != nullptr ? PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr)
                                                : nullptr);
    if (request == nullptr)
        return fail(Errc::malformed_certificate, "not a PEM certificate request: " + openssl::last_error());
    ASN1_OCTET_STRING* id = default_user_id();
    if (id == nullptr) return openssl::failure("user id");
    X509_REQ_set0_distinguishing_id(request.get(), id);
    EVP_PKEY* key = X509_REQ_get0_pubkey(request.get());
    if (key == nullptr || !openssl::is_sm2(key))
        return fail(Errc::malformed_certificate, "the request's key is not on curve SM2");
    if (X509_REQ_verify(request.get(), key) != 1) {
        openssl::last_error();
        return fail(Errc::malformed_certificate,
                    "the request's own signature does not hold (user id 1234567812345678)");
    }
    return request;
}

}  // namespace

Result<Bytes> make_certificate_request(const PrivateKey& key, std::string_view subject) {
    auto name = parse_subject(subject);
    if (!name) return tl::unexpected(name.error());
    const openssl::X509Request request(X509_REQ_new());
    if (request == nullptr || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1 ||
        X509_REQ_set_subject_name(request.get(), name->get()) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.impl().key.get()) != 1) {
        return openssl::failure("certificate request");
    }
    if (auto done = sign_object(request.get(), X509_REQ_sign_ctx, key.impl().key.get()); !done)
        return tl::unexpected(done.error());
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    char* memory = nullptr;
    if (bio == nullptr || PEM_write_bio_X509_REQ(bio.get(), request.get()) != 1)
        return openssl::failure("certificate request");
    const long size = BIO_get_mem_data(bio.get(), &memory);
    return Bytes(memory, memory + size);
}

Result<PilotCa> make_pilot_ca(Timestamp now, int years) {
    auto key = PrivateKey::generate();
    if (!key) return tl::unexpected(key.error());
    auto name = parse_subject("CN=elic TEST pilot root,O=elic TEST,C=CN");
    if (!name) return tl::unexpected(name.error());
    EVP_PKEY* raw = key->impl().key.get();
    auto certificate = make_certificate(name->get(), name->get(), raw, now, years);
    if (!certificate) return tl::unexpected(certificate.error());
    X509* x509 = certificate->get();
    for (const auto& [nid, value] : {std::pair{NID_basic_constraints, "critical,CA:TRUE"},
                                     std::pair{NID_key_usage, "critical,keyCertSign,cRLSign,digitalSignature"},
                                     std::pair{NID_subject_key_identifier, "hash"}}) {
        if (auto added = add_extension(x509, x509, nid, value); !added) return tl::unexpected(added.error());
    }
    auto finished = finish(x509, raw);
    if (!finished) return tl::unexpected(finished.error());
    return PilotCa{.key = std::move(*key), .certificate = *finished};
}

Result<Certificate> certify(const PilotCa& ca, BytesView request_pem, CertificatePurpose purpose, Timestamp from,
                            int years, std::optional<int> path_length) {
    if (!(ca.key.public_key() == ca.certificate.public_key()))
        return fail(Errc::bad_argument, "the CA's key is not the one of its certificate " + ca.certificate.subject());
    const bool authority = purpose == CertificatePurpose::ca;
    if (path_length && (!authority || *path_length < 0))
        return fail(Errc::bad_argument, "a path length is for a CA only, and at least 0");
    auto request = read_request(request_pem);
    if (!request) return tl::unexpected(request.error());
    X509* issuer = ca.certificate.impl().x509.get();
    auto certificate = make_certificate(X509_REQ_get_subject_name(request->get()), X509_get_subject_name(issuer),
                                        X509_REQ_get0_pubkey(request->get()), from, years);
    if (!certificate) return tl::unexpected(certificate.error());
    const std::string limit = path_length ? ",pathlen:" + std::to_string(*path_length) : "";
    const std::string constraints = authority ? "critical,CA:TRUE" + limit : "critical,CA:FALSE";
    // A CA's key certifies and revokes, and signs nothing that a clerk would rely on.
    const char* usage = authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,nonRepudiation";
    for (const auto& [nid, value] :
         {std::pair{NID_basic_constraints, constraints.c_str()}, std::pair{NID_key_usage, usage},
          std::pair{NID_subject_key_identifier, "hash"}, std::pair{NID_authority_key_identifier, "keyid:always"}}) {
        if (auto added = add_extension(certificate->get(), issuer, nid, value); !added)
            return tl::unexpected(added.error());
    }
    if (purpose == CertificatePurpose::trust_list) {
        if (auto added = add_extension(certificate->get(), issuer, NID_ext_key_usage, trust_list_purpose_oid); !added)
            return tl::unexpected(added.error());
    }
    return finish(certificate->get(), ca.key.impl().key.get());
}

}  // namespace elic
