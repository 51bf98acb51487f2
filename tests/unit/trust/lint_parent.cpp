#include "trust/lint_covered.h"
#include "unit/trust/lint_told.h"

// A delegation source, held against what its parent has.

using namespace elic;

namespace {

/// The source of a delegation, and its parent.
struct ChildWorld : LintWorld {
    ChildWorld() : against(parent()) { turn_into_delegation(); }

    Json& child() { return json["body"]; }
    Json& given() { return child()["types"][0]; }
    IssuingBody& parent_body() { return against.known->front(); }
    BodyCertificate& parent_key() { return parent_body().certificates.front(); }
    TypeGrant& parent_grant() { return parent_body().grants.front(); }
    /// What the parent has instead, in these areas and times.
    void parent_has(const std::vector<std::array<const char*, 3>>& grants) {
        parent_body().grants.clear();
        for (const auto& [area, from, until] : grants) {
            auto grant = grant_of(area);
            grant.from = on(from);
            if (until != nullptr) grant.until = on(until);
            parent_body().grants.push_back(grant);
        }
    }

    LintAgainst against;
};

struct ChildCase {
    const char* what;
    std::function<void(ChildWorld&)> change;
    Told expected;
};

void check_children(const std::vector<ChildCase>& cases) {
    for (const auto& [what, change, expected] : cases) {
        ChildWorld world;
        change(world);
        const auto faults = world.lint(world.against);
        INFO(what << "\n" << lines_of(faults));
        CHECK(told(faults) == expected);
    }
}

using W = ChildWorld;

const Told area = {"delegation.exceeds_area body.types[0]"};
const Told time_lacks = {"delegation.exceeds_time body.types[0]"};
const Told type = {"delegation.exceeds_type body.types[0]"};
const Told no_key = {"delegation.parent_key parent"};

}  // namespace

TEST_CASE("Every day of a child's grant lies in a grant of its parent") {
    const auto from_to = [](const char* from, const char* until,
                            const std::vector<std::array<const char*, 3>>& parent) {
        return [=](W& w) {
            w.given()["from"] = from;
            if (until != nullptr) w.given()["until"] = until;
            w.parent_has(parent);
        };
    };
    check_children({
        {"the same days", from_to("2026-02-01", "2026-12-31", {{"430100", "2026-02-01", "2026-12-31"}}), {}},
        {"a day before", from_to("2026-01-31", "2026-12-31", {{"430100", "2026-02-01", "2026-12-31"}}), time_lacks},
        {"a day after", from_to("2026-02-01", "2027-01-01", {{"430100", "2026-02-01", "2026-12-31"}}), time_lacks},
        {"open below what ends", from_to("2026-02-01", nullptr, {{"430100", "2026-01-01", "2026-12-31"}}), time_lacks},
        {"what ends below what is open", from_to("2026-02-01", "2026-12-31", {{"430100", "2026-01-01", nullptr}}), {}},
        {"open below what is open", from_to("2026-02-01", nullptr, {{"430100", "2026-02-01", nullptr}}), {}},
        {"two that follow each other",
         from_to("2026-02-01", "2027-03-31",
                 {{"430100", "2026-01-01", "2026-12-31"}, {"430000", "2027-01-01", "2027-12-31"}}),
         {}},
        {"the later one named first",
         from_to("2026-02-01", "2027-03-31",
                 {{"430100", "2027-01-01", "2027-12-31"}, {"430000", "2026-01-01", "2026-12-31"}}),
         {}},
        {"a day between the two",
         from_to("2026-02-01", "2027-03-31",
                 {{"430100", "2026-01-01", "2026-12-30"}, {"430000", "2027-01-01", "2027-12-31"}}),
         time_lacks},
        {"open, below one that ends and one that is open",
         from_to("2026-02-01", nullptr, {{"430100", "2026-01-01", "2026-12-31"}, {"430000", "2027-01-01", nullptr}}),
         {}},
        {"one within the other",
         from_to("2026-02-01", "2026-12-31",
                 {{"430100", "2026-01-01", "2026-12-31"}, {"430100", "2026-03-01", "2026-04-30"}}),
         {}},
        {"many that begin together, the last of which is the longest",
         [](W& w) {
             std::vector<std::array<const char*, 3>> many(40, {"430100", "2026-01-01", "2026-12-31"});
             many.push_back({"430100", "2026-01-01", nullptr});
             w.parent_has(many);
         },
         {}},
        {"the one that reaches on is of another area",
         from_to("2026-02-01", "2027-03-31",
                 {{"430100", "2026-01-01", "2026-12-31"}, {"430200", "2027-01-01", "2027-12-31"}}),
         time_lacks},
    });
}

