#include "elic/trust/trust_folder.h"

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/sm3.h"
#include "trust/folder_names.h"
#include "trust/folder_objects.h"
#include "trust/folder_versions.h"
#include "trust/trust_codec.h"
#include "trust/trust_folder_impl.h"

namespace elic {

namespace {

constexpr std::size_t most_certificates_kept = 64;

/// The lists of a version that open; why the others do not.
Status open_lists(TrustFolder::Impl& impl) {
    auto names = list_folder(impl.path / "lists");
    if (!names && names.error().code != Errc::not_found) return tl::unexpected(names.error());
    for (const auto& file : names ? *names : std::vector<std::string>()) {
        const auto name = "lists/" + file;
        if (!read_folder_name(name)) continue;
        auto bytes = read_file(impl.path / name, max_trust_bytes);
        auto list = bytes ? TrustList::open(std::move(*bytes)) : Result<TrustList>(tl::unexpected(bytes.error()));
        if (list && list_name(list->roots().front()) != name) {
            list = Result<TrustList>(fail(Errc::malformed_trust, "is not the list that its name says"));
        }
        if (list) {
            impl.lists.push_back(std::move(*list));
        } else {
            impl.damaged.push_back({list.error().code, name + ": " + list.error().context});
        }
    }
    return {};
}

/// Bodies of delegations, each read; what does not fit is left out.
template <class Fits>
void add_delegated(const TrustFolder::Impl& impl, const std::vector<DelegationKey>& pairs, const Fits& fits,
                   std::vector<KnownBody>& bodies) {
    std::set<DelegationKey> seen;
    for (const auto& pair : pairs) {
        if (!seen.insert(pair).second) continue;
        auto read = impl.delegation(pair);
        if (!read || !fits(read->delegation.body)) continue;
        bodies.push_back({.body = read->delegation.body, .list = nullptr, .delegation = std::move(*read)});
    }
}

bool has_key(const IssuingBody& body, const KeyHint& hint) {
    return std::any_of(body.certificates.begin(), body.certificates.end(),
                       [&](const auto& certificate) { return key_hint(certificate.fingerprint) == hint; });
}

}  // namespace

Result<TrustFolder> TrustFolder::open(const std::filesystem::path& folder) {
    auto version = current_version(folder);
    if (!version) return tl::unexpected(version.error());
    auto impl = std::make_shared<Impl>(version->path, version_text(version->number));
    if (auto opened = open_lists(*impl); !opened) return tl::unexpected(opened.error());
    if (impl->lists.empty()) {
        if (!impl->damaged.empty()) return tl::unexpected(impl->damaged.front());
        return fail(Errc::not_found, folder.string() + " holds no trust list: ask its operator for the trust folder");
    }
    return TrustFolder(std::move(impl));
}

const std::vector<TrustList>& TrustFolder::lists() const noexcept { return impl_->lists; }
const std::vector<Error>& TrustFolder::damaged() const noexcept { return impl_->damaged; }
const std::string& TrustFolder::version() const noexcept { return impl_->version; }

std::vector<Error> TrustFolder::passed_over() const {
    const std::lock_guard lock(impl_->reading);
    std::vector<Error> errors;
    for (const auto& [name, error] : impl_->passed) errors.push_back(error);
    return errors;
}

Result<std::vector<KnownBody>> TrustFolder::bodies_with_key(const KeyHint& hint) const {
    std::vector<KnownBody> found;
    for (const auto& list : impl_->lists) {
        auto bodies = list.bodies_with_key(hint);
        if (!bodies) return tl::unexpected(bodies.error());
        for (auto& body : *bodies) found.push_back({.body = std::move(body), .list = &list});
    }
    const std::lock_guard lock(impl_->reading);
    auto pairs = impl_->find_by_key(hint, !found.empty());
    if (!pairs) return tl::unexpected(pairs.error());
    add_delegated(
        *impl_, *pairs, [&](const IssuingBody& body) { return has_key(body, hint); }, found);
    return found;
}

Result<std::vector<KnownBody>> TrustFolder::bodies(const Uscc& code) const {
    std::vector<KnownBody> found;
    for (const auto& list : impl_->lists) {
        auto body = list.body(code);
        if (!body && body.error().code == Errc::not_found) continue;
        if (!body) return tl::unexpected(body.error());
        found.push_back({.body = std::move(*body), .list = &list});
    }
    const std::lock_guard lock(impl_->reading);
    auto pairs = impl_->find_by_body(code, !found.empty());
    if (!pairs) return tl::unexpected(pairs.error());
    add_delegated(
        *impl_, *pairs, [](const IssuingBody&) { return true; }, found);
    return found;
}

Result<std::vector<KnownBody>> TrustFolder::all_bodies() const {
    std::vector<KnownBody> all;
    for (const auto& list : impl_->lists) {
        for (std::size_t n = 0; n < list.body_count(); ++n) {
            auto body = list.body_at(n);
            if (!body) return tl::unexpected(body.error());
            all.push_back({.body = std::move(*body), .list = &list});
        }
    }
    auto pairs = delegations_in(impl_->path);
    if (!pairs) return tl::unexpected(pairs.error());
    const std::lock_guard lock(impl_->reading);
    add_delegated(
        *impl_, *pairs, [](const IssuingBody&) { return true; }, all);
    return all;
}

Result<Certificate> TrustFolder::certificate(const Digest& fingerprint) const {
    const std::lock_guard lock(impl_->reading);
    auto& known = impl_->certificates;
    if (const auto found = known.find(fingerprint); found != known.end()) return found->second;
    const auto path = impl_->path / certificate_name(fingerprint);
    auto bytes = read_file(path, max_certificate_file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto certificate = Certificate::parse(*bytes);
    if (!certificate) return fail_in(path.string(), certificate.error());
    if (certificate->fingerprint() != fingerprint)
        return fail(Errc::malformed_certificate, path.string() + " is not the certificate that its name says");
    if (known.size() == most_certificates_kept) known.clear();
    known.emplace(fingerprint, *certificate);
    return certificate;
}

Result<Certificate> TrustFolder::certificate_of(const KnownBody& body, const Digest& fingerprint) const {
    if (body.delegation) {
        for (const auto& carried : body.delegation->delegation.certificates) {
            if (carried.fingerprint() == fingerprint) return carried;
        }
    }
    return certificate(fingerprint);
}

Result<std::shared_ptr<const TypePack>> TrustFolder::pack(const PackEntry& entry) const {
    auto pack = impl_->packs.load(entry.type, entry.version);
    if (!pack) return pack;
    if ((*pack)->digest != entry.digest)
        return fail(Errc::malformed_pack, (impl_->path / pack_name(entry.type, entry.version)).string() +
                                              " is not the pack that the trust list names");
    return pack;
}

}  // namespace elic
