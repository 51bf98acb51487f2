#include "ledger/conflict.h"

#include <set>
#include <string>

#include "codec/json.h"

namespace elic {

namespace {

void collect(const std::string& place, const Json& a, const Json& b, std::set<std::string>& names) {
    if (a == b) return;
    if (!a.is_object() || !b.is_object()) {
        names.insert(place);
        return;
    }
    const auto inside = [&](const std::string& key) { return place.empty() ? key : place + "." + key; };
    for (const auto& [key, value] : a.items()) {
        if (b.contains(key)) {
            collect(inside(key), value, b[key], names);
        } else {
            names.insert(inside(key));
        }
    }
    for (const auto& [key, value] : b.items()) {
        if (!a.contains(key)) names.insert(inside(key));
    }
}

}  // namespace

Status check_same_content(std::string_view reserved, std::string_view given) {
    if (reserved == given) return {};
    auto a = read_json(reserved);
    auto b = read_json(given);
    if (!a) return fail(Errc::ledger_unusable, "ledger: a stored draft is damaged: " + a.error().context);
    if (!b) return fail(Errc::bad_argument, "the draft is not JSON: " + b.error().context);
    std::set<std::string> names;
    collect("", *a, *b, names);
    std::string differing;
    for (const auto& name : names) differing += (differing.empty() ? "" : ", ") + name;
    return fail(
        Errc::request_conflict,
        (differing.empty() ? "the order of fields differs" : differing + (names.size() == 1 ? " differs" : " differ")) +
            " from what was issued for this request: use a new request for another license");
}

Status check_same_succession(const std::optional<Succession>& reserved, const std::optional<Succession>& given) {
    if (reserved == given) return {};
    const std::string mend = "for this request: repeat it as it was, or use a new request";
    if (!reserved) return fail(Errc::request_conflict, "a license of its own was issued " + mend);
    const auto what = std::string(name_of(reserved->kind)) + " of " + reserved->previous.text();
    if (!given || given->kind != reserved->kind || given->previous != reserved->previous) {
        return fail(Errc::request_conflict, "a " + what + " was asked for " + mend);
    }
    return fail(Errc::request_conflict,
                std::string(given->reason != reserved->reason ? "another reason" : "another day") +
                    " was given with the " + what + " " + mend);
}

}  // namespace elic
