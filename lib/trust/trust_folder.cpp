#include "elic/trust/trust_folder.h"

#include <algorithm>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/sm3.h"
#include "trust/trust_codec.h"

namespace elic {

namespace {

constexpr std::size_t max_certificate_file = 16 << 10;
constexpr const char* list_name = "trust.elic";

std::filesystem::path certificate_path(const std::filesystem::path& folder, const Digest& fingerprint) {
    return folder / "certificates" / (to_hex(fingerprint) + ".cer");
}

std::filesystem::path pack_path(const std::filesystem::path& folder, const PackEntry& entry) {
    return folder / "types" / entry.type.text() / (std::to_string(entry.version) + ".json");
}

/// The list may be signed by one of its own roots, or by a certificate made for that.
Status check_signer(const TrustSource& source, const Certificate& signer) {
    const auto& roots = source.content.roots;
    if (std::find(roots.begin(), roots.end(), signer.fingerprint()) != roots.end()) return {};
    if (signer.may_sign_trust_lists()) return {};
    return fail(Errc::bad_argument, signer.subject() + " may not sign trust lists: sign with a root of the list, or with a certificate made by "
                                                       "`elic pilot-ca certify --for trust-list`");
}

void warn(const TrustSource& source, const Certificate& signer, std::vector<std::string>& warnings) {
    if (signer.is_test()) warnings.emplace_back("the signer is a TEST certificate: never rely on this list in earnest");
    for (const auto& body : source.content.bodies) {
        if (body.certificates.empty()) warnings.push_back(body.name + ": no certificate: nothing it signs can be verified");
        if (body.grants.empty()) warnings.push_back(body.name + ": no types: it may issue nothing");
    }
    if (source.content.next_update < source.content.issued_at) warnings.emplace_back("next_update lies in the past: verifiers will call the list stale");
}

}  // namespace

TrustFolder::TrustFolder(std::filesystem::path folder, TrustList list)
    : folder_(std::move(folder)), list_(std::move(list)), packs_(TypePacks::in_folder(folder_ / "types")) {}

Result<TrustFolder> TrustFolder::open(const std::filesystem::path& folder) {
    auto bytes = read_file(folder / list_name, max_trust_bytes);
    if (!bytes) {
        if (bytes.error().code != Errc::not_found) return tl::unexpected(bytes.error());
        return fail(Errc::not_found, folder.string() + " holds no trust list (" + list_name + "): ask its operator for the trust folder");
    }
    auto list = TrustList::open(std::move(*bytes));
    if (!list) return tl::unexpected(list.error());
    return TrustFolder(folder, std::move(*list));
}

Result<Certificate> TrustFolder::certificate(const Digest& fingerprint) const {
    const auto path = certificate_path(folder_, fingerprint);
    auto bytes = read_file(path, max_certificate_file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto certificate = Certificate::parse(*bytes);
    if (!certificate) return fail_in(path.string(), certificate.error());
    if (certificate->fingerprint() != fingerprint) return fail(Errc::malformed_certificate, path.string() + " is not the certificate that its name says");
    return certificate;
}

Result<std::shared_ptr<const TypePack>> TrustFolder::pack(const PackEntry& entry) const {
    auto pack = packs_.load(entry.type, entry.version);
    if (!pack) return pack;
    if ((*pack)->digest != entry.digest) return fail(Errc::malformed_pack, pack_path(folder_, entry).string() + " is not the pack that the trust list names");
    return pack;
}

Status write_trust_folder(const TrustSource& source, Signer& signer, const Certificate& signer_certificate, const std::filesystem::path& folder,
                          std::vector<std::string>& warnings) {
    if (auto fine = check_signer(source, signer_certificate); !fine) return fine;
    warn(source, signer_certificate, warnings);
    auto content = source.content;
    if (auto before = read_file(folder / list_name, max_trust_bytes); before && !content.previous) content.previous = sm3(*before);
    auto list = TrustList::build(content, signer, signer_certificate, {});
    if (!list) return tl::unexpected(list.error());
    for (const auto& part : {folder / "certificates", folder / "types"}) {
        if (auto made = make_folders(part); !made) return made;
    }
    for (const auto& certificate : source.certificates) {
        auto written = write_file_durably(certificate_path(folder, certificate.fingerprint()), certificate.der());
        if (!written) return written;
    }
    for (const auto& [entry, bytes] : source.pack_files) {
        const auto path = pack_path(folder, entry);
        if (auto made = make_folders(path.parent_path()); !made) return made;
        if (auto written = write_file_durably(path, bytes); !written) return written;
    }
    return write_file_durably(folder / list_name, *list);
}

}  // namespace elic
