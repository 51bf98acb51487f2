#include "ledger/life_cycle.h"

using namespace elic;
using Move = LifeCycleMove;
using State = LicenseState;

TEST_CASE("A renewal keeps the serial, raises the revision and replaces its predecessor in the same transaction") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    auto reserved = desk.ledger.reserve(follow(first, "b"));
    REQUIRE(reserved);
    const auto second = reserved->reservation.id;
    CHECK(second.serial() == first.serial());
    CHECK(second.revision() == 2);
    CHECK(reserved->reservation.status.index == 1);
    CHECK(desk.ledger.moves_of(first)->empty());  // not before it is issued
    CHECK(desk.ledger.history(first)->in_progress == second);

    const auto entry = desk.commit(reserved);
    CHECK(entry.previous == first);
    REQUIRE(entry.reservation.succession);
    CHECK(entry.reservation.succession->kind == SuccessionKind::renew);
    const auto history = desk.ledger.history(first);
    REQUIRE(history);
    REQUIRE(history->moves.size() == 1);
    CHECK(history->moves.front().move == Move::replace);
    CHECK(history->moves.front().effective == a_time(100));  // the signing time of the new one
    CHECK(history->revisions == std::vector<LicenseId>{first, second});
    CHECK(history->successors == std::vector<LicenseId>{second});
    CHECK_FALSE(history->in_progress);
    CHECK(desk.state(first, 99) == State::valid);
    CHECK(desk.state(first, 100) == State::replaced);
    CHECK(desk.state(second, 100) == State::valid);

    const auto third = desk.commit(desk.ledger.reserve(follow(second, "c", SuccessionKind::correct))).reservation.id;
    CHECK(third.revision() == 3);
    CHECK(desk.ledger.history(third)->revisions.size() == 3);
}

TEST_CASE("A renewal may replace its predecessor at another day than its own") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    auto asked = follow(first, "b");
    asked.succession->effective = a_time(5000);
    desk.commit(desk.ledger.reserve(asked));
    CHECK(desk.state(first, 4999) == State::valid);
    CHECK(desk.state(first, 5000) == State::replaced);
    const auto other = desk.issue("c");
    asked = follow(other, "d");
    asked.succession->effective = a_time(-1);
    CHECK(desk.ledger.reserve(asked).error().code == Errc::illegal_move);
}

TEST_CASE("A new number begins at revision 001 and replaces the old one too") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    auto asked = follow(first, "b");
    asked.serial = "NEW1";
    const auto second = desk.commit(desk.ledger.reserve(asked)).reservation.id;
    CHECK(second.serial() == "NEW1");
    CHECK(second.revision() == 1);
    CHECK(desk.state(first, 100) == State::replaced);
    asked = follow(second, "c");
    asked.serial.reset();  // the ledger allots one
    const auto third = desk.commit(desk.ledger.reserve(asked)).reservation.id;
    CHECK(third.serial() == "100000002");
    CHECK(third.revision() == 1);
    CHECK(desk.ledger.history(third)->revisions == std::vector<LicenseId>{third});
}

TEST_CASE("The same request finishes a renewal, another one is told which") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    auto reserved = desk.ledger.reserve(follow(first, "b"));
    REQUIRE(reserved);
    auto other = desk.ledger.reserve(follow(first, "c"));
    REQUIRE_FALSE(other);
    CHECK(other.error().code == Errc::request_conflict);
    CHECK_THAT(other.error().context, Catch::Contains("request b"));
    auto anew = follow(first, "d");
    anew.serial = "NEW1";
    CHECK(desk.ledger.reserve(anew).error().code == Errc::request_conflict);
    auto same = desk.ledger.reserve(follow(first, "b", SuccessionKind::renew, 9000));
    REQUIRE(same);
    CHECK(same->reservation.id == reserved->reservation.id);
    CHECK(same->reservation.signed_at == a_time(100));
    REQUIRE(same->reservation.succession);
    const auto entry = desk.commit(same);
    auto again = desk.ledger.reserve(follow(first, "b"));
    REQUIRE(again);
    REQUIRE(again->issued);
    CHECK(again->issued->payload == entry.payload);
    CHECK(desk.ledger.reserve(follow(first, "c")).error().code == Errc::illegal_move);  // it is replaced
}

TEST_CASE("A request is not used for a first issue and a renewal, nor with another reason or day") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    REQUIRE(desk.ledger.reserve(follow(first, "b")));
    const auto conflict = [&](const ReserveRequest& asked) {
        auto answer = desk.ledger.reserve(asked);
        REQUIRE_FALSE(answer);
        CHECK(answer.error().code == Errc::request_conflict);
    };
    conflict(ask("b"));
    conflict(follow(first, "a"));
    conflict(follow(first, "b", SuccessionKind::correct));
    auto other = follow(first, "b");
    other.succession->reason = "why not";
    conflict(other);
    other = follow(first, "b");
    other.succession->effective = a_time(100);
    conflict(other);
    CHECK(desk.events() == "3");
}

