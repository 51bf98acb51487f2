#include <algorithm>

#include "elic/crypto/revocation_list.h"
#include "elic/crypto/sm3.h"
#include "trust/folder_names.h"
#include "trust/import_objects.h"

// Status lists and deltas, lists of genuine issues, revocation lists.

namespace elic {

namespace {

/// A status list or delta that reads.
struct StatusFile {
    const Incoming* file;
    SignedObject object;
    std::optional<StatusListContent> list;
    std::optional<StatusDelta> delta;

    const Uscc& issuer() const { return list ? list->issuer : delta->issuer; }
    std::uint64_t list_number() const { return list ? list->list : delta->list; }
    std::uint64_t number() const { return list ? list->number : delta->number; }
    std::string name() const {
        return list ? status_list_name(issuer(), list_number(), number())
                    : status_delta_name(issuer(), list_number(), number());
    }
};

Result<StatusFile> read_status_file(const Incoming& file) {
    auto object = read_signed_object(file.bytes, max_status_file);
    if (!object) return fail_in(file.name, object.error());
    StatusFile read{.file = &file, .object = std::move(*object), .list = {}, .delta = {}};
    if (read.object.kind == SignatureKind::status_list) {
        auto list = read_status_list(read.object.content);
        if (!list) return fail_in(file.name, list.error());
        read.list = std::move(*list);
    } else {
        auto delta = read_status_delta(read.object.content);
        if (!delta) return fail_in(file.name, delta.error());
        read.delta = std::move(*delta);
    }
    return read;
}

/// What the folder has of a status list: names in order, and whether they read as one.
struct StatusThere {
    std::vector<std::string> names;  ///< all files, whatever their worth
    std::vector<Bytes> files;        ///< the newest full list and its deltas
    std::optional<PublishedStatus> status;
};

StatusThere status_there(const ImportState& state, const StatusFile& file) {
    StatusThere there{
        .names = state.names(status_folder(file.issuer(), file.list_number()) + "/"), .files = {}, .status = {}};
    std::vector<std::pair<std::uint64_t, std::string>> deltas;
    std::pair<std::uint64_t, std::string> newest;
    for (const auto& name : there.names) {
        const auto read = read_folder_name(name);
        if (!read) continue;
        if (read->part == FolderPart::status_delta) deltas.emplace_back(read->number, name);
        if (read->part == FolderPart::status_list) newest = std::max(newest, {read->number, name});
    }
    if (newest.first == 0) return there;
    deltas.erase(
        std::remove_if(deltas.begin(), deltas.end(), [&](const auto& delta) { return delta.first <= newest.first; }),
        deltas.end());
    std::sort(deltas.begin(), deltas.end());
    deltas.insert(deltas.begin(), newest);
    for (const auto& [number, name] : deltas) {
        auto bytes = state.read(name, max_status_file);
        if (!bytes) return there;
        there.files.push_back(std::move(*bytes));
    }
    if (auto status = read_published_status(there.files)) there.status = std::move(*status);
    return there;
}

Status take_status_file(const ImportStep& step, const StatusFile& file) {
    auto fresh = step.is_new(*file.file, file.name(), max_status_file);
    if (!fresh) return tl::unexpected(fresh.error());
    if (!*fresh) return {};
    auto signer = find_signer(step.state, *file.file, file.object, publishers_for(step.state, file.issuer()));
    if (!signer) return tl::unexpected(signer.error());
    const auto there = status_there(step.state, file);
    if (there.status && file.number() <= there.status->list.number) {
        return refuse_older(*file.file, "status list", file.number(), there.status->list.number);
    }
    if (file.list) {
        for (const auto& name : there.names) step.state.drop(name);
    } else {
        if (!there.status) {
            return refuse(*file.file, Errc::not_found,
                          "the status list that this delta goes on from is not here: import the full list with it");
        }
        if (file.delta->previous != sm3(there.files.back())) {
            return refuse(*file.file, Errc::malformed_trust,
                          "this delta does not go on from what is here (number " +
                              std::to_string(there.status->list.number) +
                              "): import the deltas between, or the newest full list");
        }
        const auto after = apply_status_delta(there.status->list, *file.delta);
        if (!after) return fail_in(file.file->name, after.error());
    }
    step.state.put(file.name(), file.file->bytes);
    return {};
}

/// Certificates of authorities that the folder or the import has, by subject.
std::vector<Certificate> authorities_named(const ImportState& state, const std::string& subject) {
    std::vector<Certificate> found;
    for (const auto& [name, list] : state.lists()) {
        auto digests = list.roots();
        digests.insert(digests.end(), list.intermediates().begin(), list.intermediates().end());
        for (const auto& digest : digests) {
            auto certificate = state.certificate(digest);
            if (certificate && certificate->subject() == subject) found.push_back(std::move(*certificate));
        }
    }
    return found;
}

Status take_revocation(const ImportStep& step, const Incoming& file) {
    auto list = RevocationList::parse(file.bytes);
    if (!list) return fail_in(file.name, list.error());
    const auto name = revocation_name(sm3(file.bytes));
    auto fresh = step.is_new(file, name, max_revocation_file);
    if (!fresh) return tl::unexpected(fresh.error());
    if (!*fresh) return {};
    const auto authorities = authorities_named(step.state, list->issuer());
    const auto maker = std::find_if(authorities.begin(), authorities.end(),
                                    [&](const Certificate& authority) { return list->issued_by(authority); });
    if (maker == authorities.end()) {
        return refuse(file, authorities.empty() ? Errc::not_found : Errc::malformed_trust,
                      authorities.empty()
                          ? "no trust list here names its authority " + list->issuer() +
                                " (or its certificate is missing): import the list and the certificate with it"
                          : "its signature does not hold under the certificate of " + list->issuer());
    }
    for (const auto& old : step.state.names("revocation/")) {
        const auto bytes = step.state.read(old, max_revocation_file);
        const auto before =
            bytes ? RevocationList::parse(*bytes) : Result<RevocationList>(tl::unexpected(bytes.error()));
        if (!before || before->issuer() != list->issuer() || !before->issued_by(*maker)) continue;
        if (list->this_update() <= before->this_update()) {
            return refuse(file, Errc::malformed_trust,
                          "older than what is there (of " + list->this_update().format() + ", the folder has " +
                              before->this_update().format() + "): leave it out, or get the newest");
        }
        step.state.drop(old);
    }
    step.state.put(name, file.bytes);
    return {};
}

}  // namespace

Status ImportStep::take_status(const std::vector<Incoming>& files) const {
    std::vector<StatusFile> read;
    for (const auto& file : files) {
        auto one = read_status_file(file);
        if (!one) return tl::unexpected(one.error());
        read.push_back(std::move(*one));
    }
    std::stable_sort(read.begin(), read.end(),
                     [](const StatusFile& a, const StatusFile& b) { return a.number() < b.number(); });
    for (const auto& file : read) {
        if (auto taken = take_status_file(*this, file); !taken) return taken;
    }
    return {};
}

Status ImportStep::take_genuine(const std::vector<Incoming>& files) const {
    for (const auto& file : files) {
        auto read = read_genuine_file(file.bytes);
        if (!read) return fail_in(file.name, read.error());
        const auto name = genuine_name(read->list.issuer, sm3(file.bytes));
        auto fresh = is_new(file, name, max_genuine_file);
        if (!fresh) return tl::unexpected(fresh.error());
        if (!*fresh) continue;
        auto signer = find_signer(state, file, read->object, publishers_for(state, read->list.issuer));
        if (!signer) return tl::unexpected(signer.error());
        state.put(name, file.bytes);
    }
    return {};
}

Status ImportStep::take_revocations(const std::vector<Incoming>& files) const {
    for (const auto& file : files) {
        if (auto taken = take_revocation(*this, file); !taken) return taken;
    }
    return {};
}

}  // namespace elic
