#include "trust/lint_checks.h"
#include "unit/trust/lint_told.h"

// When a body can sign: its keys one after another, beside the time of its grants.

using namespace elic;

namespace {

using W = LintWorld;

/// The first key ends at this time; the second begins at that one, where it is given.
auto keys(const char* until, const char* from = nullptr, const std::function<void(W&)>& change = {}) {
    return [until, from, change](W& w) {
        w.key()["until"] = until;
        if (from != nullptr) w.body()["certificates"].push_back({{"file", w.renewed(from)}});
        if (change) change(w);
    };
}

std::function<void(W&)> grant_member(const char* member, const Json& value) {
    return [member, value](W& w) { w.grant()[member] = value; };
}

std::function<void(W&)> types(std::vector<Json> given) {
    return [given](W& w) { w.body()["types"] = given; };
}

const Told gap = {"key.gap " + second_key}, gap_at_end = {"key.gap " + body_keys},
           overlap = {"key.overlap " + second_key}, none_now = {"key.none_now " + body_keys};

Told with(Told told, const std::string& more) {
    told.push_back(more);
    return told;
}

constexpr const char* begins_after_keys = "grant.after_key bodies[0].types[0].from";

}  // namespace

TEST_CASE("Two keys for licenses overlap from the second on in which both may sign") {
    check_told({
        {"one begins as the other ends", keys("2026-07-01T00:00:00+08:00", "2026-07-01T00:00:00+08:00"), {}},
        {"a second later", keys("2026-07-01T00:00:01+08:00", "2026-07-01T00:00:00+08:00"), overlap},
        {"both begin together", keys("2030-01-01", "2026-01-01T00:00:00+08:00"), overlap},
        {"the older one stands behind",
         [](W& w) {
             w.body()["certificates"].insert(w.body()["certificates"].begin(),
                                             Json{{"file", w.renewed("2026-07-01T00:00:00+08:00")}});
         },
         {"key.overlap bodies[0].certificates[0]"}},
        {"the first and the third",
         [](W& w) {
             for (const auto* from : {"2026-02-01T00:00:00+08:00", "2026-04-01T00:00:00+08:00"})
                 w.body()["certificates"].push_back({{"file", w.renewed(from)}});
             w.body()["certificates"][1]["until"] = "2026-02-28";
         },
         {overlap.front(), "key.overlap bodies[0].certificates[2]"}},
    });
    LintWorld world;
    keys("2026-08-31", "2026-07-01T00:00:00+08:00")(world);
    CHECK(only_text(world.lint()) == "may sign together with bodies[0].certificates[0], 2026-07-01 to 2026-08-31");
}

TEST_CASE("There is a gap where neither key may sign for longer than from one day to the next, while a grant goes on") {
    const auto june = "2026-06-30", july = "2026-07-01T00:00:00+08:00", august = "2026-08-01T00:00:00+08:00";
    const Told not_yet = {"certificate.not_yet_valid " + second_key + ".file"};
    const auto february = "2027-02-01T00:00:00+08:00";
    check_told({
        {"from one day to the next", keys(june, july), {}},
        {"a second more", keys(june, "2026-07-01T00:00:01+08:00"), gap},
        {"before the grant begins", keys(june, august, grant_member("from", "2026-08-01")), {}},
        {"on the day before it begins", keys(june, august, grant_member("from", "2026-07-31")), gap},
        {"after the grant has ended", keys("2027-01-01", february, grant_member("until", "2026-12-31")), not_yet},
        {"from the end of the grant on", keys("2026-12-31", february, grant_member("until", "2026-12-31")), not_yet},
        {"on the last day of the grant", keys("2026-12-31", february, grant_member("until", "2027-01-01")),
         with(not_yet, gap.front())},
        {"covered by a third that goes on",
         [&](W& w) {
             keys("2026-03-31", august)(w);
             w.body()["certificates"].push_back({{"file", "delegating.pem"}});
             w.body()["certificates"][2]["until"] = "2026-07-31";
         },
         {"key.overlap bodies[0].certificates[2]"}},
    });
}

