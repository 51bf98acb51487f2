#include "elic/crypto/revocation_list.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "crypto/certificate_impl.h"
#include "crypto/pem_block.h"

namespace elic {

namespace {

constexpr std::size_t max_list_bytes = 16 << 20;
constexpr std::size_t max_serial_bytes = 20;  // RFC 5280, 4.1.2.2

using CrlPtr = std::unique_ptr<X509_CRL, openssl::Freed<X509_CRL_free>>;

/// A serial number that compares as bytes: its sign, then 20 bytes, the high ones first.
using Serial = std::array<std::uint8_t, max_serial_bytes + 1>;

struct Entry {
    Serial serial;
    Revocation revocation;
};

tl::unexpected<Error> malformed(std::string what) {
    openssl::last_error();
    return fail(Errc::malformed_certificate, std::move(what));
}

std::optional<Serial> serial_of(const ASN1_INTEGER* number) {
    const auto size = static_cast<std::size_t>(std::max(ASN1_STRING_length(number), 0));
    if (size == 0 || size > max_serial_bytes) return {};
    Serial serial{};
    serial[0] = ASN1_STRING_type(number) == V_ASN1_NEG_INTEGER ? 1 : 0;
    std::copy_n(ASN1_STRING_get0_data(number), size, serial.end() - static_cast<std::ptrdiff_t>(size));
    return serial;
}

BytesView content_of(const ASN1_STRING* string) {
    return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(std::max(ASN1_STRING_length(string), 0))};
}

/// YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ and nothing else that OpenSSL would read (RFC 5280, 4.1.2.5).
std::optional<Timestamp> strict_instant(const ASN1_TIME* time) {
    const auto text = as_text(content_of(time));
    const std::size_t size = ASN1_STRING_type(time) == V_ASN1_UTCTIME ? 13 : 15;
    if (text.size() != size || text.back() != 'Z') return {};
    return instant_of(time);
}

/// DER, all of it: read, written anew and compared, since OpenSSL reads BER too and what is verified is what it writes.
Result<CrlPtr> decode_der(BytesView bytes, Bytes& signed_bytes) {
    const unsigned char* at = bytes.data();
    CrlPtr crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(bytes.size())));
    if (crl == nullptr)
        return fail(Errc::malformed_certificate, "not a DER certificate revocation list: " + openssl::last_error());
    // This one first: it makes the next encode anew, too, instead of giving back the bytes read.
    unsigned char* der = nullptr;
    int size = i2d_re_X509_CRL_tbs(crl.get(), &der);
    signed_bytes.assign(der, der + std::max(size, 0));
    OPENSSL_free(der);
    der = nullptr;
    size = i2d_X509_CRL(crl.get(), &der);
    const bool same = size > 0 && std::equal(der, der + size, bytes.begin(), bytes.end());
    OPENSSL_free(der);
    if (!same) return malformed("the revocation list is not in DER, or bytes follow it");
    return crl;
}

/// tbsCertList's own algorithm, for which OpenSSL 3.0 has no getter: it stands after SEQUENCE, length and version.
bool names_inside(BytesView tbs, BytesView algorithm) {
    constexpr std::array<std::uint8_t, 3> version_2 = {V_ASN1_INTEGER, 1, 1};
    if (tbs.size() < 2) return false;
    const std::size_t header = tbs[1] < 0x80 ? 2 : 2 + (tbs[1] & 0x7FU);
    if (tbs.size() < header + version_2.size() + algorithm.size()) return false;
    const auto rest = tbs.subspan(header);
    return std::equal(version_2.begin(), version_2.end(), rest.begin()) &&
           std::equal(algorithm.begin(), algorithm.end(), rest.begin() + version_2.size());
}

Status read_signature(const X509_CRL* crl, BytesView tbs, Sm2Signature& signature) {
    const ASN1_BIT_STRING* bits = nullptr;
    const X509_ALGOR* algorithm = nullptr;
    X509_CRL_get0_signature(crl, &bits, &algorithm);
    unsigned char* der = nullptr;
    const int size = i2d_X509_ALGOR(algorithm, &der);
    const bool both = OBJ_obj2nid(algorithm->algorithm) == NID_SM2_with_SM3 && size > 0 &&
                      names_inside(tbs, {der, static_cast<std::size_t>(size)});
    OPENSSL_free(der);
    if (!both) return malformed("the revocation list is not signed with SM2 and SM3, in both places alike");
    if ((bits->flags & 0x07) != 0) return malformed("the revocation list's signature is not of whole bytes");
    auto raw = signature_from_der(content_of(bits));
    if (!raw) return malformed("the revocation list's signature: " + raw.error().context);
    signature = *raw;
    return {};
}