TEST_CASE("The type and each area of a child's grant are what its parent may pass on") {
    check_children({
        {"the county itself",
         [](W& w) {
             w.parent_has({{"430102", "2026-01-01", nullptr}});
         },
         {}},
        {"its second area",
         [](W& w) {
             w.given()["areas"] = {"430102", "440103"};
         },
         {"grant.outside_division body.types[0].areas[1]", area.front()}},
        {"narrower than the child's",
         [](W& w) {
             w.parent_has({{"430103", "2026-01-01", nullptr}});
         },
         area},
        {"another type", [](W& w) { w.parent_grant().type = area_type(); }, type},
        {"only to issue", [](W& w) { w.parent_grant().rights = right_of(GrantRight::issue); }, type},
        {"only to delegate", [](W& w) { w.parent_grant().rights = right_of(GrantRight::delegate); }, {}},
        {"by the second standing of the parent",
         [](W& w) {
             w.against.known->push_back(w.parent_body());
             w.parent_body().grants.clear();
         },
         {}},
        {"by another body",
         [](W& w) {
             w.against.known->push_back(w.parent_body());
             w.parent_body().grants.clear();
             w.against.known->back().code = other_code();
         },
         type},
        {"the second grant of the child",
         [](W& w) {
             w.child()["types"].push_back(granted("430103", "2026-01-01"));
             w.child()["types"][1]["types"] = {"11100000000013338W011"};
             w.given()["areas"] = {"430102"};
         },
         {"grant.outside_division body.types[1].areas[0]", "delegation.exceeds_type body.types[1]"}},
        {"no grant, and so none too much",
         [](W& w) {
             w.child()["types"] = Json::array();
             w.parent_body().grants.clear();
         },
         {"body.no_grants body"}},
    });
}

TEST_CASE("What a child has too much is told with type, area and days") {
    ChildWorld world;
    const std::string type_text(lint_type);
    world.given()["from"] = "2025-12-31";
    world.given()["rights"] = {"delegate"};
    world.child()["certificates"][0]["kinds"] = {"delegation"};
    CHECK(only_text(world.lint(world.against)) ==
          type_text + " in 430102, 2025-12-31 to further notice: the parent may not pass all of that time on");
    world.given()["until"] = "2027-01-31";
    CHECK(only_text(world.lint(world.against)) ==
          type_text + " in 430102, 2025-12-31 to 2027-01-31: the parent may not pass all of that time on");
    world.parent_has({{"430103", "2025-01-01", nullptr}});
    CHECK(only_text(world.lint(world.against)) == type_text + " in 430102: the parent may not pass that on");
    world.parent_body().grants.clear();
    CHECK(only_text(world.lint(world.against)) == type_text + ": the parent may not pass it on");
}

TEST_CASE("The parent of a delegation has a key for delegations today, from its first second to its last") {
    const auto second = [](int seconds) {
        return Timestamp::from_unix(LintWorld().now.unix_seconds() + seconds).value();
    };
    check_children({
        {"from now on", [&](W& w) { w.parent_key().from = second(0); }, {}},
        {"from the next second on", [&](W& w) { w.parent_key().from = second(1); }, no_key},
        {"until now", [&](W& w) { w.parent_key().until = second(0); }, {}},
        {"until the second before", [&](W& w) { w.parent_key().until = second(-1); }, no_key},
        {"until later", [&](W& w) { w.parent_key().until = second(60); }, {}},
        {"lost, whenever", [&](W& w) { w.parent_key().compromised_since = second(60); }, no_key},
        {"for licenses only", [&](W& w) { w.parent_key().kinds = 1; }, no_key},
        {"no key", [&](W& w) { w.parent_body().certificates.clear(); }, no_key},
        {"the second key of the parent",
         [&](W& w) {
             w.parent_body().certificates.push_back(w.parent_key());
             w.parent_key().kinds = 1;
         },
         {}},
    });
}

