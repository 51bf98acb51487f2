#pragma once

#include <catch2/catch.hpp>
#include <functional>

#include "unit/trust/lint_world.h"

namespace elic {

/// Kind and place of each fault, in their order: "grant.gap bodies[0].types[1]".
using Told = std::vector<std::string>;

inline Told told(const std::vector<LintFault>& faults) {
    Told all;
    for (const auto& fault : faults) all.push_back(std::string(kind_of(fault.code).name) + " " + fault.place);
    return all;
}

/// Places in a source: the keys of its first body.
inline const std::string body_keys = "bodies[0].certificates", first_key = body_keys + "[0]",
                         second_key = body_keys + "[1]";

/// A source in which nothing is wrong, changed; and all that the lint tells of it then.
struct ToldCase {
    const char* what;
    std::function<void(LintWorld&)> change;
    Told expected;
};

inline void check_told(const std::vector<ToldCase>& cases) {
    for (const auto& [what, change, expected] : cases) {
        LintWorld world;
        change(world);
        const auto faults = world.lint();
        INFO(what << "\n" << lines_of(faults));
        CHECK(told(faults) == expected);
    }
}

/// What the lint says of the only fault there is.
inline std::string only_text(const std::vector<LintFault>& faults) {
    INFO(lines_of(faults));
    REQUIRE(faults.size() == 1);
    return faults.front().text;
}

/// A grant of the type that the source has.
inline Json granted(const char* area, const char* from, const char* until = nullptr) {
    Json grant{{"types", {lint_type}}, {"areas", {area}}, {"from", from}};
    if (until != nullptr) grant["until"] = until;
    return grant;
}

}  // namespace elic
