#include "unit/trust/lint_told.h"

// Grants of one body: which of them overlap, which leave a gap, which lie outside the time of its keys.

using namespace elic;

namespace {

using W = LintWorld;

/// The grants of the first body, instead of the one it has.
auto grants(std::vector<Json> given) {
    return [given](W& w) { w.body()["types"] = given; };
}

constexpr const char* other_type = "11100000000013338W011";

const Json both_types = {lint_type, other_type};

}  // namespace

TEST_CASE("Two grants of a type overlap when a day of them is common and an area of one lies in the other") {
    check_told({
        {"the smaller one later",
         grants({granted("430100", "2026-01-01"), granted("430102", "2026-06-01")}),
         {"grant.overlap bodies[0].types[1]"}},
        {"the larger one later",
         grants({granted("430102", "2026-01-01"), granted("430100", "2026-06-01")}),
         {"grant.overlap bodies[0].types[1]"}},
        {"the later one first",
         grants({granted("430102", "2026-06-01"), granted("430102", "2026-01-01", "2026-12-31")}),
         {"grant.overlap bodies[0].types[0]"}},
        {"both of one day",
         grants({granted("430102", "2026-01-01"), granted("430102", "2026-01-01")}),
         {"grant.overlap bodies[0].types[1]"}},
        {"areas apart", grants({granted("430102", "2026-01-01"), granted("430103", "2026-06-01")}), {}},
        {"one day common",
         grants({granted("430100", "2026-01-01", "2026-06-30"), granted("430100", "2026-06-30")}),
         {"grant.overlap bodies[0].types[1]"}},
        {"the day after", grants({granted("430100", "2026-01-01", "2026-06-30"), granted("430100", "2026-07-01")}), {}},
        {"the later of two ended",
         grants({granted("430100", "2026-01-01"), granted("430100", "2026-05-01", "2026-06-30")}),
         {"grant.overlap bodies[0].types[1]"}},
    });
}

TEST_CASE("A grant to issue and one to delegate do not overlap") {
    check_told({{"",
                 [](W& w) {
                     w.delegate();
                     auto issuing = w.grant();
                     w.grant()["rights"] = {"issue"};
                     issuing["rights"] = {"delegate"};
                     w.body()["types"].push_back(issuing);
                 },
                 {}}});
}

TEST_CASE("Grants of the same types that overlap are told once, others each") {
    check_told({
        {"both types in both grants",
         [](W& w) {
             w.grant()["types"] = both_types;
             w.body()["types"].push_back(w.grant());
         },
         {"grant.overlap bodies[0].types[1]"}},
        {"two pairs of grants",
         [](W& w) {
             w.body()["types"].push_back(w.grant());
             auto other = w.grant();
             other["types"] = {other_type};
             w.body()["types"].push_back(other);
             w.body()["types"].push_back(other);
         },
         // By type: W011 of 13338 comes before B006 of 13661.
         {"grant.overlap bodies[0].types[3]", "grant.overlap bodies[0].types[1]"}},
    });
}

TEST_CASE("A gap is told when no grant before it reaches the day before a grant begins") {
    check_told({
        {"a day between",
         grants({granted("430100", "2026-01-01", "2026-06-29"), granted("430100", "2026-07-01")}),
         {"grant.gap bodies[0].types[1]"}},
        {"the later one first",
         grants({granted("430100", "2026-07-01"), granted("430100", "2026-01-01", "2026-06-29")}),
         {"grant.gap bodies[0].types[0]"}},
        {"in another area",
         grants({granted("430102", "2026-01-01", "2026-03-31"), granted("430103", "2026-07-01")}),
         {}},
        {"the second of two reaches it",
         grants({granted("430100", "2026-01-01", "2026-03-31"), granted("430100", "2026-04-01", "2026-12-31"),
                 granted("430100", "2027-01-01")}),
         {}},
        {"the first of two reaches it",
         grants({granted("430100", "2026-01-01", "2026-12-31"), granted("430100", "2026-02-01", "2026-03-31"),
                 granted("430100", "2027-01-01")}),
         {"grant.overlap bodies[0].types[1]"}},
        {"the first of two is open",
         grants({granted("430100", "2026-01-01"), granted("430100", "2026-02-01", "2026-03-31"),
                 granted("430100", "2026-06-01")}),
         {"grant.overlap bodies[0].types[1]", "grant.overlap bodies[0].types[2]"}},
        {"the second of two is open",
         grants({granted("430100", "2026-01-01", "2026-12-31"), granted("430100", "2026-02-01"),
                 granted("430100", "2026-06-01")}),
         {"grant.overlap bodies[0].types[1]", "grant.overlap bodies[0].types[2]", "grant.overlap bodies[0].types[2]"}},
    });
}

