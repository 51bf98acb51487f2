#include <algorithm>
#include <map>
#include <set>

#include "elic/crypto/revocation_list.h"
#include "elic/crypto/sm3.h"
#include "elic/trust/status_list.h"
#include "trust/import_objects.h"
#include "trust/lint_covered.h"

// The signed files that a source hands on: each is held against the bodies of the source and of the other files.

namespace elic {

namespace {

constexpr int max_height = 8;  ///< delegations above a body, as verify/ has it

struct PlacedDelegation {
    std::string place;
    SignedDelegation read;
};

/// The bodies of the source and those that delegations among its objects add.
class Objects {
public:
    explicit Objects(const LintCheck& check) : check_(check) {}

    void run() {
        for (const auto& body : check_.source.bodies) {
            std::vector<std::string> places;
            if (body.code) standings_.emplace(body.code->text(), standing_of(body, places));
        }
        std::set<Digest> seen;
        for (const auto& object : check_.source.objects) {
            if (!seen.insert(sm3(object.bytes)).second) {
                check_.faults.add(LintCode::object_twice, object.place);
                continue;
            }
            sort(object);
        }
        for (const auto& each : delegations_) lint_one(each);
        for (const auto& [place, read] : later_) lint_other(place, read);
    }

private:
    using Named = std::multimap<std::string, LintStanding>;

    void sort(const LintObject& object) {
        auto sorted = sort_out({{object.place, object.bytes}});
        if (!sorted) {
            const auto& error = sorted.error();
            const bool unknown = error.context.find("not a signed object") != std::string::npos ||
                                 error.context.find("nothing that") != std::string::npos;
            check_.faults.add(unknown ? LintCode::object_unknown : LintCode::object_malformed, object.place,
                              error.context);
            return;
        }
        for (const auto& file : sorted->delegations) read_delegation(object.place, file.bytes);
        for (const auto& file : sorted->certificates) read_certificate(object.place, file.bytes);
        for (const auto& file : sorted->packs) read_pack(object.place, file.bytes);
        for (const auto& file : sorted->lists) read_list(object.place, file.bytes);
        for (const auto& file : sorted->revocations) read_revocations(object.place, file.bytes);
        for (const auto* list : {&sorted->rollovers, &sorted->status, &sorted->genuine}) {
            for (const auto& file : *list) later_.emplace_back(object.place, file.bytes);
        }
    }

    void malformed(const std::string& place, const Error& error) {
        check_.faults.add(LintCode::object_malformed, place, error.context);
    }

    void read_delegation(const std::string& place, const Bytes& bytes) {
        auto read = read_delegation_file(bytes);
        if (!read) return malformed(place, read.error());
        const auto code = read->delegation.body.code.text();
        standings_.emplace(code, LintStanding{read->delegation.body, read->delegation.certificates});
        parents_.emplace(code, read->delegation.parent.text());
        delegations_.push_back({place, std::move(*read)});
    }

    void read_certificate(const std::string& place, const Bytes& bytes) {
        const auto certificate = Certificate::parse(bytes);
        if (certificate && !certificate->valid_at(check_.now))
            check_.faults.add(LintCode::object_stale, place, certificate->subject() + " is not valid today");
    }

    void read_pack(const std::string& place, const Bytes& bytes) {
        if (const auto pack = read_type_pack(bytes); !pack) malformed(place, pack.error());
    }

    void read_list(const std::string& place, const Bytes& bytes) {
        const auto list = TrustList::open(bytes);
        if (!list) return malformed(place, list.error());
        lint_stale(place, list->not_before(), list->next_update());
    }

    void read_revocations(const std::string& place, const Bytes& bytes) {
        const auto list = RevocationList::parse(bytes);
        if (!list) return malformed(place, list.error());
        lint_stale(place, list->this_update(), list->next_update());
        const auto vouches = [&](const std::vector<Certificate>& authorities) {
            return std::any_of(authorities.begin(), authorities.end(),
                               [&](const Certificate& each) { return list->issued_by(each); });
        };
        if (!vouches(check_.roots) && !vouches(check_.intermediates))
            check_.faults.add(LintCode::object_signer, place,
                              "the revocation list of " + list->issuer() + " is of no authority of the source");
        for (const auto& body : check_.source.bodies) lint_revoked(*list, body);
    }

    /// A certificate that its authority has revoked, listed as if it were good.
    void lint_revoked(const RevocationList& list, const LintBody& body) {
        for (const auto& key : body.keys) {
            if (!key.file || key.file->certificate.issuer() != list.issuer()) continue;
            const auto revoked = list.find(key.file->certificate);
            if (!revoked || key.compromised || (key.until && *key.until <= revoked->at)) continue;
            check_.faults.add(LintCode::certificate_revoked, key.file->place,
                              key.file->certificate.subject() + " was revoked " + revoked->at.format());
        }
    }

    void lint_stale(const std::string& place, std::optional<Timestamp> begin, std::optional<Timestamp> end) {
        if (begin && *begin > check_.now)
            check_.faults.add(LintCode::object_stale, place, "is in force from " + begin->format());
        if (end && *end < check_.now)
            check_.faults.add(LintCode::object_stale, place, "its next update was due " + end->format());
    }

