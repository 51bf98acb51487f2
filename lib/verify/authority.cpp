#include <algorithm>

#include "verify/detail.h"
#include "verify/standing.h"
#include "verify/verify_cache.h"

// May this body issue this type, there, then? (docs/format/trust.md, 6 and 7)

namespace elic {

namespace {

/// What is asked of every level.
struct Asked {
    const LicenseTypeCode& type;
    const std::string& area;  ///< of the license; empty: none is known
    std::optional<AreaCode> place;
    Date day;
};

/// Where a body's grants reach.
struct Reach {
    bool granted = false;       ///< the type at all, with this right
    bool granted_then = false;  ///< on that day
    std::vector<AreaCode> areas;
};

Reach reach_of(const IssuingBody& body, GrantRight right, const Asked& asked) {
    Reach reach;
    for (const auto& grant : body.grants) {
        if (grant.type != asked.type || !grant.gives(right)) continue;
        reach.granted = true;
        if (asked.day < grant.from || (grant.until && *grant.until < asked.day)) continue;
        reach.granted_then = true;
        reach.areas.insert(reach.areas.end(), grant.areas.begin(), grant.areas.end());
    }
    return reach;
}

/// What two sets of divisions have in common. A division lies in another or is apart from it.
std::vector<AreaCode> common(const std::vector<AreaCode>& some, const std::vector<AreaCode>& others) {
    std::vector<AreaCode> both;
    for (const auto& a : some) {
        for (const auto& b : others) {
            if (b.contains(a)) {
                both.push_back(a);
            } else if (a.contains(b)) {
                both.push_back(b);
            }
        }
    }
    return both;
}

/// A division code that nobody knows lies in the country and nowhere else. Where the license has none, some division
/// must be left.
bool covers(const std::vector<AreaCode>& areas, const Asked& asked) {
    if (asked.area.empty()) return !areas.empty();
    return std::any_of(areas.begin(), areas.end(), [&](const AreaCode& granted) {
        return granted.text() == "000000" || (asked.place && granted.contains(*asked.place));
    });
}

std::string place_of(const Asked& asked) { return asked.area.empty() ? "" : ", division " + asked.area; }

bool check_pin(const RootPin& pin, const std::vector<AreaCode>& reach, const Asked& asked, Report& report) {
    const auto name = "root " + format_fingerprint(pin.fingerprint);
    if (!pin.types.empty() && std::find(pin.types.begin(), pin.types.end(), asked.type) == pin.types.end()) {
        report.record(FindingCode::authority_root_type, detail_of(name));
        return false;
    }
    if (!pin.areas.empty() && !covers(common(reach, pin.areas), asked)) {
        report.record(FindingCode::authority_root_area, detail_of(name + place_of(asked)));
        return false;
    }
    return true;
}

/// The pins that the standing rests on: of the root of its certificate, and of whoever signed the list.
std::vector<const RootPin*> pins_of(const VerifyContext& context, const Standing& standing, const Digest& root) {
    std::vector<const RootPin*> pins{context.pins.find(root), context.pins.find(standing.list->signer().fingerprint())};
    const auto climb = [&]() -> std::optional<Digest> {
        const auto above = anchors_of_signer(context, *standing.list, standing.anchors);
        const auto reached =
            verify_chain(standing.list->signer(), above.intermediates, above.roots, standing.list->issued_at());
        return reached ? std::optional(reached->fingerprint()) : std::nullopt;
    };
    const auto reached = context.cache != nullptr ? context.cache->list_root(standing, climb) : climb();
    if (reached) pins.push_back(context.pins.find(*reached));
    std::erase(pins, nullptr);
    return pins;
}

}  // namespace

void check_authority(const VerifyContext& context, const Standing& standing, const LicenseTypeCode& type,
                     const std::string& area, Timestamp signed_at, const Digest& root, Report& report) {
    const auto place = area.empty() ? Result<AreaCode>(fail(Errc::not_found, "")) : AreaCode::parse(area);
    const Asked asked{
        .type = type, .area = area, .place = place ? std::optional(*place) : std::nullopt, .day = signed_at.day()};
    const auto& body = standing.body();
    auto reach = reach_of(body, GrantRight::issue, asked);
    if (!reach.granted) return report.record(FindingCode::authority_type, detail_of(body.name));
    if (!reach.granted_then) {
        return report.record(FindingCode::authority_time, detail_of(body.name + ", signed on " + asked.day.format()));
    }
    if (!covers(reach.areas, asked)) {
        return report.record(FindingCode::authority_area, detail_of(body.name + place_of(asked)));
    }
    for (std::size_t level = 1; level < standing.path.size(); ++level) {
        const auto& parent = standing.path[level].body;
        reach.areas = common(reach.areas, reach_of(parent, GrantRight::delegate, asked).areas);
        if (!covers(reach.areas, asked)) {
            return report.record(FindingCode::authority_parent, detail_of(parent.name + place_of(asked)));
        }
    }
    for (const auto* pin : pins_of(context, standing, root)) {
        if (!check_pin(*pin, reach.areas, asked, report)) return;
    }
    report.record(FindingCode::authority_ok, detail_of(body.name));
}

}  // namespace elic