TEST_CASE("A grant whose days did not read is held against no other") {
    check_told({
        {"no begin",
         [](W& w) {
             w.body()["types"].push_back(w.grant());
             w.body()["types"][1].erase("from");
         },
         {"json.missing_key bodies[0].types[1].from"}},
        {"no object", [](W& w) { w.body()["types"].push_back(1); }, {"json.type bodies[0].types[1]"}},
        {"it ends before it begins",
         grants({granted("430100", "2026-06-01", "2026-01-01"), granted("430100", "2026-08-01")}),
         {"grant.until_before_from bodies[0].types[0].until"}},
        {"it begins after the list and ends before that",
         grants({granted("430100", "2026-01-01"), granted("430102", "2028-01-01", "2027-12-01")}),
         {"grant.until_before_from bodies[0].types[1].until"}},
    });
}

TEST_CASE("What is said of two grants has the days of both") {
    LintWorld world;
    world.body()["types"] = {granted("430100", "2026-01-01", "2026-06-30"), granted("430100", "2026-06-01")};
    CHECK(only_text(world.lint()) ==
          "gives a type that bodies[0].types[0] gives in the same area too (2026-01-01 to 2026-06-30, 2026-06-01 to "
          "further notice)");
    world.body()["types"][1]["from"] = "2026-08-01";
    CHECK(only_text(world.lint()) == "begins 2026-08-01, but the grant before it ended 2026-06-30");
}

TEST_CASE("All grants of a body have ended when the last day of each lies before today") {
    check_told({
        {"yesterday", grants({granted("430100", "2026-01-01", "2026-11-30")}), {"grant.all_ended bodies[0].types"}},
        {"today", grants({granted("430100", "2026-01-01", "2026-12-01")}), {}},
        {"the first is open",
         grants({granted("430102", "2026-01-01"), granted("430103", "2026-01-01", "2026-06-30")}),
         {}},
        {"the last is open",
         grants({granted("430102", "2026-01-01", "2026-06-30"), granted("430103", "2026-01-01")}),
         {}},
        {"both ended",
         grants({granted("430102", "2026-01-01", "2026-06-30"), granted("430103", "2026-01-01", "2026-11-30")}),
         {"grant.all_ended bodies[0].types"}},
        {"a successor took over",
         [](W& w) {
             w.grant()["until"] = "2026-11-30";
             w.key()["until"] = "2026-11-30";
             w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-12-01"}};
         },
         {}},
    });
}

TEST_CASE("A grant begins too late when its first second lies after next_update") {
    const auto starting = [](const char* from) {
        return [from](W& w) {
            w.json["next_update"] = "2027-11-19T00:00:00+08:00";
            w.grant()["from"] = from;
        };
    };
    check_told({
        {"the same second", starting("2027-11-19"), {}},
        {"a day later", starting("2027-11-20"), {"grant.future bodies[0].types[0].from"}},
        {"next_update did not read",
         [](W& w) {
             w.json["next_update"] = "some day";
             w.grant()["from"] = "2028-01-01";
         },
         {"time.malformed next_update"}},
    });
}

TEST_CASE("A grant to issue lies within the time of the body's keys") {
    check_told({
        {"from the day before",
         [](W& w) { w.grant()["from"] = "2025-12-31"; },
         {"grant.before_key bodies[0].types[0].from"}},
        {"one to delegate may begin before",
         [](W& w) {
             w.delegate();
             auto delegating = w.grant();
             w.grant()["rights"] = {"issue"};
             delegating["rights"] = {"delegate"};
             delegating["from"] = "2025-06-01";
             w.body()["types"].push_back(delegating);
         },
         {}},
        {"in the last second of the key",
         [](W& w) {
             w.key()["until"] = "2030-01-01T00:00:00+08:00";
             w.grant()["from"] = "2030-01-01";
         },
         {"grant.future bodies[0].types[0].from"}},
        {"a second after the key",
         [](W& w) {
             w.key()["until"] = "2029-12-31T23:59:59+08:00";
             w.grant()["from"] = "2030-01-01";
         },
         {"grant.future bodies[0].types[0].from", "grant.after_key bodies[0].types[0].from"}},
        {"where a key did not read nobody knows",
         [](W& w) {
             w.body()["certificates"].push_back({{"file", "nowhere.pem"}});
             w.grant()["from"] = "2025-06-01";
         },
         {"file.missing bodies[0].certificates[1].file"}},
        {"where no key is there is no time of keys",
         [](W& w) {
             w.body()["certificates"] = Json::array();
             w.grant()["from"] = "2025-06-01";
         },
         {"body.no_certificates bodies[0]"}},
    });
}
