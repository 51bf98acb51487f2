#include <algorithm>

#include "base/file.h"
#include "base/hex.h"
#include "elic/crypto/sm3.h"
#include "trust/folder_names.h"
#include "trust/folder_objects.h"
#include "trust/trust_folder_impl.h"

// Roll-overs, status lists, genuine lists and revocation lists of an opened folder: read when they are asked for.

namespace elic {

namespace {

/// The names in a part of the folder; none when there is no such part.
Result<std::vector<std::string>> names_in(const std::filesystem::path& path) {
    auto names = list_folder(path);
    if (!names && names.error().code == Errc::not_found) return std::vector<std::string>();
    return names;
}

void pass_over(const TrustFolder::Impl& impl, const std::string& name, const Error& error) {
    const std::lock_guard lock(impl.reading);
    impl.passed.emplace(name, Error{error.code, name + ": " + error.context});
}

Result<std::vector<Uscc>> issuers_in(const std::filesystem::path& path) {
    auto names = names_in(path);
    if (!names) return tl::unexpected(names.error());
    std::vector<Uscc> issuers;
    for (const auto& name : *names) {
        if (auto code = Uscc::parse(name)) issuers.push_back(*code);
    }
    return issuers;
}

/// Numbers of the newest full list and of the deltas after it, ascending.
std::vector<FolderName> newest_of(const std::string& folder, const std::vector<std::string>& files) {
    std::vector<FolderName> names;
    std::uint64_t newest = 0;
    for (const auto& file : files) {
        auto name = read_folder_name(folder + "/" + file);
        if (!name) continue;
        if (name->part == FolderPart::status_list) newest = std::max(newest, name->number);
        names.push_back(std::move(*name));
    }
    names.erase(std::remove_if(names.begin(), names.end(),
                               [&](const FolderName& name) {
                                   return name.part == FolderPart::status_list ? name.number != newest
                                                                               : name.number <= newest;
                               }),
                names.end());
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    if (newest == 0) names.clear();
    return names;
}

}  // namespace

Result<std::optional<SignedRollover>> TrustFolder::rollover(const KeyHint& new_hint) const {
    const auto name = rollover_name(new_hint);
    auto bytes = read_file(impl_->path / name, max_rollover_file);
    if (!bytes && bytes.error().code == Errc::not_found) return std::optional<SignedRollover>();
    if (!bytes && bytes.error().code == Errc::io) return tl::unexpected(bytes.error());
    auto read = bytes ? read_rollover_file(*bytes) : Result<SignedRollover>(tl::unexpected(bytes.error()));
    if (read && key_hint(read->rollover.new_certificate.fingerprint()) != new_hint) {
        read = Result<SignedRollover>(fail(Errc::malformed_trust, "is not the roll-over that its name says"));
    }
    if (read) return std::optional(std::move(*read));
    pass_over(*impl_, name, read.error());
    return std::optional<SignedRollover>();
}

Result<std::vector<SignedRollover>> TrustFolder::rollovers() const {
    auto names = names_in(impl_->path / "rollovers");
    if (!names) return tl::unexpected(names.error());
    std::vector<SignedRollover> all;
    for (const auto& file : *names) {
        const auto name = read_folder_name("rollovers/" + file);
        const auto bytes = name ? from_hex(name->first) : Result<Bytes>(Bytes());
        KeyHint hint{};
        if (!name || !bytes || bytes->size() != hint.size()) continue;
        std::copy(bytes->begin(), bytes->end(), hint.begin());
        auto read = rollover(hint);
        if (!read) return tl::unexpected(read.error());
        if (*read) all.push_back(std::move(**read));
    }
    return all;
}

Result<std::vector<std::pair<Uscc, std::uint64_t>>> TrustFolder::status_lists() const {
    auto issuers = issuers_in(impl_->path / "status");
    if (!issuers) return tl::unexpected(issuers.error());
    std::vector<std::pair<Uscc, std::uint64_t>> lists;
    for (const auto& issuer : *issuers) {
        auto names = names_in(impl_->path / "status" / issuer.text());
        if (!names) return tl::unexpected(names.error());
        for (const auto& file : *names) {
            // The number of a list is read as in a name of one of its files.
            const auto name = read_folder_name("status/" + issuer.text() + "/" + file + "/1.elic");
            if (name) lists.emplace_back(issuer, name->list);
        }
    }
    std::sort(lists.begin(), lists.end());
    return lists;
}

Result<PublishedStatus> TrustFolder::status(const Uscc& issuer, std::uint64_t list) const {
    const auto folder = status_folder(issuer, list);
    auto names = names_in(impl_->path / folder);
    if (!names) return tl::unexpected(names.error());
    const auto newest = newest_of(folder, *names);
    if (newest.empty()) {
        return fail(Errc::not_found, "no status list " + std::to_string(list) + " of " + issuer.text() +
                                         " in the trust folder: import the one that the authority publishes");
    }
    std::vector<Bytes> files;
    for (const auto& name : newest) {
        const auto path = name.part == FolderPart::status_list ? status_list_name(issuer, list, name.number)
                                                               : status_delta_name(issuer, list, name.number);
        auto bytes = read_file(impl_->path / path, max_status_file);
        if (!bytes) return tl::unexpected(bytes.error());
        files.push_back(std::move(*bytes));
    }
    auto status = read_published_status(files);
    if (!status) return fail_in(folder, status.error());
    if (!(status->list.issuer == issuer) || status->list.list != list || status->list.number != newest.back().number) {
        return fail(Errc::malformed_trust, folder + ": is not the status list that its name says");
    }
    return status;
}

Result<std::vector<Uscc>> TrustFolder::genuine_issuers() const { return issuers_in(impl_->path / "genuine"); }

Result<std::vector<SignedGenuineList>> TrustFolder::genuine_lists(const Uscc& issuer) const {
    const auto folder = genuine_folder(issuer);
    auto names = names_in(impl_->path / folder);
    if (!names) return tl::unexpected(names.error());
    std::vector<SignedGenuineList> lists;
    for (const auto& file : *names) {
        const auto path = folder + "/" + file;
        const auto name = read_folder_name(path);
        if (!name) continue;
        auto bytes = read_file(impl_->path / path, max_genuine_file);
        if (!bytes && bytes.error().code == Errc::io) return tl::unexpected(bytes.error());
        auto list = bytes ? read_genuine_file(*bytes) : Result<SignedGenuineList>(tl::unexpected(bytes.error()));
        if (list && (!(list->list.issuer == issuer) || to_hex(sm3(*bytes)) != name->second)) {
            list = Result<SignedGenuineList>(fail(Errc::malformed_trust, "is not the list that its name says"));
        }
        if (list) {
            lists.push_back(std::move(*list));
        } else {
            pass_over(*impl_, path, list.error());
        }
    }
    return lists;
}

Result<std::vector<RevocationList>> TrustFolder::all_revocation_lists() const {
    {
        const std::lock_guard lock(impl_->reading);
        if (impl_->revocations) return *impl_->revocations;
    }
    auto names = names_in(impl_->path / "revocation");
    if (!names) return tl::unexpected(names.error());
    std::vector<RevocationList> lists;
    for (const auto& file : *names) {
        const auto path = "revocation/" + file;
        const auto name = read_folder_name(path);
        if (!name) continue;
        auto bytes = read_file(impl_->path / path, max_revocation_file);
        if (!bytes && bytes.error().code == Errc::io) return tl::unexpected(bytes.error());
        auto list = bytes ? RevocationList::parse(*bytes) : Result<RevocationList>(tl::unexpected(bytes.error()));
        if (list && to_hex(sm3(*bytes)) != name->first) {
            list = Result<RevocationList>(fail(Errc::malformed_certificate, "is not the file that its name says"));
        }
        if (list) {
            lists.push_back(std::move(*list));
        } else {
            pass_over(*impl_, path, list.error());
        }
    }
    const std::lock_guard lock(impl_->reading);
    impl_->revocations = lists;
    return lists;
}

Result<std::vector<RevocationList>> TrustFolder::revocation_lists(const std::string& authority) const {
    auto all = all_revocation_lists();
    if (!all) return all;
    all->erase(std::remove_if(all->begin(), all->end(),
                              [&](const RevocationList& list) { return list.issuer() != authority; }),
               all->end());
    return all;
}

}  // namespace elic
