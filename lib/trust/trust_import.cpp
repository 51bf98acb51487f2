#include "elic/trust/trust_import.h"

#include <algorithm>
#include <set>

#include "base/file.h"
#include "elic/crypto/sm3.h"
#include "elic/packs/type_packs.h"
#include "elic/trust/trust_folder.h"
#include "trust/folder_names.h"
#include "trust/import_objects.h"
#include "trust/trust_bundle.h"
#include "trust/trust_import_steps.h"

namespace elic {

namespace {

/// Everything that the lists name by digest.
struct NamedByLists {
    std::set<Digest> certificates;
    std::set<std::pair<std::string, Digest>> packs;  ///< by name of the file
};

Result<NamedByLists> named_by_lists(const ImportState& state) {
    NamedByLists named;
    for (const auto& [name, list] : state.lists()) {
        named.certificates.insert(list.roots().begin(), list.roots().end());
        named.certificates.insert(list.intermediates().begin(), list.intermediates().end());
        for (const auto& pack : list.packs()) named.packs.emplace(pack_name(pack.type, pack.version), pack.digest);
        for (std::size_t n = 0; n < list.body_count(); ++n) {
            auto body = list.body_at(n);
            if (!body) return fail_in(name, body.error());
            for (const auto& certificate : body->certificates) named.certificates.insert(certificate.fingerprint);
        }
    }
    return named;
}

/// What no list and no delegation names any more goes: a folder does not grow for ever, and what is exported from it
/// can be imported anywhere. Nothing goes while a list is damaged, for it may name it.
void drop_unnamed(ImportState& state, const NamedByLists& named) {
    if (state.has_damaged_list()) return;
    std::set<std::string> files;
    for (const auto& digest : named.certificates) files.insert(certificate_name(digest));
    for (const auto& [name, digest] : named.packs) files.insert(name);
    for (const char* part : {"certificates/", "types/"}) {
        for (const auto& name : state.names(part)) {
            if (!files.contains(name)) state.drop(name);
        }
    }
}

Status take_all(const IncomingFiles& files, const ImportStep& step) {
    // Certificates are at hand for every check before their own turn comes, when it is known what names them.
    for (const auto& file : files.certificates) {
        if (auto certificate = Certificate::parse(file.bytes)) step.state.offer(*certificate);
    }
    using Take = Status (ImportStep::*)(const std::vector<Incoming>&) const;
    const std::vector<std::pair<Take, const std::vector<Incoming>*>> order = {
        {&ImportStep::take_lists, &files.lists},
        {&ImportStep::take_delegations, &files.delegations},
        {&ImportStep::take_rollovers, &files.rollovers},
        {&ImportStep::take_status, &files.status},
        {&ImportStep::take_genuine, &files.genuine},
        {&ImportStep::take_revocations, &files.revocations},
        {&ImportStep::take_certificates, &files.certificates},
        {&ImportStep::take_packs, &files.packs},
    };
    for (const auto& [take, list] : order) {
        if (auto taken = (step.*take)(*list); !taken) return taken;
    }
    return {};
}

}  // namespace

Status ImportStep::take_certificates(const std::vector<Incoming>& files) const {
    if (files.empty()) return {};
    const auto named = named_by_lists(state);
    if (!named) return tl::unexpected(named.error());
    for (const auto& file : files) {
        auto certificate = Certificate::parse(file.bytes);
        if (!certificate) return fail_in(file.name, certificate.error());
        const auto& fingerprint = certificate->fingerprint();
        // One form on the disk: what is named by digest is the DER.
        const Incoming in_der{.name = file.name, .stated = file.stated, .bytes = certificate->der()};
        auto fresh = is_new(in_der, certificate_name(fingerprint), max_certificate_file);
        if (!fresh) return tl::unexpected(fresh.error());
        if (!*fresh) continue;
        if (named->certificates.contains(fingerprint)) {
            state.put(certificate_name(fingerprint), certificate->der());
        } else if (!state.delegated(key_hint(fingerprint))) {  // a delegation carries it: needed as a file by nobody
            return refuse(file, Errc::not_found,
                          "no trust list or delegation here names the certificate of " + certificate->subject() +
                              ": import the one that does with it, or leave it out");
        }
    }
    return {};
}

Status ImportStep::take_packs(const std::vector<Incoming>& files) const {
    if (files.empty()) return {};
    const auto named = named_by_lists(state);
    if (!named) return tl::unexpected(named.error());
    for (const auto& file : files) {
        auto pack = read_type_pack(file.bytes);
        if (!pack) return fail_in(file.name, pack.error());
        const auto name = pack_name(pack->code, pack->version);
        auto fresh = is_new(file, name, max_pack_file);
        if (!fresh) return tl::unexpected(fresh.error());
        if (!*fresh) continue;
        if (!named->packs.contains({name, pack->digest})) {
            return refuse(file, Errc::not_found,
                          "no trust list here names this pack (" + pack->code.text() + " version " +
                              std::to_string(pack->version) +
                              ") by its digest: import the list that does with it, or leave it out");
        }
        const auto there = state.read(name, max_pack_file);
        if (there && named->packs.contains({name, sm3(*there)})) {
            return refuse(file, Errc::malformed_trust,
                          "two lists name different packs as " + name + ": publish a new version of one");
        }
        state.put(name, file.bytes);
    }
    return {};
}

Result<ImportReport> import_files(const IncomingFiles& files, ImportState& state) {
    ImportReport report;
    std::vector<std::string> unchanged;
    if (auto taken = take_all(files, {.state = state, .unchanged = unchanged}); !taken) {
        return tl::unexpected(taken.error());
    }
    if (state.names("lists/").empty()) {
        return fail(Errc::not_found, "there is no trust list here yet: import one together with these files");
    }
    report.lines = files.notes;
    if (!state.changes().empty()) {
        const auto named = named_by_lists(state);
        if (!named) return tl::unexpected(named.error());
        drop_unnamed(state, *named);
    }
    const auto changes = state.changes();
    report.lines.insert(report.lines.end(), changes.begin(), changes.end());
    report.lines.insert(report.lines.end(), unchanged.begin(), unchanged.end());
    report.changed = !changes.empty();
    if (!report.changed) {
        report.version = state.base() ? version_text(state.base()->number) : "";
        return report;
    }
    auto version = state.publish();
    if (!version) return tl::unexpected(version.error());
    report.version = version_text(version->number);
    return report;
}

Result<ImportReport> import_into_trust_folder(const ImportFiles& files, const std::filesystem::path& folder) {
    auto sorted = sort_out(files);
    if (!sorted) return tl::unexpected(sorted.error());
    auto state = ImportState::open(folder);
    if (!state) return tl::unexpected(state.error());
    return import_files(*sorted, *state);
}

Result<Bytes> export_trust_folder(const std::filesystem::path& folder, Signer* signer, const Certificate* certificate) {
    auto trust = TrustFolder::open(folder);
    if (!trust) return tl::unexpected(trust.error());
    auto version = current_version(folder);
    if (!version) return tl::unexpected(version.error());
    auto names = files_of(*version);
    if (!names) return tl::unexpected(names.error());
    std::map<std::string, Bytes> files;
    for (const auto& name : *names) {
        auto bytes = read_file(version->path / name, max_bundle_bytes);
        if (!bytes) return tl::unexpected(bytes.error());
        files.emplace(name, std::move(*bytes));
    }
    return write_bundle(files, signer, certificate);
}

}  // namespace elic
