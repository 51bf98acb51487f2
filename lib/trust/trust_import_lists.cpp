#include <algorithm>

#include "elic/crypto/sm3.h"
#include "trust/folder_names.h"
#include "trust/import_objects.h"
#include "trust/trust_codec.h"

// Trust lists, delegations and roll-overs: what names certificates, from the top down.

namespace elic {

namespace {

bool holds(const std::vector<Digest>& digests, const Digest& wanted) {
    return std::find(digests.begin(), digests.end(), wanted) != digests.end();
}

/// One of these roots signed the list or made its signer's certificate for trust lists. Errors: not_found (no root's
/// certificate is at hand), malformed_trust.
Status check_list_signer(const ImportState& state, const Incoming& file, const TrustList& list,
                         const std::vector<Digest>& root_digests) {
    const auto& signer = list.signer();
    if (holds(root_digests, signer.fingerprint())) return {};
    if (!signer.may_sign_trust_lists()) {
        return refuse(file, Errc::malformed_trust,
                      "signed by " + signer.subject() + ", which may not sign trust lists of these roots");
    }
    std::vector<Certificate> roots;
    for (const auto& digest : root_digests) {
        if (auto root = state.certificate(digest)) roots.push_back(std::move(*root));
    }
    if (roots.empty()) {
        return refuse(file, Errc::not_found, "its root's certificate is not here: import it together with the list");
    }
    const auto chain = verify_chain(signer, list.signer_intermediates(), roots, list.issued_at());
    if (chain) return {};
    return refuse(file, Errc::malformed_trust,
                  "its signer " + signer.subject() + " does not chain to a root of the list that it would follow (" +
                      chain.error().context + ")");
}

/// The names of the lists whose place a list takes: the one of the same first root, and the one it calls previous.
std::vector<std::string> followed_by(const ImportState& state, const TrustList& list, const TrustListContent& content) {
    std::vector<std::string> names;
    for (const auto& [name, old] : state.lists()) {
        if (name == list_name(list.roots().front()) || content.previous == old.digest()) names.push_back(name);
    }
    return names;
}

/// No two packs of two lists may begin alike: a code names its pack by the first bytes of its digest.
Status check_pack_prefixes(const ImportState& state, const Incoming& file, const TrustList& list) {
    for (const auto& entry : list.packs()) {
        const auto& d = entry.digest;
        for (const auto& [name, other] : state.lists()) {
            const auto* same = other.pack({d[0], d[1], d[2], d[3]});
            if (same == nullptr || same->digest == d) continue;
            return refuse(file, Errc::malformed_trust,
                          "its pack " + entry.type.text() + " version " + std::to_string(entry.version) +
                              " begins like another list's (" + same->type.text() + " version " +
                              std::to_string(same->version) + "): publish a new version of one");
        }
    }
    return {};
}

Status take_list(const ImportStep& step, const Incoming& file) {
    auto list = TrustList::open(file.bytes);
    if (!list) return fail_in(file.name, list.error());
    const auto content = list->content();
    if (!content) return fail_in(file.name, content.error());
    const auto name = list_name(list->roots().front());
    auto fresh = step.is_new(file, name, max_trust_bytes);
    if (!fresh) return tl::unexpected(fresh.error());
    if (!*fresh) return {};
    const auto followed = followed_by(step.state, *list, *content);
    for (const auto& old : followed) {
        const auto& before = step.state.lists().at(old);
        if (list->number() <= before.number()) {
            return refuse_older(file, "trust list", list->number(), before.number());
        }
        if (auto vouched = check_list_signer(step.state, file, *list, before.roots()); !vouched) return vouched;
    }
    if (auto vouched = check_list_signer(step.state, file, *list, list->roots()); !vouched) return vouched;
    for (const auto& old : followed) step.state.drop(old);
    if (auto apart = check_pack_prefixes(step.state, file, *list); !apart) return apart;
    step.state.put_list(name, std::move(*list), file.bytes);
    return {};
}

/// A delegation that reads, waiting for what names its signer.
struct Waiting {
    const Incoming* file;
    SignedDelegation read;
};

Status take_delegation(const ImportStep& step, const Waiting& waiting) {
    const auto& delegation = waiting.read.delegation;
    const auto name = delegation_name(delegation.parent, delegation.body.code);
    auto signer = find_signer(step.state, *waiting.file, waiting.read.object, {delegation.parent});
    if (!signer) return tl::unexpected(signer.error());
    if (const auto bytes = step.state.read(name, max_delegation_file)) {
        const auto before = read_delegation_file(*bytes);
        if (before && delegation.number <= before->delegation.number) {
            return refuse_older(*waiting.file, "delegation", delegation.number, before->delegation.number);
        }
    }
    step.state.put_delegation(name, delegation, waiting.file->bytes);
    return {};
}

}  // namespace

Result<bool> ImportStep::is_new(const Incoming& file, const std::string& name, std::size_t limit) const {
    if (file.stated && *file.stated != name) {
        return refuse(file, Errc::malformed_trust, "is not what its name in the bundle says (it is " + name + ")");
    }
    const auto there = state.read(name, limit);
    if (!there || *there != file.bytes) return true;
    unchanged.push_back("unchanged " + name);
    return false;
}

Status ImportStep::take_lists(const std::vector<Incoming>& files) const {
    for (const auto& file : files) {
        if (auto taken = take_list(*this, file); !taken) return taken;
    }
    return {};
}

Status ImportStep::take_delegations(const std::vector<Incoming>& files) const {
    std::vector<Waiting> waiting;
    for (const auto& file : files) {
        auto read = read_delegation_file(file.bytes);
        if (!read) return fail_in(file.name, read.error());
        auto fresh =
            is_new(file, delegation_name(read->delegation.parent, read->delegation.body.code), max_delegation_file);
        if (!fresh) return tl::unexpected(fresh.error());
        if (*fresh) waiting.push_back({.file = &file, .read = std::move(*read)});
    }
    // From the top down: a parent's delegation names the certificate that its children's are signed with. In rounds, so
    // that the order of the files does not matter and two that only vouch for each other are refused.
    while (!waiting.empty()) {
        std::vector<Waiting> left;
        std::optional<Error> first;
        for (auto& each : waiting) {
            const auto taken = take_delegation(*this, each);
            if (taken) continue;
            if (taken.error().code != Errc::not_found) return taken;
            if (!first) first = taken.error();
            left.push_back(std::move(each));
        }
        if (left.size() == waiting.size()) return tl::unexpected(*first);
        waiting = std::move(left);
    }
    return {};
}

Status ImportStep::take_rollovers(const std::vector<Incoming>& files) const {
    for (const auto& file : files) {
        auto read = read_rollover_file(file.bytes);
        if (!read) return fail_in(file.name, read.error());
        const auto& rollover = read->rollover;
        const auto name = rollover_name(key_hint(rollover.new_certificate.fingerprint()));
        auto fresh = is_new(file, name, max_rollover_file);
        if (!fresh) return tl::unexpected(fresh.error());
        if (!*fresh) continue;
        if (read->object.signer != rollover.old_fingerprint) {
            return refuse(file, Errc::malformed_trust, "is not signed by the key that it goes over from");
        }
        auto signer = find_signer(state, file, read->object, {rollover.body});
        if (!signer) return tl::unexpected(signer.error());
        if (const auto bytes = state.read(name, max_rollover_file)) {
            const auto before = read_rollover_file(*bytes);
            if (before && rollover.issued_at <= before->rollover.issued_at) {
                return refuse(file, Errc::malformed_trust, "older than what is there: leave it out, or get the newest");
            }
        }
        state.put(name, file.bytes);
    }
    return {};
}

}  // namespace elic
