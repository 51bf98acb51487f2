#include "elic/ledger/ledger_audit.h"
#include "elic/ledger/ledger_query.h"
#include "ledger/life_cycle.h"

using namespace elic;

namespace {

/// A desk whose licenses have holders and numbers, and requests that name them in lists.
struct ListDesk : MoveDesk {
    LicenseId put(const std::string& request, const std::string& holders, const std::string& number, int seconds = 0,
                  const LicenseTypeCode& type = a_type()) {
        auto asked = ask(request, R"({"number":"1"})", seconds);
        asked.type = type;
        auto reserved = ledger.reserve(asked);
        REQUIRE(reserved);
        std::string license = R"({"number":")" + number + R"(","holders":[)";
        for (std::size_t at = 0; at < holders.size();) {
            const auto end = std::min(holders.find(' ', at), holders.size());
            license += (at == 0 ? "" : ",") + (R"({"name":"n","code":")" + holders.substr(at, end - at) + R"("})");
            at = end + 1;
        }
        auto entry = ledger.commit(reserved->reservation, "p", license + R"(],"face":[{"code":"not a holder's"}]})");
        REQUIRE(entry);
        return entry->reservation.id;
    }

    std::string list(const LicenseFilter& filter, int now = 1000) {
        std::string requests;
        auto done = ledger.select(filter, a_time(now), [&](const ListedLicense& license) {
            requests += (requests.empty() ? "" : " ") + license.entry.request;
            if (license.state != LicenseState::valid) requests += "=" + std::string(name_of(license.state));
            CHECK(license.state == state(license.entry.reservation.id, now));
            return true;
        });
        if (!done) FAIL(done.error().context);
        return requests;
    }

    std::string changes(const ExportMark& after, int now, ExportMark* mark = nullptr) {
        std::string text;
        auto done = ledger.changes(after, a_time(now), [&](const LedgerChange& change) {
            text += (text.empty() ? "" : " ") + change.license.entry.request + ":" +
                    (change.move ? std::string(name_of(*change.move)) : "issued") + (change.latest ? "" : "-");
            return true;
        });
        if (!done) FAIL(done.error().context);
        if (mark != nullptr) *mark = *done;
        return text;
    }
};

}  // namespace

TEST_CASE("Licenses are listed by holder, number, request, type, day and state, and by all at once") {
    ListDesk desk;
    const auto a = desk.put("a", "11 22", "N1", 10);
    const auto b = desk.put("b", "22", "N2", 20, another_type());
    const auto c = desk.put("c", "33X 33X", "N1", 30);
    const auto d = desk.put("d", "22", "", 40);
    desk.moved(a, LifeCycleMove::suspend, 60);
    desk.moved(b, LifeCycleMove::suspend, 70);
    desk.moved(b, LifeCycleMove::restore, 80);
    desk.moved(d, LifeCycleMove::revoke, 90, 5000);  // still to come
    desk.moved(c, LifeCycleMove::lapse, 90);
    desk.moved(c, LifeCycleMove::cancel, 95);

    CHECK(desk.list({}) == "a=suspended b c=cancelled d");
    CHECK(desk.list({.holder = "22"}) == "a=suspended b d");
    CHECK(desk.list({.holder = " ３３x "}) == "c=cancelled");  // once, though it stands there twice
    CHECK(desk.list({.holder = "2"}).empty());
    CHECK(desk.list({.holder = "not a holder's"}).empty());
    CHECK(desk.list({.number = "N1"}) == "a=suspended c=cancelled");
    CHECK(desk.list({.number = ""}).empty());
    CHECK(desk.list({.request = "b"}) == "b");
    CHECK(desk.list({.type = a_type()}) == "a=suspended c=cancelled d");
    CHECK(desk.list({.from = a_time(20), .until = a_time(30)}) == "b c=cancelled");
    CHECK(desk.list({.type = a_type(), .from = a_time(20)}) == "c=cancelled d");
    CHECK(desk.list({.state = LicenseState::suspended}) == "a=suspended");
    CHECK(desk.list({.state = LicenseState::valid}) == "b d");
    CHECK(desk.list({.state = LicenseState::lapsed}).empty());
    CHECK(desk.list({.state = LicenseState::cancelled}) == "c=cancelled");
    CHECK(desk.list({.state = LicenseState::revoked}).empty());
    CHECK(desk.list({.state = LicenseState::revoked}, 5000) == "d=revoked");
    CHECK(desk.list({.type = another_type(), .state = LicenseState::suspended}, 75) == "b=suspended");
    CHECK(desk.list({.holder = "22",
                     .number = "N1",
                     .request = "a",
                     .type = a_type(),
                     .from = a_time(10),
                     .until = a_time(10),
                     .state = LicenseState::suspended,
                     .limit = 9}) == "a=suspended");
    CHECK(desk.list({.holder = "22", .number = "N2", .state = LicenseState::suspended}).empty());
    CHECK(desk.list({.limit = 2}) == "a=suspended b");
    auto types = desk.ledger.types();
    REQUIRE(types);
    CHECK(*types == std::vector<LicenseTypeCode>{a_type(), another_type()});
}

TEST_CASE("What was only reserved is in no list") {
    ListDesk desk;
    REQUIRE(desk.ledger.reserve(ask("begun")));
    for (const auto& filter : {LicenseFilter{}, LicenseFilter{.request = "begun"}, LicenseFilter{.type = a_type()},
                               LicenseFilter{.from = a_time()}}) {
        CHECK(desk.list(filter).empty());
    }
    CHECK(desk.changes({}, 1000).empty());
}

TEST_CASE("A listing ends when no more is wanted") {
    ListDesk desk;
    desk.put("a", "1", "");
    desk.put("b", "1", "");
    int told = 0;
    REQUIRE(desk.ledger.select({.holder = "1"}, a_time(), [&](const ListedLicense&) { return ++told < 1; }));
    CHECK(told == 1);
    told = 0;
    REQUIRE(desk.ledger.changes({}, a_time(), [&](const LedgerChange&) { return ++told < 1; }));
    CHECK(told == 1);
}

TEST_CASE("Who holds what cannot be changed or removed, and is written with the event or not at all") {
    ListDesk desk;
    desk.put("a", "11 22", "N1");
    CHECK(ask_sql(desk.file, "SELECT group_concat(code) FROM holdings") == "11,22");
    CHECK(ask_sql(desk.file, "SELECT group_concat(number) FROM numbers") == "N1");
    for (const char* sql : {"UPDATE holdings SET code = 'x'", "DELETE FROM holdings", "UPDATE numbers SET number = 'x'",
                            "DELETE FROM numbers WHERE number = 'N1'"}) {
        CHECK(run_sql(desk.file, sql) == "the ledger is insert-only");
    }
    auto reserved = desk.ledger.reserve(ask("b"));
    REQUIRE(reserved);
    CHECK_FALSE(desk.ledger.commit(reserved->reservation, "p", "not JSON"));
    CHECK(desk.list({}) == "a");
}

TEST_CASE("Changes since a mark are told once, moves when they count") {
    ListDesk desk;
    const auto a = desk.put("a", "1", "", 10);
    desk.put("b", "1", "", 20);
    ExportMark mark;
    CHECK(desk.changes({}, 100, &mark) == "a:issued b:issued");
    CHECK(mark.event == 4);
    CHECK(desk.changes(mark, 200).empty());
    desk.moved(a, LifeCycleMove::suspend, 300);
    desk.moved(a, LifeCycleMove::lapse, 310, 900);  // still to come
    desk.put("c", "1", "", 320);
    ExportMark second;
    CHECK(desk.changes(mark, 400, &second) == "a:suspend c:issued");
    CHECK(desk.changes(mark, 400) == "a:suspend c:issued");  // the same again
    CHECK(desk.changes(second, 899).empty());
    CHECK(desk.changes(second, 900) == "a:lapse");
    CHECK(desk.changes({}, 900) == "a:issued- b:issued a:suspend- a:lapse c:issued");
    ExportMark third;
    desk.changes(second, 900, &third);
    CHECK(desk.changes(third, 5000).empty());
    // A number alone: as of when that event was recorded.
    CHECK(desk.changes({.event = second.event}, 900) == "a:lapse");
    // A clock that is set back loses nothing.
    ExportMark back;
    CHECK(desk.changes(mark, 350, &back) == "a:suspend c:issued");
    CHECK(desk.changes(back, 1000) == "a:lapse");
    const auto beyond = desk.ledger.changes({.event = 999}, a_time(1000), [](const LedgerChange&) { return true; });
    REQUIRE_FALSE(beyond);
    CHECK(beyond.error().code == Errc::bad_argument);
}

TEST_CASE("A mark is a number, or a number and an instant") {
    CHECK(ExportMark::parse("0")->event == 0);
    const auto mark = ExportMark::parse("12@2026-11-26T10:00:00+08:00");
    REQUIRE(mark);
    CHECK(mark->event == 12);
    CHECK(mark->format() == "12@2026-11-26T10:00:00+08:00");
    CHECK(ExportMark{.event = 7}.format() == "7");
    for (const char* text : {"", "-1", "x", "1x", "1@", "@2026-11-26", "1@yesterday", "99999999999999999999"}) {
        CHECK_FALSE(ExportMark::parse(text));
    }
}

TEST_CASE("An audit finds a holder or number that is missing, wrong or too many among those that are looked up") {
    ListDesk desk;
    desk.put("a", "11 22 22", "N1");
    desk.put("b", "33", "");
    const auto first = [&] {
        auto report = audit_ledger(desk.file, {});
        REQUIRE(report);
        if (report->faults.empty()) return std::string("consistent");
        return std::to_string(report->faults.front().first) + " " + report->faults.front().text;
    };
    CHECK(first() == "consistent");
    const auto tamper = [&](const std::string& trigger, const std::string& sql) {
        const auto made = ask_sql(desk.file, "SELECT sql FROM sqlite_schema WHERE name = '" + trigger + "'");
        CHECK(run_sql(desk.file, "DROP TRIGGER " + trigger + ";" + sql + ";" + made).empty());
    };
    SECTION("missing") {
        tamper("holdings_are_never_removed", "DELETE FROM holdings WHERE code = '33'");
        CHECK(first() == "4 a holder of it is not among those that are looked up");
    }
    SECTION("changed") {
        tamper("holdings_are_never_changed", "UPDATE holdings SET code = '12' WHERE code = '11'");
        CHECK(first() == "2 a holder of it is not among those that are looked up");
    }
    SECTION("too many") {
        REQUIRE(run_sql(desk.file, "INSERT INTO holdings VALUES ('44', 1)").empty());
        CHECK(first() == "0 holders or numbers are looked up that no license has");
    }
    SECTION("a number") {
        tamper("numbers_are_never_removed", "DELETE FROM numbers");
        CHECK(first() == "2 its license number is not among those that are looked up");
    }
    SECTION("of a license that is written with escapes, or is none") {
        const auto made = ask_sql(desk.file, "SELECT sql FROM sqlite_schema WHERE name = 'events_are_never_changed'");
        const auto says = [&](const std::string& license) {
            REQUIRE(run_sql(desk.file, "DROP TRIGGER events_are_never_changed; UPDATE events SET license = '" +
                                           license + "' WHERE number = 4;" + made)
                        .empty());
            std::string told;
            const auto report = audit_ledger(desk.file, {}).value();
            for (const auto& fault : report.faults) told += fault.kind + " " + fault.text + ";";
            return told;
        };
        const std::string edited = "edited what it says is not what its leaf was made of;";
        CHECK(says(R"({ "holders": [{"code": "\u00333"}] })") == edited);
        CHECK(says(R"({ "holders": [{"code": "\u00334"}] })") ==
              edited + "law a holder of it is not among those that are looked up;");
        CHECK(says("none") == edited +
                                  "law its license is not JSON;"
                                  "law holders or numbers are looked up that no license has;");
    }
    SECTION("a number too many") {
        REQUIRE(run_sql(desk.file, "INSERT INTO numbers VALUES ('N1', 3)").empty());
        CHECK(first() == "0 holders or numbers are looked up that no license has");
    }
}
