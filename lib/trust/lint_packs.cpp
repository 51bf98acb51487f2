#include <algorithm>
#include <map>
#include <set>

#include "elic/packs/type_packs.h"
#include "trust/lint_checks.h"

namespace elic {

namespace {

std::string name_of(const LintPack& pack) { return pack.type.text() + " version " + std::to_string(pack.version); }

const std::string& place_of(const LintPack& pack) {
    static const std::string all = "packs";
    return pack.place.empty() ? all : pack.place;
}

void lint_older(const LintCheck& check) {
    std::map<LicenseTypeCode, const LintPack*> newest;
    for (const auto& pack : check.source.packs) {
        auto& best = newest[pack.type];
        if (best == nullptr || best->version < pack.version) best = &pack;
    }
    std::map<LicenseTypeCode, int> builtin;
    for (const auto& entry : TypePacks::builtin().list()) {
        auto& version = builtin[entry.code];
        version = std::max(version, entry.version);
    }
    for (const auto& [type, pack] : newest) {
        const auto found = builtin.find(type);
        if (found == builtin.end() || found->second <= pack->version) continue;
        check.faults.add(LintCode::pack_older, place_of(*pack),
                         name_of(*pack) + ": version " + std::to_string(found->second) + " is built in");
    }
}

void lint_ungranted(const LintCheck& check) {
    std::set<LicenseTypeCode> granted;
    for (const auto& body : check.source.bodies) {
        for (const auto& grant : body.grants) {
            for (const auto& [type, place] : grant.types) granted.insert(type);
        }
    }
    const auto builtin = TypePacks::builtin().list();
    for (const auto& pack : check.source.packs) {
        // What comes with "builtin" was not chosen one by one.
        const bool from_builtin = std::any_of(builtin.begin(), builtin.end(), [&](const auto& entry) {
            return entry.code == pack.type && entry.version == pack.version;
        });
        if (!from_builtin && granted.insert(pack.type).second)
            check.faults.add(LintCode::type_ungranted, place_of(pack), name_of(pack) + " is granted to nobody");
    }
}

}  // namespace

void lint_packs(const LintCheck& check) {
    std::map<std::pair<LicenseTypeCode, int>, const LintPack*> seen;
    std::map<std::array<std::uint8_t, 4>, const LintPack*> prefixes;
    for (const auto& pack : check.source.packs) {
        if (const auto [known, fresh] = seen.emplace(std::pair(pack.type, pack.version), &pack); !fresh) {
            check.faults.add(LintCode::pack_twice, place_of(pack),
                             name_of(pack) + " is also " + place_of(*known->second));
            continue;
        }
        const auto& d = pack.digest;
        const auto [known, fresh] = prefixes.emplace(std::array<std::uint8_t, 4>{d[0], d[1], d[2], d[3]}, &pack);
        if (!fresh)
            check.faults.add(LintCode::pack_prefix, place_of(pack),
                             name_of(pack) + " begins like " + name_of(*known->second));
    }
    lint_older(check);
    if (!check.source.delegation && !check.source.bodies.empty()) lint_ungranted(check);
}

}  // namespace elic