TEST_CASE("The time in which a body issues is that of all its grants to issue, up to next_update and its successor") {
    const auto gap_in_february = keys("2026-02-10", "2026-03-01T00:00:00+08:00");
    const auto both = [](const std::function<void(W&)>& first, const std::function<void(W&)>& second) {
        return [first, second](W& w) {
            first(w);
            second(w);
        };
    };
    const auto later = granted("430102", "2026-06-01"), early = granted("430103", "2026-01-01", "2026-03-31"),
               open = granted("430103", "2026-01-01");
    const auto next_update = "2027-11-19T23:59:59+08:00";
    check_told({
        {"the later grant first", both(gap_in_february, types({later, early})), gap},
        {"the earlier grant first", both(gap_in_february, types({early, later})), gap},
        {"the open grant first",
         both(keys("2027-01-31"), types({open, early})),
         {"key.gap " + body_keys, "grant.overlap bodies[0].types[1]"}},
        {"the open grant last", both(keys("2027-01-31"), types({early, later})), gap_at_end},
        {"to the last second of the list", keys(next_update), {}},
        {"to the second before", keys("2027-11-19T23:59:58+08:00"), gap_at_end},
        {"to the end of the grant", keys("2026-12-31", nullptr, grant_member("until", "2026-12-31")), {}},
        {"to the day before", keys("2026-12-30", nullptr, grant_member("until", "2026-12-31")), gap_at_end},
        {"grants that begin after next_update",
         keys("2027-01-31", nullptr, grant_member("from", "2028-01-01")),
         {"grant.future bodies[0].types[0].from", begins_after_keys}},
        {"a grant whose end is no day",
         keys("2026-11-01", nullptr, grant_member("until", "soon")),
         {"time.malformed bodies[0].types[0].until"}},
        {"grants to delegate",
         both(keys("2026-11-01"),
              [](W& w) {
                  w.delegate();
                  w.grant()["rights"] = {"delegate"};
              }),
         {}},
        {"a successor without a day",
         both(keys("2026-11-01"),
              [](W& w) {
                  w.body()["successor"] = {{"code", other_code().text()}};
              }),
         with({"json.missing_key bodies[0].successor.from"}, none_now.front())},
        {"a successor that took over",
         both(keys("2026-10-31"),
              [](W& w) {
                  w.grant()["until"] = "2026-10-31";
                  w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-11-01"}};
              }),
         {}},
    });
}

TEST_CASE("A body that may issue today has a key today") {
    const auto days = [](const char* now, const char* from, const char* until, const char* key_until) {
        return keys(key_until, nullptr, [=](W& w) {
            w.now = at(now);
            w.grant()["from"] = from;
            if (until != nullptr) w.grant()["until"] = until;
        });
    };
    check_told({
        {"until now", keys("2026-12-01T10:00:00+08:00"), {}},
        {"until the next second", keys("2026-12-01T10:00:01+08:00"), gap_at_end},
        {"until the second before", keys("2026-12-01T09:59:59+08:00"), none_now},
        {"from now on", keys("2026-06-30", "2026-12-01T10:00:00+08:00"), gap},
        {"from the next second on",
         keys("2026-06-30", "2026-12-01T10:00:01+08:00"),
         {"certificate.not_yet_valid " + second_key + ".file", gap.front(), none_now.front()}},
        {"the grant begins now", days("2026-12-01T00:00:00+08:00", "2026-12-01", nullptr, "2026-11-30"),
         with(none_now, begins_after_keys)},
        {"the grant begins tomorrow",
         days("2026-12-01T00:00:00+08:00", "2026-12-02", nullptr, "2026-11-30"),
         {begins_after_keys}},
        {"the last second of the grant", days("2026-12-01T23:59:59+08:00", "2026-01-01", "2026-12-01", "2026-11-30"),
         none_now},
        {"the second after",
         days("2026-12-02T00:00:00+08:00", "2026-01-01", "2026-12-01", "2026-11-30"),
         {"grant.all_ended bodies[0].types"}},
        {"the one second of the grant that the list has",
         [&](W& w) {
             days("2026-12-01T00:00:00+08:00", "2026-12-01", nullptr, "2026-11-30")(w);
             w.json["next_update"] = "2026-12-01T00:00:00+08:00";
         },
         {"next_update.soon next_update", none_now.front(), begins_after_keys}},
        {"where a key did not read nobody knows",
         [](W& w) {
             keys("2026-11-01")(w);
             w.body()["certificates"].push_back({{"file", "nowhere.pem"}});
         },
         {"file.missing " + second_key + ".file"}},
        {"where the times of a key did not read nobody knows",
         [](W& w) {
             keys("2026-11-01", "2026-12-01T00:00:00+08:00")(w);
             w.body()["certificates"][1]["until"] = "soon";
         },
         {"time.malformed " + second_key + ".until"}},
    });
}

