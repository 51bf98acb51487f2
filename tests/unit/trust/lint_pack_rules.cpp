#include "elic/packs/type_packs.h"
#include "unit/trust/lint_checks_world.h"

using namespace elic;

namespace {

/// Of a type that is built in, as version 1.
LicenseTypeCode builtin_type() { return LicenseTypeCode::parse("11100000000013661B006").value(); }

const std::string own = "11100000000013338W991 version ", built_in = "11100000000013661B006 version ";

/// The digest differs with the number in its first bytes.
LintPack pack(const std::string& place, const LicenseTypeCode& type, int version, std::uint8_t number) {
    Digest digest{};
    digest[3] = number;
    return {.place = place, .type = type, .version = version, .digest = digest};
}

/// Packs of a source with one body to which `granted` are granted.
LintChecks checks_of(const std::vector<LintPack>& packs, const std::vector<LicenseTypeCode>& granted = {}) {
    LintChecks checks;
    checks.source.packs = packs;
    LintGrant grant;
    for (const auto& type : granted) grant.types.emplace_back(type, "types");
    LintBody body;
    body.grants = {grant};
    checks.source.bodies = {body};
    return checks;
}

}  // namespace

TEST_CASE("A version of a type is named once; a second one is told with the place of the first") {
    const auto checks = checks_of({pack("packs[0]", area_type(), 1, 1), pack("packs[1]", area_type(), 2, 2),
                                   pack("packs[2]", area_type(), 1, 3), pack("", area_type(), 2, 4)},
                                  {area_type()});
    CHECK(checks.said_by(lint_packs) == Said{"pack.twice packs[2]: " + own + "1 is also packs[0]",
                                             "pack.twice packs: " + own + "2 is also packs[1]"});
}

TEST_CASE("Two packs whose digests begin with the same four bytes are told, each version by itself") {
    auto checks = checks_of({pack("packs[0]", area_type(), 1, 1), pack("packs[1]", area_type(), 2, 1)}, {area_type()});
    CHECK(checks.said_by(lint_packs) == Said{"pack.prefix packs[1]: " + own + "2 begins like " + own + "1"});
    checks.source.packs[1].digest = {};
    CHECK(checks.said_by(lint_packs) == Said{});
    checks.source.packs[1].digest[3] = 1;
    checks.source.packs[1].digest[2] = 1;
    CHECK(checks.said_by(lint_packs) == Said{});
}

TEST_CASE("A type of which only an older version is named than is built in is told, at the newest of the source") {
    const auto type = builtin_type();
    REQUIRE(TypePacks::builtin().load_newest(type).value()->version == 1);
    const auto older = [](const char* place) {
        return "pack.older " + std::string(place) + ": " + built_in + "0: version 1 is built in";
    };
    const auto old = pack("packs[0]", type, 0, 1);
    CHECK(checks_of({old}, {type}).said_by(lint_packs) == Said{older("packs[0]")});
    CHECK(checks_of({old, pack("packs[1]", type, -1, 2)}, {type}).said_by(lint_packs) == Said{older("packs[0]")});
    CHECK(checks_of({pack("packs[0]", type, -1, 2), pack("packs[1]", type, 0, 1)}, {type}).said_by(lint_packs) ==
          Said{older("packs[1]")});
    CHECK(checks_of({old, pack("packs[1]", type, 1, 2)}, {type}).said_by(lint_packs) == Said{});
    CHECK(checks_of({old, pack("packs[1]", type, 0, 2)}, {type}).said_by(lint_packs) ==
          Said{"pack.twice packs[1]: " + built_in + "0 is also packs[0]", older("packs[0]")});
    CHECK(checks_of({pack("packs[0]", type, 2, 1)}, {type}).said_by(lint_packs) == Said{});
    CHECK(checks_of({pack("packs[0]", area_type(), 0, 1)}, {area_type()}).said_by(lint_packs) == Said{});
}

TEST_CASE("A type of an own pack that is granted to nobody is told once; what is built in was not chosen") {
    const auto type = builtin_type();
    const Said nobody = {"type.granted_to_nobody packs[0]: " + own + "1 is granted to nobody"};
    const auto mine = pack("packs[0]", area_type(), 1, 1);
    CHECK(checks_of({mine}).said_by(lint_packs) == nobody);
    CHECK(checks_of({mine}, {type}).said_by(lint_packs) == nobody);
    CHECK(checks_of({mine}, {type, area_type()}).said_by(lint_packs) == Said{});
    CHECK(checks_of({mine, pack("packs[1]", area_type(), 2, 2)}).said_by(lint_packs) == nobody);
    CHECK(checks_of({pack("", type, 1, 1)}).said_by(lint_packs) == Said{});
    CHECK(checks_of({pack("", type, 7, 1)}).said_by(lint_packs) ==
          Said{"type.granted_to_nobody packs: " + built_in + "7 is granted to nobody"});
}

TEST_CASE("Nobody asks to whom types are granted in a delegation, or where no body was read") {
    auto checks = checks_of({pack("packs[0]", area_type(), 1, 1)});
    checks.source.delegation = true;
    CHECK(checks.said_by(lint_packs) == Said{});
    checks.source.delegation = false;
    checks.source.bodies.clear();
    CHECK(checks.said_by(lint_packs) == Said{});
}
