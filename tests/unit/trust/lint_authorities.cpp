#include "unit/trust/lint_told.h"

// Roots and intermediates: what they are, how long they last, what they are for.

using namespace elic;

namespace {

using W = LintWorld;

Timestamp later(Timestamp from, std::int64_t seconds) {
    return Timestamp::from_unix(from.unix_seconds() + seconds).value();
}

constexpr std::int64_t day_length = 86400;

/// A second root of the same name, which begins then and lasts a year.
void add_root(W& w, Timestamp begin) {
    w.put("second.pem", make_pilot_ca(begin, 1).value().certificate.pem());
    w.json["roots"].push_back("second.pem");
}

/// A second root that ends at this time.
auto ending(Timestamp end, const char* next_update) {
    return [end, next_update](W& w) {
        const auto some = at("2020-01-01T00:00:00Z");
        const auto year = make_pilot_ca(some, 1).value().certificate.not_after().unix_seconds() - some.unix_seconds();
        w.json["next_update"] = next_update;
        add_root(w, later(end, -year));
    };
}

const Told no_more = {"root.same_subject roots[1]"};

Told and_this(const char* fault) { return {std::string(fault) + " roots[1]", no_more.front()}; }

}  // namespace

TEST_CASE("A root expires soon when it ends within 90 days or before next_update") {
    const auto now = LintWorld().now;
    const auto update = at("2027-11-19T23:59:59+08:00");
    check_told({
        {"90 days", ending(later(now, 90 * day_length), "2026-12-31"), no_more},
        {"90 days less a second", ending(later(now, 90 * day_length - 1), "2026-12-31"), and_this("root.expiring")},
        {"with next_update", ending(update, "2027-11-19"), no_more},
        {"a second before next_update", ending(later(update, -1), "2027-11-19"), and_this("root.expiring")},
        {"nobody knows when next_update is",
         ending(at("2027-11-30T00:00:00Z"), "some day"),
         {"time.malformed next_update", no_more.front()}},
        {"in this second", ending(now, "2026-12-31"), and_this("root.expiring")},
        {"a second ago", ending(later(now, -1), "2026-12-31"), and_this("root.expired")},
    });
}

TEST_CASE("A root is valid from its first second on") {
    const auto now = LintWorld().now;
    const auto beginning = [&](int seconds) {
        return [=](W& w) {
            w.json["next_update"] = "2026-12-31";
            add_root(w, later(now, seconds));
        };
    };
    check_told(
        {{"in this second", beginning(0), no_more}, {"in the next", beginning(1), and_this("root.not_yet_valid")}});
}

TEST_CASE("Of a TEST root beside a real one the TEST root is told") {
    LintWorld world;
    world.json["roots"] = {"example_root.pem", "root.pem"};
    CHECK(told(world.lint()) == Told{"root.unused roots[0]", "root.test roots[1]",
                                     "certificate.test bodies[0].certificates[0].file",
                                     "certificate.test bodies[1].certificates[0].file"});
    world.json["roots"] = {"root.pem"};
    CHECK(told(world.lint()).empty());
}

TEST_CASE("A certificate that is named twice among roots and intermediates is told where it stands again") {
    check_told({
        {"a root", [](W& w) { w.json["roots"].push_back("root.pem"); }, {"root.twice roots[1]"}},
        {"a root that is an intermediate too",
         [](W& w) { w.json["intermediates"] = {"root.pem"}; },
         {"root.twice intermediates[0]", "intermediate.root intermediates[0]"}},
    });
}

TEST_CASE("A root is unused when there are certificates and it made none of them") {
    check_told({
        {"one that made none", [](W& w) { w.json["roots"].push_back("chain_root.pem"); }, {"root.unused roots[1]"}},
        {"one that made an intermediate",
         [](W& w) {
             w.json["roots"].push_back("chain_root.pem");
             w.json["intermediates"] = {"intermediate.pem"};
         },
         {"intermediate.unused intermediates[0]"}},
        {"to have made itself is not enough",
         [](W& w) {
             w.json["roots"].push_back("chain_root.pem");
             w.json["intermediates"] = {"chain_root.pem"};
         },
         {"root.twice intermediates[0]", "root.unused roots[1]", "intermediate.root intermediates[0]"}},
        {"no bodies",
         [](W& w) {
             w.json["bodies"] = Json::array();
             w.json["roots"].push_back("chain_root.pem");
             w.json["intermediates"] = {"intermediate.pem"};
         },
         {"source.no_bodies bodies"}},
        {"no certificates",
         [](W& w) {
             w.body()["certificates"] = Json::array();
             w.second()["certificates"] = Json::array();
         },
         {"body.no_certificates bodies[0]", "body.no_certificates bodies[1]"}},
    });
}

TEST_CASE("An intermediate is an authority that signs certificates, chains to a root and made one") {
    check_told({
        {"one that made a certificate of a body",
         [](W& w) {
             w.json["roots"].push_back("chain_root.pem");
             w.json["intermediates"] = {"intermediate.pem"};
             w.second()["certificates"][0]["file"] = "chain_office.pem";
         },
         {"certificate.long_lived bodies[1].certificates[0].file",
          "certificate.name_differs bodies[1].certificates[0].file"}},
        {"no authority",
         [](W& w) { w.json["intermediates"] = {"delegating.pem"}; },
         {"intermediate.not_ca intermediates[0]"}},
        {"an authority that may not sign certificates",
         [](W& w) { w.json["intermediates"] = {"unfit_root.pem"}; },
         {"root.key_usage intermediates[0]", "intermediate.root intermediates[0]"}},
        {"no root",
         [](W& w) { w.json["intermediates"] = {"intermediate.pem"}; },
         {"intermediate.no_chain intermediates[0]", "intermediate.unused intermediates[0]"}},
    });
}
