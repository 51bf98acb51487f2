#include "trust_json.h"

#include <map>
#include <set>

#include "elic/trust/root_pins.h"
#include "elic/trust/signed_object.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_depth = 8;  ///< delegations one below the other

Json instant_or_null(const std::optional<Timestamp>& at) { return at ? Json(at->format()) : Json(); }
Json digest_or_null(const std::optional<Digest>& digest) { return digest ? Json(format_fingerprint(*digest)) : Json(); }

Json certificates_json(const TrustFolder& folder, const KnownBody& known) {
    Json json = Json::array();
    for (const auto& listed : known.body.certificates) {
        const auto certificate = folder.certificate_of(known, listed.fingerprint);
        Json item{{"fingerprint", format_fingerprint(listed.fingerprint)},
                  {"subject", certificate ? Json(certificate->subject()) : Json()},
                  {"from", listed.from.format()},
                  {"until", instant_or_null(listed.until)},
                  {"kinds", kinds_json(listed.kinds)}};
        if (listed.compromised_since) item["compromised_since"] = listed.compromised_since->format();
        json.push_back(std::move(item));
    }
    return json;
}

Json grants_json(const IssuingBody& body) {
    Json json = Json::array();
    for (const auto& grant : body.grants) {
        Json areas = Json::array(), rights = Json::array();
        for (const auto& area : grant.areas) areas.push_back(area.text());
        if (grant.gives(GrantRight::issue)) rights.push_back("issue");
        if (grant.gives(GrantRight::delegate)) rights.push_back("delegate");
        json.push_back({{"type", grant.type.text()},
                        {"areas", std::move(areas)},
                        {"from", grant.from.format()},
                        {"until", grant.until ? Json(grant.until->format()) : Json()},
                        {"rights", std::move(rights)}});
    }
    return json;
}

/// The bodies of a folder and who is below whom.
class BodyTree {
public:
    BodyTree(const TrustFolder& folder, const std::vector<KnownBody>& all) : folder_(folder) {
        for (const auto& known : all) {
            if (known.delegation) children_[known.delegation->delegation.parent].push_back(&known);
        }
    }

    /// A body with all below it. What is below is printed where the body comes first: bodies that delegate to each
    /// other end there.
    Json body(const KnownBody& known, std::size_t depth = 0) {
        const auto& body = known.body;
        Json json{{"code", body.code.text()}, {"name", body.name}, {"hosts", body.hosts}};
        if (known.delegation) add_delegation(known.delegation->delegation, json);
        json["certificates"] = certificates_json(folder_, known);
        json["types"] = grants_json(body);
        for (const auto& former : body.former_names) {
            json["former_names"].push_back({{"name", former.name}, {"until", former.until.format()}});
        }
        if (body.successor) {
            json["successor"] = {{"code", body.successor->code.text()}, {"from", body.successor->from.format()}};
        }
        const bool first_time = shown_.insert(&known).second;
        const auto children = children_.find(body.code);
        if (!first_time || children == children_.end() || depth >= max_depth) return json;
        for (const auto* child : children->second) json["delegates"].push_back(this->body(*child, depth + 1));
        return json;
    }

    bool shown(const KnownBody& known) const { return shown_.contains(&known); }

private:
    static void add_delegation(const Delegation& delegation, Json& json) {
        json["delegation"] = {{"parent", delegation.parent.text()},
                              {"number", delegation.number},
                              {"issued_at", delegation.issued_at.format()},
                              {"not_before", delegation.not_before.format()},
                              {"next_update", delegation.next_update.format()},
                              {"previous", digest_or_null(delegation.previous)}};
    }

    const TrustFolder& folder_;
    std::map<Uscc, std::vector<const KnownBody*>> children_;
    std::set<const KnownBody*> shown_;
};

Json list_json(const TrustFolder& folder, const TrustList& list) {
    Json json{
        {"format", domain_of(SignatureKind::trust_list)},
        {"digest", format_fingerprint(list.digest())},
        {"number", list.number()},
        {"issued_at", list.issued_at().format()},
        {"not_before", list.not_before().format()},
        {"next_update", list.next_update().format()},
        {"signer",
         {{"subject", list.signer().subject()}, {"fingerprint", format_fingerprint(list.signer().fingerprint())}}},
        {"roots", Json::array()},
        {"packs", Json::array()},
        {"bodies", Json::array()}};
    for (const auto& root : list.roots()) {
        auto certificate = folder.certificate(root);
        json["roots"].push_back({{"fingerprint", format_fingerprint(root)},
                                 {"subject", certificate ? Json(certificate->subject()) : Json()}});
    }
    for (const auto& pack : list.packs()) {
        json["packs"].push_back({{"type", pack.type.text()},
                                 {"version", pack.version},
                                 {"name", pack.name},
                                 {"digest", format_fingerprint(pack.digest)}});
    }
    return json;
}