TEST_CASE("A key may sign within its listing and its certificate, up to its loss, if only for a second") {
    const LintWorld world;
    const auto begin = world.office.certificate.not_before(), end = world.office.certificate.not_after();
    const auto early = at("2020-01-01T00:00:00Z"), june = at("2026-06-01T00:00:00Z"), july = at("2026-07-01T00:00:00Z"),
               late = at("2040-01-01T00:00:00Z");
    const LintCertificate file{.place = "",
                               .file = "",
                               .certificate = world.office.certificate,
                               .facts = read_certificate_facts(world.office.certificate.der()).value()};
    const auto listed = [&](std::optional<Timestamp> from, std::optional<Timestamp> until,
                            std::optional<Timestamp> compromised = {}) {
        return LintKey{.place = "",
                       .file = file,
                       .from = from,
                       .until = until,
                       .compromised = compromised,
                       .kinds = 1U << static_cast<unsigned>(SignatureKind::payload)};
    };
    struct Case {
        LintKey key;
        std::optional<std::pair<Timestamp, Timestamp>> expected;
    };
    const std::vector<Case> cases = {
        {listed({}, {}), std::pair(begin, end)},
        {listed(early, late), std::pair(begin, end)},
        {listed(june, july), std::pair(june, july)},
        {listed(june, june), std::pair(june, june)},
        {listed(july, june), {}},
        {listed(june, late, july), std::pair(june, july)},
        {listed(june, july, late), std::pair(june, july)},
        {listed(july, late, june), {}},
    };
    for (const auto& [key, expected] : cases) {
        bool unknown = false;
        LintBody body;
        body.keys = {key};
        const auto times = usable_times(body, SignatureKind::payload, unknown);
        REQUIRE(times.size() == (expected ? 1 : 0));
        CHECK_FALSE(unknown);
        if (!expected) continue;
        CHECK(times[0].from == expected->first);
        CHECK(times[0].until == expected->second);
        CHECK(times[0].key == body.keys.data());
        CHECK(usable_times(body, SignatureKind::delegation, unknown).empty());
        CHECK_FALSE(unknown);
    }
    LintBody body;
    body.keys = {listed(july, late), listed(june, july), listed(june, late)};
    bool unknown = false;
    const auto times = usable_times(body, SignatureKind::payload, unknown);
    REQUIRE(times.size() == 3);
    CHECK(times[2].key == body.keys.data());
    body.keys[0].times_known = false;
    CHECK(usable_times(body, SignatureKind::payload, unknown).size() == 2);
    CHECK(unknown);
    unknown = false;
    body.keys[0].times_known = true;
    body.keys[1].file.reset();
    CHECK(usable_times(body, SignatureKind::payload, unknown).size() == 2);
    CHECK(unknown);
}
