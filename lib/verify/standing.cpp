#include "verify/standing.h"

#include <algorithm>

#include "verify/detail.h"
#include "verify/list_checks.h"
#include "verify/memory.h"

namespace elic {

namespace {

constexpr std::size_t most_levels = 9;  ///< bodies on a path: 8 delegations
constexpr std::size_t most_ways = 16;

/// Climbs, depth first.
class Climb {
public:
    explicit Climb(const VerifyContext& context) : context_(context) {}

    void from(Standing way) {
        if (standings_.found.size() >= most_ways) return;
        const auto& top = way.path.back();
        if (top.list != nullptr) {
            way.list = top.list;
            way.anchors = anchors_of(context_, *way.list);
            standings_.found.push_back(std::move(way));
            return;
        }
        if (way.path.size() >= most_levels) return stop(FindingCode::delegation_depth, top.body.name);
        const auto& parent = top.delegation->delegation.parent;
        for (const auto& below : way.path) {
            if (below.body.code == parent) return stop(FindingCode::delegation_depth, top.body.name);
        }
        auto parents = context_.trust->bodies(parent);
        if (!parents) return stop(FindingCode::trust_malformed, parents.error().context);
        if (parents->empty()) {
            return stop(FindingCode::delegation_parent, parent.text() + ", which vouches for " + top.body.name);
        }
        for (const auto& each : *parents) step(way, each);
    }

    Standings take() {
        if (!standings_.found.empty()) standings_.fault.reset();
        return std::move(standings_);
    }

private:
    void step(const Standing& way, const KnownBody& parent) {
        const auto& signer = way.path.back().delegation->object.signer;
        auto found = find_key(*context_.trust, parent, signer);
        if (!found.key) {
            const auto why = found.fault ? std::string(row_of(found.fault->code).code) + ": " + found.fault->detail
                                         : "not a certificate of " + parent.body.name;
            return stop(FindingCode::delegation_signer, why);
        }
        Standing higher{.path = way.path, .keys = way.keys};
        higher.path.push_back(parent);
        higher.keys.push_back(std::move(*found.key));
        from(std::move(higher));
    }

    void stop(FindingCode code, const std::string& detail) {
        if (!standings_.fault) standings_.fault = KeyFault{.code = code, .detail = detail};
    }

    const VerifyContext& context_;
    Standings standings_;
};

bool refuse(Report& report, FindingCode code, const std::string& detail) {
    report.record(code, detail_of(detail));
    return false;
}

/// The delegation to path[level].
bool check_delegation(const VerifyContext& context, const Standing& standing, std::size_t level, Report& report) {
    const auto& [delegation, object] = *standing.path[level].delegation;
    const auto& key = standing.keys[level];
    const auto& name = delegation.body.name;
    if (object.kind != SignatureKind::delegation || !object.holds(key.certificate.public_key())) {
        return refuse(report, FindingCode::delegation_signature, name);
    }
    if (auto fault = strict_key_fault(context, *standing.list, standing.anchors, key, SignatureKind::delegation,
                                      delegation.issued_at)) {
        return refuse(report, FindingCode::delegation_signer,
                      name + ": " + std::string(row_of(fault->code).code) + ": " + fault->detail);
    }
    if (context.at < delegation.not_before) {
        return refuse(report, FindingCode::delegation_not_yet, name + ": from " + delegation.not_before.format());
    }
    if (delegation.next_update < context.at) {
        return refuse(report, FindingCode::delegation_stale,
                      name + ": next update was due " + delegation.next_update.format());
    }
    const auto memory = memory_name(*standing.list, delegation);
    if (context.seen != nullptr && context.seen->is_older(memory, delegation.number)) {
        return refuse(report, FindingCode::delegation_rolled_back, name + ": " + std::to_string(delegation.number));
    }
    report.see(memory, delegation.number, delegation.issued_at);
    return true;
}

}  // namespace

Standings standings_of(const VerifyContext& context, const KnownBody& body) {
    Climb climb(context);
    Standing way;
    way.path.push_back(body);
    climb.from(std::move(way));
    return climb.take();
}

Standing standing_from(const Standing& standing, std::size_t level) {
    const auto skip = static_cast<std::ptrdiff_t>(level);
    return {.path = {standing.path.begin() + skip, standing.path.end()},
            .keys = {standing.keys.begin() + skip, standing.keys.end()},
            .list = standing.list,
            .anchors = standing.anchors};
}

bool check_standing(const VerifyContext& context, const Standing& standing, Report& report) {
    if (!check_trust(context, *standing.list, standing.anchors, report)) return false;
    if (standing.keys.empty()) return true;
    std::string names;
    for (std::size_t level = standing.keys.size(); level-- > 0;) {
        if (!check_delegation(context, standing, level, report)) return false;
        names += standing.path[level + 1].body.name + " > ";
    }
    report.record(FindingCode::delegation_ok, detail_of(names + standing.body().name));
    return true;
}

}  // namespace elic