Result<Json> status_json(const TrustFolder& folder) {
    auto lists = folder.status_lists();
    if (!lists) return tl::unexpected(lists.error());
    Json json = Json::array();
    for (const auto& [issuer, number] : *lists) {
        Json item{{"issuer", issuer.text()}, {"list", number}};
        auto status = folder.status(issuer, number);
        if (status) {
            const auto& list = status->list;
            item["number"] = list.number;
            item["deltas"] = status->files.size() - 1;
            item["as_of"] = list.as_of.format();
            item["next_update"] = list.next_update.format();
            item["allotted"] = list.allotted;
            item["states"] = Json::object();
            for (const auto& [state, count] : states_of(list)) item["states"][state] = count;
        } else {
            item["damaged"] = status.error().context;
        }
        json.push_back(std::move(item));
    }
    return json;
}

Result<Json> genuine_json(const TrustFolder& folder) {
    auto issuers = folder.genuine_issuers();
    if (!issuers) return tl::unexpected(issuers.error());
    Json json = Json::array();
    for (const auto& issuer : *issuers) {
        auto lists = folder.genuine_lists(issuer);
        if (!lists) return tl::unexpected(lists.error());
        for (const auto& signed_list : *lists) {
            json.push_back({{"issuer", issuer.text()},
                            {"as_of", signed_list.list.as_of.format()},
                            {"codes", signed_list.list.digests.size()}});
        }
    }
    return json;
}

Result<Json> rollovers_json(const TrustFolder& folder) {
    auto rollovers = folder.rollovers();
    if (!rollovers) return tl::unexpected(rollovers.error());
    Json json = Json::array();
    for (const auto& [rollover, object] : *rollovers) {
        json.push_back({{"body", rollover.body.text()},
                        {"old", format_fingerprint(rollover.old_fingerprint)},
                        {"new", format_fingerprint(rollover.new_certificate.fingerprint())},
                        {"subject", rollover.new_certificate.subject()},
                        {"from", rollover.from.format()}});
    }
    return json;
}

Result<Json> revocations_json(const TrustFolder& folder) {
    auto lists = folder.all_revocation_lists();
    if (!lists) return tl::unexpected(lists.error());
    Json json = Json::array();
    for (const auto& list : *lists) {
        json.push_back({{"authority", list.issuer()},
                        {"this_update", list.this_update().format()},
                        {"next_update", instant_or_null(list.next_update())}});
    }
    return json;
}

}  // namespace

Json kinds_json(std::uint32_t kinds) {
    Json json = Json::array();
    for (int kind = 0; kind < signature_kinds; ++kind) {
        if ((kinds >> kind) & 1U) json.push_back(name_of(static_cast<SignatureKind>(kind)));
    }
    return json;
}

std::string rights_text(std::uint8_t rights) {
    const bool issues = (rights & right_of(GrantRight::issue)) != 0;
    const bool delegates = (rights & right_of(GrantRight::delegate)) != 0;
    return issues && delegates ? "issue, delegate" : delegates ? "delegate" : "issue";
}

std::map<std::string, std::uint64_t> states_of(const StatusListContent& list) {
    std::set<std::uint64_t> indexes;
    for (const auto& entry : list.entries) indexes.insert(entry.index);
    for (const auto& change : list.changes) indexes.insert(change.index);
    std::map<std::string, std::uint64_t> counts;
    for (const auto index : indexes) {
        const auto status = status_at(list, index, list.as_of);
        if (status.known == EntryStatus::Known::yes && status.state != LicenseState::valid) {
            ++counts[std::string(name_of(status.state))];
        }
    }
    return counts;
}

Result<Json> trust_folder_json(const TrustFolder& folder) {
    auto all = folder.all_bodies();
    if (!all) return tl::unexpected(all.error());
    Json json{{"format", "elic trust folder 1"}, {"version", folder.version()}, {"lists", Json::array()}};
    BodyTree tree(folder, *all);
    for (const auto& list : folder.lists()) {
        auto shown = list_json(folder, list);
        for (const auto& known : *all) {
            if (known.list == &list) shown["bodies"].push_back(tree.body(known));
        }
        json["lists"].push_back(std::move(shown));
    }
    json["unattached"] = Json::array();
    for (const auto& known : *all) {
        if (known.delegation && !tree.shown(known)) json["unattached"].push_back(tree.body(known));
    }
    const std::pair<const char*, Result<Json> (*)(const TrustFolder&)> parts[] = {{"status", status_json},
                                                                                  {"genuine", genuine_json},
                                                                                  {"rollovers", rollovers_json},
                                                                                  {"revocations", revocations_json}};
    for (const auto& [name, make] : parts) {
        auto part = make(folder);
        if (!part) return part;
        json[name] = std::move(*part);
    }
    json["damaged"] = Json::array();
    for (const auto& error : folder.damaged()) json["damaged"].push_back(error.context);
    for (const auto& error : folder.passed_over()) json["damaged"].push_back(error.context);
    return json;
}

}  // namespace elic::cli