std::string oid_text(const X509_EXTENSION* extension) {
    char oid[128];
    const int size = OBJ_obj2txt(oid, sizeof oid, X509_EXTENSION_get_object(const_cast<X509_EXTENSION*>(extension)), 1);
    return size > 0 ? oid : "?";
}

int kind_of(const X509_EXTENSION* extension) {
    return OBJ_obj2nid(X509_EXTENSION_get_object(const_cast<X509_EXTENSION*>(extension)));
}

BytesView value_of(const X509_EXTENSION* extension) {
    return content_of(X509_EXTENSION_get_data(const_cast<X509_EXTENSION*>(extension)));
}

/// Each extension of the list: what changes the meaning of "not named here" is refused, critical or not.
Status check_list_extensions(const X509_CRL* crl) {
    std::set<std::string> seen;
    for (int i = 0; i < X509_CRL_get_ext_count(crl); ++i) {
        const X509_EXTENSION* extension = X509_CRL_get_ext(crl, i);
        const auto oid = oid_text(extension);
        if (!seen.insert(oid).second) return malformed("the revocation list has the extension " + oid + " twice");
        switch (kind_of(extension)) {
            case NID_delta_crl:
                return malformed("a delta revocation list is not taken: the complete one is needed");
            case NID_issuing_distribution_point:
                return malformed(
                    "a revocation list for a part of the certificates, or for several issuers "
                    "(issuingDistributionPoint), is not taken: the complete one of one issuer is needed");
            case NID_crl_number:
            case NID_authority_key_identifier:
                break;
            default:
                if (X509_EXTENSION_get_critical(extension) != 0)
                    return malformed("the revocation list has the critical extension " + oid + ", which is not known");
        }
    }
    return {};
}

/// CRLReason (RFC 5280, 5.3.1): ENUMERATED of one byte.
Status read_reason(BytesView value, Revocation& revocation) {
    constexpr std::uint8_t key_compromise = 1, ca_compromise = 2, unused = 7, remove_from_list = 8, last = 10;
    if (value.size() != 3 || value[0] != V_ASN1_ENUMERATED || value[1] != 1 || value[2] > last || value[2] == unused)
        return malformed("a reason code in the revocation list cannot be read");
    if (value[2] == remove_from_list) return malformed("removeFromCRL stands in delta lists only");
    revocation.key_compromised = value[2] == key_compromise || value[2] == ca_compromise;
    return {};
}

Status read_invalidity(BytesView value, Revocation& revocation) {
    const unsigned char* at = value.data();
    using Time = std::unique_ptr<ASN1_GENERALIZEDTIME, openssl::Freed<ASN1_GENERALIZEDTIME_free>>;
    const Time time(d2i_ASN1_GENERALIZEDTIME(nullptr, &at, static_cast<long>(value.size())));
    if (time != nullptr && value.size() == 17 && at == value.data() + value.size())
        revocation.invalidity = strict_instant(time.get());
    if (!revocation.invalidity) return malformed("an invalidity date in the revocation list cannot be read");
    return {};
}

Result<Entry> read_entry(const X509_REVOKED* revoked) {
    const auto serial = serial_of(X509_REVOKED_get0_serialNumber(revoked));
    if (!serial) return malformed("a serial number in the revocation list has more than 20 bytes, or none");
    const auto at = strict_instant(X509_REVOKED_get0_revocationDate(revoked));
    if (!at) return malformed("a revocation date cannot be read");
    Entry entry{.serial = *serial, .revocation = {.at = *at}};
    bool reason = false, invalidity = false;
    for (int i = 0; i < X509_REVOKED_get_ext_count(revoked); ++i) {
        const X509_EXTENSION* extension = X509_REVOKED_get_ext(revoked, i);
        const int kind = kind_of(extension);
        Status done;
        if (kind == NID_crl_reason && !std::exchange(reason, true)) {
            done = read_reason(value_of(extension), entry.revocation);
        } else if (kind == NID_invalidity_date && !std::exchange(invalidity, true)) {
            done = read_invalidity(value_of(extension), entry.revocation);
        } else if (kind == NID_crl_reason || kind == NID_invalidity_date) {
            done = malformed("an entry of the revocation list has the extension " + oid_text(extension) + " twice");
        } else if (kind == NID_certificate_issuer || X509_EXTENSION_get_critical(extension) != 0) {
            // certificateIssuer makes a list an indirect one (RFC 5280, 5.3.3).
            done = malformed("an entry of the revocation list has the extension " + oid_text(extension) +
                             ", which is not known or makes the list an indirect one");
        }
        if (!done) return tl::unexpected(done.error());
    }
    return entry;
}