    /// That one of the bodies has the signer's certificate, for this kind and time, and that the signature holds.
    void lint_signer(const std::string& place, const SignedObject& object, const std::set<std::string>& bodies,
                     Timestamp made) {
        bool known = false;
        std::string others;
        for (const auto& code : bodies) {
            const auto [begin, end] = standings_.equal_range(code);
            for (auto at = begin; at != end; ++at) {
                known = true;
                const auto* listed = at->second.body.certificate(object.signer);
                if (listed != nullptr) return lint_signature(place, object, at->second, *listed, made);
            }
            others += (others.empty() ? "" : ", ") + code;
        }
        if (!known) return check_.faults.add(LintCode::object_body, place, "the source has no body " + others);
        check_.faults.add(LintCode::object_signer, place, "its signer is no certificate of " + others);
    }

    void lint_signature(const std::string& place, const SignedObject& object, const LintStanding& standing,
                        const BodyCertificate& listed, Timestamp made) {
        if (!listed.may(object.kind))
            check_.faults.add(LintCode::object_signer_kind, place,
                              "its signer is not listed for " + std::string(name_of(object.kind)));
        if (made < listed.from || (listed.until && made > *listed.until) ||
            (listed.compromised_since && made >= *listed.compromised_since))
            check_.faults.add(LintCode::object_signer_time, place,
                              "made " + made.format() + ", when its signer is not listed");
        for (const auto& certificate : standing.certificates) {
            if (certificate.fingerprint() == object.signer && !object.holds(certificate.public_key()))
                check_.faults.add(LintCode::object_signature, place);
        }
    }

    /// How many delegations stand above a body; more than max_height: too many, or a circle.
    int height_of(const std::string& code) const {
        std::set<std::string> level{code};
        int height = 0;
        for (; height <= max_height; ++height) {
            std::set<std::string> above;
            for (const auto& each : level) {
                const auto [begin, end] = parents_.equal_range(each);
                for (auto at = begin; at != end; ++at) above.insert(at->second);
            }
            if (above.empty()) break;
            level = std::move(above);
        }
        return height;
    }

    void lint_one(const PlacedDelegation& each) {
        const auto& delegation = each.read.delegation;
        const auto parent = delegation.parent.text(), child = delegation.body.code.text();
        lint_stale(each.place, delegation.not_before, delegation.next_update);
        const auto listed =
            std::any_of(check_.source.bodies.begin(), check_.source.bodies.end(),
                        [&](const LintBody& body) { return body.code && *body.code == delegation.body.code; });
        if (listed) check_.faults.add(LintCode::delegation_listed, each.place, child + " is also a body of the source");
        if (height_of(child) > max_height) check_.faults.add(LintCode::delegation_depth, each.place);
        const auto [begin, end] = standings_.equal_range(parent);
        if (begin == end)
            return check_.faults.add(LintCode::delegation_parent, each.place,
                                     "its parent " + parent + " is not in the source");
        lint_signer(each.place, each.read.object, {parent}, delegation.issued_at);
        std::vector<const IssuingBody*> parents;
        bool has_key = false;
        for (auto at = begin; at != end; ++at) {
            parents.push_back(&at->second.body);
            for (const auto& key : at->second.body.certificates)
                has_key = has_key || key.may(SignatureKind::delegation);
        }
        if (!has_key) check_.faults.add(LintCode::delegation_key, each.place, parent + " has no key for delegations");
        lint_covered(delegation.body, {each.place}, parents, check_.faults);
    }

    /// A body, those above it, and its successors: who may publish for it.
    std::set<std::string> publishers(const std::string& code) const {
        std::set<std::string> all{code};
        for (int height = 0; height < max_height; ++height) {
            auto more = all;
            for (const auto& each : all) {
                const auto [begin, end] = parents_.equal_range(each);
                for (auto at = begin; at != end; ++at) more.insert(at->second);
            }
            if (more.size() == all.size()) break;
            all = std::move(more);
        }
        const auto [begin, end] = standings_.equal_range(code);
        for (auto at = begin; at != end; ++at) {
            if (at->second.body.successor) all.insert(at->second.body.successor->code.text());
        }
        return all;
    }

    void lint_other(const std::string& place, const Bytes& bytes) {
        const auto object = read_signed_object(bytes, max_genuine_bytes + (1 << 20));
        if (!object) return malformed(place, object.error());
        switch (object->kind) {
            case SignatureKind::rollover: {
                const auto read = read_rollover(*object);
                if (!read) return malformed(place, read.error());
                return lint_signer(place, *object, {read->body.text()}, read->issued_at);
            }
            case SignatureKind::status_list: {
                const auto read = read_status_list(object->content);
                if (!read) return malformed(place, read.error());
                lint_stale(place, read->as_of, read->next_update);
                return lint_signer(place, *object, publishers(read->issuer.text()), read->as_of);
            }
            case SignatureKind::status_delta: {
                const auto read = read_status_delta(object->content);
                if (!read) return malformed(place, read.error());
                lint_stale(place, read->as_of, read->next_update);
                return lint_signer(place, *object, publishers(read->issuer.text()), read->as_of);
            }
            case SignatureKind::genuine_list: {
                const auto read = read_genuine_list(object->content);
                if (!read) return malformed(place, read.error());
                return lint_signer(place, *object, publishers(read->issuer.text()), read->as_of);
            }
            default:
                return check_.faults.add(LintCode::object_unknown, place,
                                         std::string(name_of(object->kind)) + " is nothing that a folder holds");
        }
    }

    const LintCheck& check_;
    Named standings_;
    std::multimap<std::string, std::string> parents_;
    std::vector<PlacedDelegation> delegations_;
    std::vector<std::pair<std::string, Bytes>> later_;
};

}  // namespace

void lint_objects(const LintCheck& check) {
    if (!check.source.objects.empty()) Objects(check).run();
}

}  // namespace elic