TEST_CASE("Only a license of this office whose state allows it is renewed, with its type") {
    MoveDesk desk;
    const auto error = [&](const ReserveRequest& asked) {
        auto answer = desk.ledger.reserve(asked);
        REQUIRE_FALSE(answer);
        return answer.error().code;
    };
    const auto foreign = LicenseId::make(a_type(), an_issuer(), "X1", 1).value();
    CHECK(error(follow(foreign, "r")) == Errc::not_found);
    const auto first = desk.issue("a");
    auto other = follow(first, "r");
    other.type = another_type();
    CHECK(error(other) == Errc::illegal_move);
    other = follow(first, "r");
    other.succession->reason.clear();
    CHECK(error(other) == Errc::bad_argument);
    desk.moved(first, Move::suspend, 60);
    CHECK(error(follow(first, "r")) == Errc::illegal_move);
    desk.moved(first, Move::lapse, 70);
    CHECK(desk.ledger.preview(follow(first, "r")));
    desk.moved(first, Move::cancel, 80);
    CHECK(error(follow(first, "r")) == Errc::illegal_move);
    CHECK(desk.ledger.unfinished()->empty());
}

TEST_CASE("What was revoked while its renewal was under way is not renewed") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    auto reserved = desk.ledger.reserve(follow(first, "b"));
    REQUIRE(reserved);
    desk.moved(first, Move::suspend, 150);
    auto refused = desk.ledger.commit(reserved->reservation, "p", "{}");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::illegal_move);
    CHECK(desk.ledger.find(reserved->reservation.id).error().code == Errc::not_found);
    desk.moved(first, Move::restore, 200);
    // Now it may be, and counts from after what was recorded meanwhile.
    REQUIRE(desk.ledger.commit(reserved->reservation, "p", "{}"));
    CHECK(desk.ledger.moves_of(first)->back().effective == a_time(201));
}

TEST_CASE("A license of another office is taken over once, one of this office when it was transferred out") {
    MoveDesk desk;
    const auto other_office = Uscc::parse("91430199MA00EX062T").value();
    const auto foreign = LicenseId::make(a_type(), other_office, "X1", 3).value();
    auto asked = follow(foreign, "a", SuccessionKind::transfer_in);
    asked.serial.reset();
    const auto here = desk.commit(desk.ledger.reserve(asked)).reservation.id;
    CHECK(here.revision() == 1);
    CHECK(desk.ledger.find(here)->previous == foreign);
    asked.request = "b";
    CHECK(desk.ledger.reserve(asked).error().code == Errc::illegal_move);

    auto back = follow(here, "c", SuccessionKind::transfer_in);
    back.serial.reset();
    CHECK(desk.ledger.reserve(back).error().code == Errc::illegal_move);
    desk.moved(here, Move::transfer_out, 200);
    desk.commit(desk.ledger.reserve(back));
    auto undo = desk.move(here, Move::transfer_undo, 300);
    REQUIRE_FALSE(undo);  // it lives on as another
    CHECK(undo.error().code == Errc::illegal_move);
}

TEST_CASE("Plain SQL cannot issue a renewal without replacing, nor replace without issuing") {
    MoveDesk desk;
    const auto first = desk.issue("a");
    const auto reserved = desk.ledger.reserve(follow(first, "b"));
    REQUIRE(reserved);
    const auto second = reserved->reservation.id.text();
    const auto time = std::to_string(a_time(100).unix_seconds());
    const auto issue = [&](int number) {
        return "INSERT INTO events (leaf, number, kind, at, reservation, payload, license, id) VALUES (zeroblob(32), " +
               std::to_string(number) + ", 'issued', 0, 3, 'p', '{}', '" + second + "');";
    };
    const auto replace =
        "INSERT INTO events (leaf, number, kind, at, id, move, state, reason, effective, reservation, issue) "
        "VALUES (zeroblob(32), 4, 'moved', 0, '" +
        first.text() + "', 'replace', 'replaced', 'r', " + time + ", 3, 5);";
    CHECK_FALSE(run_sql(desk.file, issue(4)).empty());
    CHECK_FALSE(run_sql(desk.file, "PRAGMA foreign_keys = ON;" + replace).empty());
    CHECK_FALSE(run_sql(desk.file,
                        "INSERT INTO events (leaf, number, kind, at, id, move, state, reason, effective) VALUES "
                        "(zeroblob(32), 4, 'moved', 0, '" +
                            first.text() + "', 'replace', 'replaced', 'r', " + time + ")")
                    .empty());
    // a later revision without its predecessor, a predecessor followed twice
    const std::string columns =
        "(leaf, number, kind, at, request, draft, content, type, issuer, serial, revision, list, list_index, previous, "
        "change, reason, id) SELECT zeroblob(32), 4, kind, at, 'z', draft, content, type, issuer, ";
    CHECK_FALSE(run_sql(desk.file, "INSERT INTO events " + columns +
                                       "'Z', 2, list, 9, previous, change, reason, 'z' FROM events WHERE number = 3")
                    .empty());
    CHECK_FALSE(run_sql(desk.file, "INSERT INTO events " + columns +
                                       "serial, 3, list, 9, previous, change, reason, 'z' FROM events WHERE number = 3")
                    .empty());
    CHECK(desk.events() == "3");
    CHECK(run_sql(desk.file, "PRAGMA foreign_keys = ON; BEGIN;" + replace + issue(5) + "COMMIT;").empty());
    CHECK(desk.ledger.find(reserved->reservation.id));
}