/// Of two entries for one certificate what is worse for it.
void merge(Revocation& kept, const Revocation& other) {
    kept.at = std::min(kept.at, other.at);
    kept.key_compromised = kept.key_compromised || other.key_compromised;
    if (other.invalidity) kept.invalidity = std::min(kept.invalidity.value_or(*other.invalidity), *other.invalidity);
}

/// Sorted by serial number, none twice.
Result<std::vector<Entry>> read_entries(X509_CRL* crl) {
    STACK_OF(X509_REVOKED)* revoked = X509_CRL_get_REVOKED(crl);
    std::vector<Entry> entries;
    const int count = std::max(sk_X509_REVOKED_num(revoked), 0);
    entries.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        auto entry = read_entry(sk_X509_REVOKED_value(revoked, i));
        if (!entry) return tl::unexpected(entry.error());
        entries.push_back(*entry);
    }
    std::ranges::stable_sort(entries, {}, &Entry::serial);
    std::size_t kept = 0;
    for (const auto& entry : entries) {
        if (kept > 0 && entries[kept - 1].serial == entry.serial) {
            merge(entries[kept - 1].revocation, entry.revocation);
        } else {
            entries[kept++] = entry;
        }
    }
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(kept), entries.end());
    return entries;
}

}  // namespace

struct RevocationList::Impl {
    openssl::X509NamePtr issuer_name;
    std::string issuer;
    std::optional<Timestamp> this_update, next_update;
    Bytes signed_bytes;  // tbsCertList
    Sm2Signature signature{};
    std::vector<Entry> entries;
};

Result<RevocationList> RevocationList::parse(BytesView bytes) {
    if (bytes.size() > max_list_bytes) return fail(Errc::limit_exceeded, "a revocation list is at most 16 MiB");
    Bytes der;
    if (!looks_like_der(bytes)) {
        auto block = read_pem_block(bytes, "X509 CRL", "revocation list");
        if (!block) return tl::unexpected(block.error());
        der = std::move(*block);
        bytes = der;
    }
    auto impl = std::make_shared<Impl>();
    auto crl = decode_der(bytes, impl->signed_bytes);
    if (!crl) return tl::unexpected(crl.error());
    X509_CRL* raw = crl->get();
    if (X509_CRL_get_version(raw) != X509_CRL_VERSION_2)
        return malformed("the revocation list is not of version 2 (RFC 5280, 5.1.2.1)");
    if (auto read = read_signature(raw, impl->signed_bytes, impl->signature); !read)
        return tl::unexpected(read.error());
    if (auto checked = check_list_extensions(raw); !checked) return tl::unexpected(checked.error());
    impl->this_update = strict_instant(X509_CRL_get0_lastUpdate(raw));
    const ASN1_TIME* next = X509_CRL_get0_nextUpdate(raw);
    if (next != nullptr) impl->next_update = strict_instant(next);
    if (!impl->this_update || (next != nullptr && (!impl->next_update || *impl->next_update < *impl->this_update)))
        return malformed("the revocation list's times cannot be read, or are not in their order");
    auto entries = read_entries(raw);
    if (!entries) return tl::unexpected(entries.error());
    impl->entries = std::move(*entries);
    impl->issuer_name.reset(X509_NAME_dup(X509_CRL_get_issuer(raw)));
    if (impl->issuer_name == nullptr) return openssl::failure("revocation list");
    impl->issuer = name_text(impl->issuer_name.get());
    return RevocationList(std::move(impl));
}

const std::string& RevocationList::issuer() const noexcept { return impl_->issuer; }
Timestamp RevocationList::this_update() const noexcept { return *impl_->this_update; }
std::optional<Timestamp> RevocationList::next_update() const noexcept { return impl_->next_update; }

bool RevocationList::issued_by(const Certificate& authority) const noexcept {
    X509* x509 = authority.impl().x509.get();
    const bool may_sign_lists =
        (X509_get_extension_flags(x509) & EXFLAG_KUSAGE) == 0 || (X509_get_key_usage(x509) & KU_CRL_SIGN) != 0;
    return authority.is_ca() && may_sign_lists &&
           X509_NAME_cmp(X509_get_subject_name(x509), impl_->issuer_name.get()) == 0 &&
           authority.public_key().verify(impl_->signed_bytes, impl_->signature);
}

std::optional<Revocation> RevocationList::find(const Certificate& certificate) const {
    const auto serial = serial_of(X509_get0_serialNumber(certificate.impl().x509.get()));
    if (!serial) return {};
    const auto found = std::ranges::lower_bound(impl_->entries, *serial, {}, &Entry::serial);
    if (found == impl_->entries.end() || found->serial != *serial) return {};
    return found->revocation;
}

}  // namespace elic
