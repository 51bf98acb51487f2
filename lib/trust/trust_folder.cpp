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
constexpr std::size_t max_path = 6;  ///< certificates between a signer and its root, as verify_chain has it

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
    return fail(Errc::bad_argument, signer.subject() +
                                        " may not sign trust lists: sign with a root of the list, or with a "
                                        "certificate made by `elic pilot-ca certify --for trust-list`");
}

/// The source's certificates that one of these lists of digests names.
std::vector<Certificate> named_by(const TrustSource& source, const std::vector<Digest>& digests) {
    std::vector<Certificate> named;
    for (const auto& certificate : source.certificates) {
        if (std::find(digests.begin(), digests.end(), certificate.fingerprint()) != digests.end()) {
            named.push_back(certificate);
        }
    }
    return named;
}

/// The intermediates between the signer and its root, by issuer names: carried in the list, so that it can be verified
/// before anything in the folder is read.
std::vector<Certificate> path_of(const Certificate& signer, const std::vector<Certificate>& intermediates) {
    std::vector<Certificate> path;
    std::string wanted = signer.issuer();
    while (path.size() < max_path) {
        const auto next = std::find_if(intermediates.begin(), intermediates.end(), [&](const Certificate& certificate) {
            return certificate.subject() == wanted && !certificate.self_issued();
        });
        if (next == intermediates.end()) break;
        path.push_back(*next);
        wanted = next->issuer();
    }
    return path;
}

/// A certificate of a body that no verifier would accept when its listed time begins.
std::optional<std::string> fault_of(const Certificate& certificate, const BodyCertificate& listed,
                                    const std::vector<Certificate>& intermediates,
                                    const std::vector<Certificate>& roots) {
    if (!certificate.may_sign()) return "may not sign";
    const auto chain = verify_chain(certificate, intermediates, roots, std::max(listed.from, certificate.not_before()));
    if (!chain) return "does not chain to a root of the list (" + chain.error().context + ")";
    return {};
}

void warn_of_body(const TrustSource& source, const IssuingBody& body, std::vector<std::string>& warnings) {
    if (body.certificates.empty()) warnings.push_back(body.name + ": no certificate: nothing it signs can be verified");
    if (body.grants.empty()) warnings.push_back(body.name + ": no types: it may issue nothing");
    const auto intermediates = named_by(source, source.content.intermediates);
    const auto roots = named_by(source, source.content.roots);
    for (const auto& listed : body.certificates) {
        for (const auto& certificate : named_by(source, {listed.fingerprint})) {
            const auto fault = fault_of(certificate, listed, intermediates, roots);
            if (fault) warnings.push_back(body.name + ": its certificate " + certificate.subject() + " " + *fault);
        }
    }
}

void warn(const TrustSource& source, const Certificate& signer, std::vector<std::string>& warnings) {
    const auto& content = source.content;
    if (signer.is_test()) {
        warnings.emplace_back("the signer is a TEST certificate: never rely on this list in earnest");
    }
    for (const auto& body : content.bodies) warn_of_body(source, body, warnings);
    std::size_t needed = content.roots.size() + content.intermediates.size();
    for (const auto& body : content.bodies) needed += body.certificates.size();
    if (source.certificates.size() < needed) {
        warnings.push_back("the source has " + std::to_string(source.certificates.size()) + " of the " +
                           std::to_string(needed) + " certificates named: put the others into the folder");
    }
    if (content.next_update < content.issued_at) {
        warnings.emplace_back("next_update lies in the past: verifiers will call the list stale");
    }
}

/// The list that is replaced: its digest goes into the new one, whose number must count up.
void follow(const std::filesystem::path& folder, TrustListContent& content, std::vector<std::string>& warnings) {
    const auto before = read_file(folder / list_name, max_trust_bytes);
    if (!before || content.previous) return;
    content.previous = sm3(*before);
    const auto list = TrustList::open(*before);
    if (list && content.number <= list->number()) {
        warnings.push_back("number " + std::to_string(content.number) +
                           " does not count up: the list replaced is number " + std::to_string(list->number()));
    }
}

Status write_files(const TrustSource& source, const std::filesystem::path& folder) {
    for (const auto& part : {folder / "certificates", folder / "types"}) {
        if (auto made = make_folders(part); !made) return made;
    }
    for (const auto& certificate : source.certificates) {
        auto written = write_file_durably(certificate_path(folder, certificate.fingerprint()), certificate.der());
        if (!written) return written;
    }
    for (const auto& [entry, bytes] : source.pack_files) {
        const auto path = pack_path(folder, entry);
        if (sm3(bytes) != entry.digest)
            return fail(Errc::bad_argument, path.string() + ": not the pack that is listed");
        if (auto made = make_folders(path.parent_path()); !made) return made;
        if (auto written = write_file_durably(path, bytes); !written) return written;
    }
    return {};
}

}  // namespace

TrustFolder::TrustFolder(std::filesystem::path folder, TrustList list)
    : folder_(std::move(folder)), list_(std::move(list)), packs_(TypePacks::in_folder(folder_ / "types")) {}

Result<TrustFolder> TrustFolder::open(const std::filesystem::path& folder) {
    auto bytes = read_file(folder / list_name, max_trust_bytes);
    if (!bytes) {
        if (bytes.error().code != Errc::not_found) return tl::unexpected(bytes.error());
        return fail(Errc::not_found, folder.string() + " holds no trust list (" + list_name +
                                         "): ask its operator for the trust folder");
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
    if (certificate->fingerprint() != fingerprint)
        return fail(Errc::malformed_certificate, path.string() + " is not the certificate that its name says");
    return certificate;
}

Result<std::shared_ptr<const TypePack>> TrustFolder::pack(const PackEntry& entry) const {
    auto pack = packs_.load(entry.type, entry.version);
    if (!pack) return pack;
    if ((*pack)->digest != entry.digest)
        return fail(Errc::malformed_pack,
                    pack_path(folder_, entry).string() + " is not the pack that the trust list names");
    return pack;
}

Status write_trust_folder(const TrustSource& source, Signer& signer, const Certificate& signer_certificate,
                          const std::filesystem::path& folder, std::vector<std::string>& warnings) {
    if (auto fine = check_signer(source, signer_certificate); !fine) return fine;
    warn(source, signer_certificate, warnings);
    auto content = source.content;
    follow(folder, content, warnings);
    const auto path = path_of(signer_certificate, named_by(source, content.intermediates));
    auto list = TrustList::build(content, signer, signer_certificate, path);
    if (!list) return tl::unexpected(list.error());
    if (auto written = write_files(source, folder); !written) return written;
    return write_file_durably(folder / list_name, *list);
}

}  // namespace elic
