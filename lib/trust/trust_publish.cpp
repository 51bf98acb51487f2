#include <algorithm>

#include "elic/crypto/sm3.h"
#include "elic/trust/trust_source.h"
#include "trust/folder_names.h"
#include "trust/trust_import_steps.h"

// What `elic trust build` does: a source becomes the next version of a folder.

namespace elic {

namespace {

constexpr std::size_t max_path = 6;  ///< certificates between a signer and its root, as verify_chain has it

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

/// The list that is followed: its digest goes into the new one, whose number must count up.
Status follow(const ImportState& state, TrustListContent& content) {
    // Without roots there is nothing to follow; the builder says so.
    if (content.roots.empty()) return {};
    const auto name = list_name(*std::min_element(content.roots.begin(), content.roots.end()));
    for (const auto& [each, list] : state.lists()) {
        if (each != name && content.previous != list.digest()) continue;
        if (content.number <= list.number()) {
            return fail(Errc::bad_argument, "number " + std::to_string(content.number) +
                                                " does not count up: the list in the folder is number " +
                                                std::to_string(list.number()) + "; write " +
                                                std::to_string(list.number() + 1) + " into the source");
        }
        if (!content.previous) content.previous = list.digest();
    }
    return {};
}

/// What the content names of certificates.
std::vector<Digest> digests_of(const TrustListContent& content) {
    auto digests = content.roots;
    digests.insert(digests.end(), content.intermediates.begin(), content.intermediates.end());
    for (const auto& body : content.bodies) {
        for (const auto& listed : body.certificates) digests.push_back(listed.fingerprint);
    }
    return digests;
}

/// The source's files as they would come in an import; certificates that its list does not name stay out.
Result<IncomingFiles> files_of_source(const TrustSource& source) {
    auto files = sort_out(source.objects);
    if (!files) return files;
    for (const auto& certificate : named_by(source, digests_of(source.content))) {
        files->certificates.push_back(
            {.name = certificate_name(certificate.fingerprint()), .stated = {}, .bytes = certificate.der()});
    }
    for (const auto& [entry, bytes] : source.pack_files) {
        const auto name = pack_name(entry.type, entry.version);
        if (sm3(bytes) != entry.digest) return fail(Errc::bad_argument, name + ": not the pack that is listed");
        files->packs.push_back({.name = name, .stated = {}, .bytes = bytes});
    }
    return files;
}

}  // namespace

Status write_trust_folder(const TrustSource& source, Signer& signer, const Certificate& signer_certificate,
                          const std::filesystem::path& folder, std::vector<std::string>& warnings) {
    if (auto fine = check_signer(source, signer_certificate); !fine) return fine;
    warn(source, signer_certificate, warnings);
    auto files = files_of_source(source);
    if (!files) return tl::unexpected(files.error());
    auto state = ImportState::open(folder);
    if (!state) return tl::unexpected(state.error());
    auto content = source.content;
    if (auto followed = follow(*state, content); !followed) return followed;
    const auto path = path_of(signer_certificate, named_by(source, content.intermediates));
    auto list = TrustList::build(content, signer, signer_certificate, path);
    if (!list) return tl::unexpected(list.error());
    files->lists.push_back({.name = "the list", .stated = {}, .bytes = std::move(*list)});
    auto report = import_files(*files, *state);
    return report ? Status() : Status(tl::unexpected(report.error()));
}

}  // namespace elic