TEST_CASE("A delegation without its parent or body is held against nothing") {
    check_children({
        {"a parent that nobody knows", [](W& w) { w.parent_body().code = other_code(); }, {"delegation.parent parent"}},
        {"no parent", [](W& w) { w.json.erase("parent"); }, {"json.missing_key parent"}},
        {"no body", [](W& w) { w.json.erase("body"); }, {"json.missing_key body"}},
        {"a body without a code",
         [](W& w) {
             w.child()["code"] = "1";
             w.given()["areas"] = {"440100"};
         },
         {"code.malformed body.code"}},
        {"nothing is known of any parent",
         [](W& w) {
             w.against.known.reset();
             w.given()["from"] = "2025-12-31";
         },
         {"grant.before_key body.types[0].from"}},
        {"the body is its own parent",
         [](W& w) {
             w.child()["code"] = office_code().text();
             w.parent_has({{"430000", "2026-01-01", nullptr}});
         },
         {"delegation.itself parent"}},
    });
}

TEST_CASE("A list of bodies has no parent, whatever is known of the bodies above it") {
    LintWorld world;
    CHECK(told(world.lint(world.parent())).empty());
}

TEST_CASE("The standing of a body has the keys, grants and successor that were understood whole") {
    const LintWorld world;
    const auto facts = read_certificate_facts(world.office.certificate.der()).value();
    const LintCertificate file{
        .place = "file", .file = "office.cer", .certificate = world.office.certificate, .facts = facts};
    const auto type_code = LicenseTypeCode::parse(lint_type).value();
    LintGrant grant{.place = "types[0]",
                    .types = {{type_code, ""}, {area_type(), ""}},
                    .areas = {{AreaCode::parse("430100").value(), ""}, {AreaCode::parse("430200").value(), ""}},
                    .from = on("2026-01-01"),
                    .until = on("2026-12-31"),
                    .rights = 2};
    LintBody body{.code = office_code(), .name = "示例市住房和城乡建设局"};
    body.keys.push_back({.place = "a", .file = file, .until = world.now, .compromised = world.now, .kinds = 5});
    body.keys.push_back({.place = "b", .from = world.now});
    body.keys.push_back({.place = "c", .file = file, .from = world.now, .times_known = false});
    body.keys.push_back({.place = "d", .file = file, .from = world.now, .kinds = 1});
    body.grants.push_back(grant);
    grant.place = "types[1]";
    grant.times_known = false;
    body.grants.push_back(grant);
    grant.place = "types[2]";
    grant.times_known = true;
    grant.from.reset();
    body.grants.push_back(grant);

    std::vector<std::string> places;
    const auto standing = standing_of(body, places);
    CHECK(standing.body.code == office_code());
    CHECK(standing.body.name == body.name);
    REQUIRE(standing.body.certificates.size() == 2);
    const auto& first = standing.body.certificates.front();
    CHECK(first.fingerprint == world.office.certificate.fingerprint());
    CHECK(first.from == world.office.certificate.not_before());
    CHECK(first.until == world.now);
    CHECK(first.compromised_since == world.now);
    CHECK(first.kinds == 5);
    CHECK(standing.body.certificates.back().from == world.now);
    CHECK(standing.body.certificates.back().kinds == 1);
    CHECK(standing.certificates == std::vector<Certificate>(2, world.office.certificate));
    REQUIRE(standing.body.grants.size() == 2);
    CHECK(standing.body.grants[0].type == type_code);
    CHECK(standing.body.grants[1].type == area_type());
    CHECK(standing.body.grants[1].areas.size() == 2);
    CHECK(standing.body.grants[1].until == on("2026-12-31"));
    CHECK(standing.body.grants[1].rights == 2);
    CHECK(places == std::vector<std::string>(2, "types[0]"));
    CHECK_FALSE(standing.body.successor);

    body.successor = LintSuccessor{.place = "successor", .code = other_code(), .from = on("2027-01-01")};
    const auto followed = standing_of(body, places).body.successor;
    REQUIRE(followed);
    CHECK(followed->code == other_code());
    CHECK(followed->from == on("2027-01-01"));
    body.successor->from.reset();
    CHECK_FALSE(standing_of(body, places).body.successor);
    body.successor->from = on("2027-01-01");
    body.successor->code.reset();
    CHECK_FALSE(standing_of(body, places).body.successor);
}
